import type { Log } from '#platform/log.ts';
import type { Change, ChangePosition } from '#storage/changes.ts';
import { listenTo } from './listen.ts';

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
  read: (after: ChangePosition, limit: number) => Promise<{ changes: Change[]; position: ChangePosition }>;
  onChanges: (changes: Change[], position: ChangePosition) => void;
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
        if (next.changes.length > 0) onChanges(next.changes, position);
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

  const listener = listenTo(databaseUrl, 'buitenwacht_changes', wake, log);
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
