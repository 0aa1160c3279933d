import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { NoAnswerReason } from '#domain/desk.ts';
import { type Role, rightsOf } from '#domain/person.ts';
import { follow } from './attention-writes.ts';
import { type CaseFacts, readCase } from './cases.ts';
import { recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { isHome } from './homes.ts';
import { activePerson } from './people.ts';
import { retried } from './retried.ts';
import type { Tables } from './schema.ts';
import { raiseMentions } from './search-documents.ts';
import { worksHere } from './standings.ts';
import type { Reader } from './stream-filter.ts';
import { recordEvent, type ThreadEvent } from './thread-events.ts';

/** What somebody does with the case of a thread; `version` is that of the case they saw. */
export type CaseAct = { version: number } & (
  | { action: 'take' | 'release' | 'reopen' }
  | { action: 'hand-over'; to: number; note: string | null }
  | { action: 'answer'; url: string | null; text: string | null }
  | { action: 'no-answer'; reason: NoAnswerReason; note: string | null }
);

export type Acted =
  | { kind: 'done'; case: CaseFacts }
  /** No such thread, or not this person's to see. */
  | { kind: 'unseen' }
  | { kind: 'no-outside' }
  /** Nobody active with the right to hold a case. */
  | { kind: 'no-person' }
  /** It is not what this person saw. */
  | { kind: 'changed'; case: CaseFacts }
  /** It is what they saw, and somebody else's. */
  | { kind: 'held'; case: CaseFacts };

/** A slip that is put right so soon keeps its waiting time; reopened later, the wait begins anew. */
const slipHours = 1;

/**
 * Does something with the case of a thread, once: of two people at the same moment the row lets one through, by its version
 * and holder, and the other is told who was first. Event, change row and following commit with it. Taking what one holds
 * already is done, so that a repeated request does no harm.
 */
export async function actOnCase(db: Database, reader: Reader, threadId: number, act: CaseAct): Promise<Acted> {
  return await retried(db, async (trx): Promise<Acted> => {
    const thread = await standing(trx, reader.circles, threadId);
    if (!thread) return { kind: 'unseen' };
    if (!thread.isOutside) return { kind: 'no-outside' };
    if (act.action === 'hand-over' && !(await mayHold(trx, act.to))) return { kind: 'no-person' };
    if (act.version === 0 && act.action !== 'release' && act.action !== 'reopen') await begin(trx, thread.id);
    if (!(await change(trx, reader, thread.id, act))) return await refusal(trx, reader, thread.id, act);
    await recordEvent(trx, eventOf(act, thread.id, reader.personId));
    await follow(trx, reader, thread.id);
    const people = [reader.personId];
    const receiver = act.action === 'hand-over' ? await activePerson(trx, act.to) : null;
    if (receiver && receiver.id !== reader.personId) {
      await follow(trx, { personId: receiver.id, circles: receiver.circles }, thread.id);
      people.push(receiver.id);
    }
    await recordChanges(trx, { threads: [thread.id], mentions: await raiseMentions(trx, [thread.id]), people });
    return { kind: 'done', case: (await readCase(trx, reader.circles, thread.id))! };
  });
}

/**
 * Gives back to the desk what somebody holds who leaves or may no longer hold anything, in the transaction in which `by` sees to
 * that: it would be nobody's work under the name of somebody who is not there.
 */
export async function releaseAll(trx: Kysely<Tables>, holderId: number, by: number | null): Promise<void> {
  const { rows } = await sql<{ threadId: number }>`
    update cases set state = 'open', holder_id = null, taken_at = null, version = version + 1
    where holder_id = ${holderId} and state = 'taken' returning thread_id as "threadId"`.execute(trx);
  const threads = rows.map(({ threadId }) => threadId);
  for (const threadId of threads) await recordEvent(trx, { threadId, kind: 'released', personId: by });
  if (threads.length === 0) return;
  await recordChanges(trx, { threads, mentions: await raiseMentions(trx, threads), people: [holderId] });
}

/** The thread as it stands for a reader; one that was merged answers as the one it went into. */
async function standing(trx: Kysely<Tables>, circles: readonly number[], threadId: number) {
  const { rows } = await sql<{ id: number; isOutside: boolean }>`
    select t.id, bool_or(${isHome('p')}) as "isOutside"
    from threads asked
    join threads t on t.id = coalesce(asked.merged_into, asked.id)
    join placements p on p.thread_id = t.id and p.circle_id = any(${circles}::int[])
    where asked.id = ${threadId} group by t.id`.execute(trx);
  return rows[0] ?? null;
}

/** Held until the end, so that nobody is handed a case in the moment in which they leave or change. */
async function mayHold(trx: Kysely<Tables>, personId: number): Promise<boolean> {
  const { rows } = await sql<{ role: Role; colleague: boolean }>`
    select p.role, ${worksHere(sql`p.id`)} as colleague from people p
    where p.id = ${personId} and p.deactivated_at is null for share`.execute(trx);
  return rows[0] !== undefined && rightsOf(rows[0]).includes('desk');
}

/** A case for a thread that had none, as nobody's; the act that follows makes it its first version. */
async function begin(trx: Kysely<Tables>, threadId: number): Promise<void> {
  await sql`
    insert into cases (thread_id, waiting_since, version)
    select thread_id, sort_at, 0 from placements where thread_id = ${threadId} and ${isHome('placements')}
    on conflict do nothing`.execute(trx);
}

/** The one guarded update, of a thread that `standing` gave: whoever comes second waits for the first, then finds another version and changes nothing. */
async function change(trx: Kysely<Tables>, reader: Reader, threadId: number, act: CaseAct): Promise<boolean> {
  const { when, set } = steps(act, reader.personId);
  const { rows } = await sql`
    update cases c set ${set}, version = c.version + 1
    where c.thread_id = ${threadId} and c.version = ${act.version} and ${when}
    returning c.thread_id`.execute(trx);
  return rows.length > 0;
}

function steps(act: CaseAct, me: number): { when: RawBuilder<unknown>; set: RawBuilder<unknown> } {
  const free = sql`(c.state = 'open' or c.holder_id = ${me})`;
  const closed = (state: 'answered' | 'unanswered') => sql`state = ${state}, holder_id = null,
    taken_at = coalesce(c.taken_at, now()), closed_at = now(), closed_by = ${me}`;
  switch (act.action) {
    case 'take':
      return { when: sql`c.state = 'open'`, set: sql`state = 'taken', holder_id = ${me}, taken_at = now()` };
    case 'release':
      return { when: sql`c.holder_id = ${me}`, set: sql`state = 'open', holder_id = null, taken_at = null` };
    case 'hand-over':
      // To a colleague what is nobody's or one's own, to oneself what is another's ("take over").
      return {
        when: sql`(c.state = 'open' or (c.state = 'taken' and (c.holder_id = ${me}) <> ${act.to === me}))`,
        set: sql`state = 'taken', holder_id = ${act.to}, taken_at = now()`,
      };
    case 'answer':
      return { when: free, set: sql`${closed('answered')}, answer_url = ${act.url}, answer_text = ${act.text}` };
    case 'no-answer':
      return { when: free, set: sql`${closed('unanswered')}, reason = ${act.reason}, note = ${act.note}` };
    case 'reopen':
      return {
        when: sql`c.closed_at is not null`,
        set: sql`state = 'open', taken_at = null, closed_at = null, closed_by = null, answer_url = null,
          answer_text = null, reason = null, note = null, waiting_since = case
            when c.closed_at > now() - ${slipHours} * interval '1 hour' then c.waiting_since else now() end`,
      };
  }
}

async function refusal(trx: Kysely<Tables>, reader: Reader, threadId: number, act: CaseAct): Promise<Acted> {
  const found = await readCase(trx, reader.circles, threadId);
  if (!found) return { kind: 'no-outside' };
  const isMine = found.holder?.id === reader.personId;
  const asked = act.action === 'take' || (act.action === 'hand-over' && act.to === reader.personId);
  if (asked && isMine) return { kind: 'done', case: found };
  return { kind: found.version === act.version && found.holder && !isMine ? 'held' : 'changed', case: found };
}

const eventKinds = {
  take: 'taken',
  release: 'released',
  'hand-over': 'handed-over',
  answer: 'answered',
  'no-answer': 'unanswered',
  reopen: 'reopened',
} as const;

function eventOf(act: CaseAct, threadId: number, personId: number): ThreadEvent {
  // The log keeps what a reopened case forgets.
  const { version: _, action, ...detail } = act;
  return { threadId, personId, kind: eventKinds[action], detail };
}
