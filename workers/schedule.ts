import { randomUUID } from 'node:crypto';
import type { Log } from '#platform/log.ts';
import type { Database } from '#storage/database.ts';
import { listen } from '#storage/listen.ts';
import { claimDue, giveBack } from '#storage/source-polls.ts';
import { leaseSeconds, type PollJob } from './poll.ts';
import type { JobQueue } from './queues.ts';

const tickMs = 1_000;
const sourcesPerJob = 200;
/** So many jobs that nobody has begun, and we claim no more: a lease should not run out in the queue. */
const mostWaitingJobs = 4;

export type Schedule = {
  /** A job was begun: there is room for another. */
  begun: () => void;
  close: () => Promise<void>;
};

/**
 * Turns sources whose time has come into poll jobs: each second, at once when somebody says that a source is due, and as jobs
 * are begun while more is due than waits. Any number of these may run; a source is claimed by one.
 */
export function startSchedule(deps: {
  databaseUrl: string;
  db: Database;
  queue: Pick<JobQueue<PollJob>, 'add' | 'waitingCount'>;
  log: Log;
  sourcesPerJob?: number;
}): Schedule {
  const { db, queue, log, databaseUrl } = deps;
  const limit = deps.sourcesPerJob ?? sourcesPerJob;
  let closed = false;
  let running: Promise<void> | null = null;
  let again = false;
  let failing = false;
  /** The last claim was as large as it may be. */
  let hasMore = false;

  async function claim(): Promise<void> {
    while (!closed) {
      // Asked only when there is something to hold back (most looks find nothing due), or to learn whether the queue is back.
      if ((hasMore || failing) && (await queue.waitingCount()) >= mostWaitingJobs) return;
      const lease = randomUUID();
      const sourceIds = await claimDue(db, lease, limit, leaseSeconds);
      hasMore = sourceIds.length === limit;
      if (sourceIds.length === 0) return;
      if (closed) return await giveBack(db, lease, sourceIds);
      await queue.add({ lease, sourceIds }).catch(async (error: unknown) => {
        // Whether the job is there or not: without the lease it does nothing, and nobody waits for the lease to end.
        await giveBack(db, lease, sourceIds);
        throw error;
      });
      if (!hasMore) return;
    }
  }
  function wake(): void {
    again = true;
    if (running || closed) return;
    running = (async () => {
      while (again && !closed) {
        again = false;
        try {
          await claim();
          failing = false;
        } catch (err) {
          // One line when it begins, not one each second.
          if (!failing) log.warn({ err }, 'cannot schedule polls');
          failing = true;
        }
      }
      running = null;
    })();
  }

  // What is due already does not wait for the listener.
  wake();
  const listener = listen(databaseUrl, 'buitenwacht_due', wake, (err) => log.warn({ err }, 'not listening'));
  const timer = setInterval(wake, tickMs);
  return {
    begun() {
      if (hasMore) wake();
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await listener.close();
      await running;
    },
  };
}
