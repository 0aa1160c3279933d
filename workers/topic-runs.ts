import type { Log } from '#platform/log.ts';
import { matches } from '#search/match/matches.ts';
import { spansOf } from '#search/match/spans.ts';
import type { Plain } from '#search/plain.ts';
import { compile } from '#search/postgres/compile.ts';
import { standingNames, understand } from '#search/standing-question.ts';
import { topicsChannel } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { listen } from '#storage/listen.ts';
import { readDocuments } from '#storage/read-documents.ts';
import { deskCircle, outsideCircle } from '#storage/schema.ts';
import { sourceNames } from '#storage/source-list.ts';
import { homeStep, nextHoming } from '#storage/topic-homes.ts';
import {
  beginRun,
  type FoundByRun,
  failRun,
  type Looked,
  nextMentions,
  nextRun,
  type OpenRun,
  postponeRun,
  storeRunStep,
  undoRunStep,
} from '#storage/topic-runs.ts';
import { readQuestions } from '#storage/topics.ts';
import { isDatabaseAway } from '#storage/unavailable.ts';

export type RunDeps = { db: Database; timeZone: string; log: Log };

/** Mentions looked at, or put back, in one transaction. */
const step = 500;
/** Documents in memory at the same time: the longest have a megabyte of words. */
const atOnce = 100;
const sweepMs = 10_000;

/**
 * Applies versions of topics to what was there already, undoes that, and takes what they found to who may see it: one after the other, from the moment somebody asks. Any number of
 * these may run; each step is one transaction that holds the run's row and moves it on, so none is done twice.
 */
export function startTopicRuns(deps: RunDeps & { databaseUrl: string }): { close: () => Promise<void> } {
  const { databaseUrl, log } = deps;
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let isAsked = false;
  let isFailing = false;

  function wake(): void {
    isAsked = true;
    if (running || stopping.signal.aborted) return;
    running = (async () => {
      while (isAsked && !stopping.signal.aborted) {
        isAsked = false;
        await workOff(deps, stopping.signal);
      }
      isFailing = false;
    })()
      .catch((err: unknown) => {
        if (!isFailing) log.warn({ err }, 'cannot go on with a topic');
        isFailing = true;
      })
      .finally(() => {
        running = null;
        // Asked for while the last one ended.
        if (isAsked) wake();
      });
  }
  const listener = listen(databaseUrl, topicsChannel, wake, (err) => log.warn({ err }, 'not listening'));
  const timer = setInterval(wake, sweepMs);
  return {
    async close() {
      stopping.abort();
      clearInterval(timer);
      await listener.close();
      await running;
    },
  };
}

/**
 * Does whatever runs are open, until there are none or we are asked to stop. One that breaks off waits for its next attempt, and those
 * behind it go on. Throws only when the database is away, which says nothing about a run.
 */
export async function workOff(deps: RunDeps, stopping: AbortSignal): Promise<void> {
  const { db, log } = deps;
  // First what somebody may no longer see.
  for (let homing = await nextHoming(db); homing && !stopping.aborted; homing = await nextHoming(db))
    await homeStep(db, homing, step);
  for (let run = await nextRun(db); run && !stopping.aborted; run = await nextRun(db)) {
    try {
      if (run.state === 'undoing') await undoRunStep(db, run, step);
      else await go(deps, run, stopping);
    } catch (err) {
      if (isDatabaseAway(err)) throw err;
      const isTriedAgain = await postponeRun(db, run);
      log.error({ err, runId: run.id, topicId: run.topicId, isTriedAgain }, 'applying a topic broke off');
    }
  }
}

async function go(deps: RunDeps, run: OpenRun, stopping: AbortSignal): Promise<void> {
  const { db, log } = deps;
  const plain = await questionOf(deps, run);
  if (!plain) return await failRun(db, run, 'query');
  if (run.state === 'waiting') await beginRun(db, run);
  const { condition } = compile(plain, { circles: [outsideCircle, deskCircle] });
  let place = run;
  for (let isLast = false; !isLast && !stopping.aborted; ) {
    const looked = await nextMentions(db, place, condition, step);
    isLast = looked.length < step;
    // Somebody else was ahead: whatever is left is begun where they are.
    if (!(await storeRunStep(db, place, looked, await confirmed(db, plain, looked), isLast))) return;
    place = { ...place, state: 'running', afterId: looked.at(-1)?.mentionId ?? place.afterId };
  }
  if (!stopping.aborted) log.info({ runId: run.id, topicId: run.topicId }, 'a topic was applied to what was there');
}

/** What PostgreSQL found is looked at again by the matcher, which knows where the words stand. */
async function confirmed(db: Database, plain: Plain, looked: readonly Looked[]): Promise<FoundByRun[]> {
  const may = looked.filter((one) => one.may).map(({ mentionId }) => mentionId);
  const found: FoundByRun[] = [];
  for (let at = 0; at < may.length; at += atOnce) {
    const refs = may.slice(at, at + atOnce).map((id) => ({ kind: 'mention' as const, id }));
    for (const { id, document } of await readDocuments(db, refs))
      if (matches(plain, document)) found.push({ mentionId: id, spans: spansOf(plain, document).flat() });
  }
  return found;
}

async function questionOf({ db, timeZone, log }: RunDeps, run: OpenRun): Promise<Plain | null> {
  const names = standingNames(await sourceNames(db), await readQuestions(db, 'all'));
  const read = understand(run, names, { timeZone });
  if (read.kind === 'plain') return read.plain;
  log.error({ runId: run.id, topicId: run.topicId }, 'a topic cannot be asked');
  return null;
}
