import type { Log } from '#platform/log.ts';
import { type Change, type ChangePosition, changesChannel } from '#storage/changes.ts';
import { listen } from '#storage/listen.ts';

type Changes = { changes: Change[]; position: ChangePosition; tooOld: boolean };

const safetyMs = 1_000;

/**
 * Reads the change table from a place on, whenever a writer says so and each second in any case. Changes come in their
 * order; a failed reading is tried again with the next second.
 */
export function startReader(options: {
  databaseUrl: string;
  log: Log;
  pageSize: number;
  from: ChangePosition;
  read: (after: ChangePosition, limit: number) => Promise<Changes>;
  /** `tooOld`: some changes before these are gone for good. */
  onChanges: (next: Changes) => void;
}): { close: () => Promise<void> } {
  const { databaseUrl, log, pageSize, read, onChanges } = options;
  let position = options.from;
  let running: Promise<void> | null = null;
  let asked = false;
  let closed = false;
  let failing = false;

  async function readOn() {
    try {
      let full = true;
      while (full && !closed) {
        const next = await read(position, pageSize);
        position = next.position;
        full = next.changes.length >= pageSize;
        if (next.changes.length > 0 || next.tooOld) onChanges(next);
      }
      failing = false;
    } catch (error) {
      // One line when it begins, not one each second.
      if (!failing && !closed) log.warn({ err: error }, 'cannot read changes');
      failing = true;
    }
  }
  function wake() {
    asked = true;
    if (running || closed) return;
    running = (async () => {
      while (asked && !closed) {
        asked = false;
        await readOn();
      }
      running = null;
    })();
  }

  const listener = listen(databaseUrl, changesChannel, wake, (error) => {
    if (!closed) log.warn({ err: error }, 'listening for changes broke');
  });
  const timer = setInterval(wake, safetyMs);
  timer.unref();
  return {
    async close() {
      closed = true;
      clearInterval(timer);
      await listener.close();
      await running;
    },
  };
}
