import type { Log } from '#platform/log.ts';
import { forgetAccepted } from '#storage/accepted-requests.ts';
import { forgetOldSessions } from '#storage/accounts.ts';
import { forgetChanges } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { journalErasures } from '#storage/erasure-journal.ts';
import { forgetNotKept } from '#storage/not-kept.ts';
import { dropEmptyPartitions, ensurePartitions } from '#storage/partitions.ts';
import { expireTexts, finishRemovals, wipeErased } from '#storage/retention.ts';
import { refreshSearchWords } from '#storage/search-words.ts';
import { settleEnded } from '#storage/settle-person.ts';
import { forgetOldAttempts } from '#storage/sign-in-attempts.ts';
import { forgetRefusedTips } from '#storage/tips.ts';
import { forgetRuns } from '#storage/topic-runs.ts';
import { type RecheckDeps, recheckDue } from './recheck.ts';
import type { SearchIndex } from './search-index.ts';

export type UpkeepTask = 'expire' | 'recheck' | 'changes' | 'compare';
export type UpkeepJob = { task: UpkeepTask };

/** When each task runs: expiry and the comparison in the night of the Netherlands, the others all day. */
export const upkeepTimes: [UpkeepTask, { every: number } | { pattern: string; tz: string }][] = [
  ['expire', { pattern: '0 20 3 * * *', tz: 'Europe/Amsterdam' }],
  ['compare', { pattern: '0 50 3 * * *', tz: 'Europe/Amsterdam' }],
  ['changes', { every: 3_600_000 }],
  ['recheck', { every: 10_000 }],
];

/** Runs one task; each may be cut off and run again. */
export async function upkeep(
  deps: RecheckDeps & { index: SearchIndex | null },
  { task }: UpkeepJob,
  stopping: AbortSignal,
): Promise<void> {
  const { db, log, index } = deps;
  switch (task) {
    case 'expire':
      return await expire(db, log, new Date());
    case 'changes': {
      // What could not be written when it was erased: a full disk, a process that died in between.
      await journalErasures(db);
      const count = await forgetChanges(db);
      const erased = await wipeErased(db);
      const removed = await finishRemovals(db);
      if (count + erased + removed > 0) log.info({ count, erased, removed }, 'old changes let go');
      await forgetAccepted(db);
      await forgetRefusedTips(db);
      await forgetOldAttempts(db);
      await forgetOldSessions(db);
      await forgetNotKept(db);
      await settleEnded(db);
      await forgetRuns(db);
      await refreshSearchWords(db);
      return;
    }
    case 'compare':
      return await index?.compare(stopping);
    case 'recheck':
      return await recheckDue(deps, new Date(), stopping);
  }
}

/** Everything whose time is over goes; also what an interrupted erasure or removal left behind. */
export async function expire(db: Database, log: Log, now: Date): Promise<void> {
  await ensurePartitions(db, now);
  const erased = await wipeErased(db);
  const removed = await finishRemovals(db);
  const expired = await expireTexts(db, now);
  const partitions = await dropEmptyPartitions(db, now);
  await forgetChanges(db);
  log.info({ erased, removed, ...expired, partitions }, 'expiry done');
}
