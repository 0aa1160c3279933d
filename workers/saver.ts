import type { Log } from '#platform/log.ts';
import type { Database } from '#storage/database.ts';
import type { Keys } from '#storage/keys.ts';
import { mostPerSave, type SaveReport, type SourcePoll, savePolls } from '#storage/mentions.ts';
import { recordUnchanged } from '#storage/source-polls.ts';
import type { Polled } from './poll-source.ts';

export type Saver = {
  /** Takes a finished poll; waits while too much is on its way into the database. */
  add: (polled: Polled) => Promise<void>;
  /** Everything that was taken is saved, or the error that kept it from being. */
  finish: () => Promise<void>;
};

const mostTextUnits = 8_000_000;
const mostWaiting = 3;
const mostUnchanged = 500;
/** With nothing else on its way into the database so many mentions are worth a transaction of their own. */
const worthSaving = 200;

/**
 * Gathers polls of several sources into transactions of at most 500 mentions, one at a time, while further polls go on. A
 * poll larger than that is cut; only its last part moves the source's cursor, so that a crash between parts repeats them.
 */
export function createSaver(
  { db, keys, log }: { db: Database; keys: Keys; log: Log },
  onSaved: (report: SaveReport) => void = () => undefined,
): Saver {
  let batch: SourcePoll[] = [];
  let size = 0;
  let units = 0;
  let unchanged: Extract<Polled, { kind: 'unchanged' }>[] = [];
  let waiting = 0;
  let failure: { error: unknown } | null = null;
  let running: Promise<void> = Promise.resolve();

  function enqueue(work: () => Promise<void>): void {
    waiting += 1;
    running = running
      // After a failure nothing more is saved: a later part of a poll must not stand without an earlier one.
      .then(() => (failure ? undefined : work()))
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        waiting -= 1;
      });
  }
  function flush(): void {
    const polls = batch;
    if (polls.length === 0) return;
    batch = [];
    size = 0;
    units = 0;
    enqueue(async () => {
      for (const report of await saveSurely(db, keys, log, polls)) onSaved(report);
    });
  }
  function flushUnchanged(): void {
    const polls = unchanged;
    if (polls.length === 0) return;
    unchanged = [];
    enqueue(() => recordUnchanged(db, polls));
  }

  return {
    async add(polled) {
      if (polled.kind === 'unchanged') {
        unchanged.push(polled);
        if (unchanged.length >= mostUnchanged) flushUnchanged();
      } else {
        for (const part of inParts(polled.poll)) {
          const partUnits = part.arrivals.reduce((sum, { prepared }) => sum + prepared.text.length, 0);
          const full = size + part.arrivals.length > mostPerSave || units + partUnits > mostTextUnits;
          if (full) flush();
          batch.push(part);
          size += part.arrivals.length;
          units += partUnits;
        }
      }
      if (waiting === 0 && size >= worthSaving) flush();
      if (waiting >= mostWaiting) await running;
    },
    async finish() {
      flush();
      flushUnchanged();
      await running;
      if (failure) throw failure.error;
    },
  };
}

/** A poll in parts of at most 500 mentions; the record goes with the last. */
export function inParts(poll: SourcePoll): SourcePoll[] {
  if (poll.arrivals.length <= mostPerSave) return [poll];
  const parts: SourcePoll[] = [];
  for (let at = 0; at < poll.arrivals.length; at += mostPerSave) {
    const isLast = at + mostPerSave >= poll.arrivals.length;
    parts.push({
      ...poll,
      arrivals: poll.arrivals.slice(at, at + mostPerSave),
      sighted: isLast ? poll.sighted : [],
      withdrawn: isLast ? poll.withdrawn : [],
      notKept: isLast ? poll.notKept : [],
      record: isLast ? poll.record : null,
    });
  }
  return parts;
}

/**
 * Saves a batch; when the database refuses what is in it, saves its halves, down to the single mention that cannot be
 * stored: that one is left out and told, the others are not held up by it.
 */
async function saveSurely(db: Database, keys: Keys, log: Log, polls: SourcePoll[]): Promise<SaveReport[]> {
  try {
    return [await savePolls(db, keys, polls)];
  } catch (error) {
    if (!isAboutData(error)) throw error;
    const halves = inHalves(polls);
    if (!halves) {
      log.error({ err: error, sourceId: polls[0]!.sourceId }, 'a mention cannot be stored');
      const [poll] = polls;
      if (poll!.arrivals.length === 0) throw error;
      return [await savePolls(db, keys, [{ ...poll!, arrivals: [] }])];
    }
    const reports: SaveReport[] = [];
    for (const half of halves) reports.push(...(await saveSurely(db, keys, log, half)));
    return reports;
  }
}

/** Two smaller batches in the right order, or null when there is only one mention left. */
function inHalves(polls: SourcePoll[]): [SourcePoll[], SourcePoll[]] | null {
  if (polls.length > 1) {
    const middle = polls.length >> 1;
    return [polls.slice(0, middle), polls.slice(middle)];
  }
  const [poll] = polls;
  if (!poll || poll.arrivals.length < 2) return null;
  const middle = poll.arrivals.length >> 1;
  return [
    [{ ...poll, arrivals: poll.arrivals.slice(0, middle), sighted: [], withdrawn: [], record: null }],
    [{ ...poll, arrivals: poll.arrivals.slice(middle) }],
  ];
}

/** Whether the values are to blame (SQLSTATE classes 22, 23, 54; a value that has no text form), not the server or the network. */
function isAboutData(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return /^(22|23|54)/.test(code);
  return error instanceof RangeError || error instanceof TypeError;
}
