import type { SaveReport } from '#storage/mentions.ts';
import { giveBack, keepLease, takeLeased } from '#storage/source-polls.ts';
import { createLookup } from './lookup.ts';
import { type PollDeps, pollSource } from './poll-source.ts';
import { createSaver } from './saver.ts';

/** A batch of due sources, claimed together under one lease (workers/schedule.ts). */
export type PollJob = { lease: string; sourceIds: number[] };

/** Sources asked at the same time by one job. */
const concurrency = 16;
/** How long polls that run may go on after we were asked to stop. */
const graceMs = 3_000;
export const leaseSeconds = 60;

/**
 * Polls a batch of sources and saves what they bring. Safe to run twice and at the same moment: whatever lease is lost is
 * left alone. When `stopping` fires no source is begun any more, what was fetched is saved, the rest goes back.
 */
export async function pollBatch(
  deps: PollDeps,
  job: PollJob,
  stopping: AbortSignal,
  onSaved?: (report: SaveReport) => void,
): Promise<void> {
  const { db, log } = deps;
  const { lease } = job;
  const waiting = await takeLeased(db, lease, job.sourceIds, leaseSeconds);
  const open = new Set(waiting.map(({ id }) => id));
  const lookup = createLookup(db);
  const saver = createSaver(deps, onSaved);
  const heartbeat = setInterval(
    () => {
      keepLease(db, lease, leaseSeconds).catch((err: unknown) => log.warn({ err }, 'lease not kept'));
    },
    (leaseSeconds * 1000) / 3,
  );
  const grace = graceAfter(stopping);

  let isOver = false;
  async function work(): Promise<void> {
    for (let source = waiting.shift(); source && !stopping.aborted; source = waiting.shift()) {
      const { id } = source;
      const polled = await pollSource(deps, lookup, source, lease).catch((err: unknown) => {
        log.warn({ err, sourceId: id }, 'the database went away during a poll');
      });
      if (!polled || isOver) return;
      open.delete(id);
      await saver.add(polled);
    }
  }
  try {
    await Promise.race([Promise.all(Array.from({ length: concurrency }, work)), grace.over]);
    isOver = true;
    await saver.finish();
  } finally {
    clearInterval(heartbeat);
    grace.cancel();
    // Their polls did not end: they are due still, for whoever comes next.
    await giveBack(db, lease, [...open]).catch((err: unknown) => log.warn({ err }, 'sources not given back'));
  }
}

/** `over` resolves (with nothing) some seconds after the signal, never before. */
function graceAfter(signal: AbortSignal): { over: Promise<undefined>; cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let begin = () => {};
  const over = new Promise<undefined>((resolve) => {
    begin = () => {
      timer = setTimeout(resolve, graceMs, undefined);
    };
  });
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return {
    over,
    cancel: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', begin);
    },
  };
}
