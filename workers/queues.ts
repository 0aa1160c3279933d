import { setTimeout as sleep } from 'node:timers/promises';
import {
  createPostgresBackend,
  type JobSchedulerTemplateOptions,
  type Processor,
  Queue,
  type QueueOptions,
  type RepeatOptions,
  Worker,
} from 'bullmq';
import type { Log } from '#platform/log.ts';
import { openRedis } from '#platform/redis.ts';
import { LentClient } from '#storage/database.ts';

/** What jobs need of a queue; the database below it is chosen in `createQueues` alone. */
export type JobQueue<Data> = {
  /** Rejects within seconds when the job could not be put in, or nobody can tell whether it was. */
  add: (data: Data) => Promise<void>;
  /** Jobs that nobody has begun. */
  waitingCount: () => Promise<number>;
  /** Runs a job again and again; the same id again changes its times. Put back when the server lost it. */
  repeat: (id: string, times: Omit<RepeatOptions, 'key'>, data: Data) => Promise<void>;
};

export type Queues = {
  queue: <Data>(name: string) => JobQueue<Data>;
  work: <Data>(name: string, concurrency: number, run: (data: Data) => Promise<void>) => void;
  /** Resolves when every queue and worker has its connections and tables. */
  ready: () => Promise<void>;
  /** Takes no more jobs, waits for those that run, then closes queues. The server must still be there (traps-data section 2). */
  close: () => Promise<void>;
};

/** Where jobs are kept: in the database with everything else, or in a Redis, where one installation keeps to its own names. */
export type QueuePlace = { databaseUrl: string } | { redisUrl: string; installation: string };

// A finished job says nothing that the source rows do not; of failed ones a few are kept to look at.
const jobOptions: JobSchedulerTemplateOptions = { removeOnComplete: true, removeOnFail: { count: 100 } };
const closeMs = 5_000;
/** A server that was emptied has its repeating jobs again after at most this long. */
const lookAfterMs = 5_000;
/** A server that is away is told of this often, not at each of many attempts of many connections. */
const sayAgainMs = 30_000;

/** Queues of one process. Nothing else in the program knows where they are. */
export function createQueues(place: QueuePlace, log: Log): Queues {
  const queues: Queue[] = [];
  const workers: Worker[] = [];
  const lookAfter = new Set<() => Promise<void>>();
  let saidAt = Number.NEGATIVE_INFINITY;
  const onError = (err: Error) => {
    if (performance.now() - saidAt < sayAgainMs) return;
    saidAt = performance.now();
    log.warn({ err }, 'the job queue does not answer as it should');
  };
  const { forQueues, forWorkers, backend, closeBackend } = openPlace(place, onError);
  const timer = setInterval(() => {
    for (const look of lookAfter) look().catch(onError);
  }, lookAfterMs);

  return {
    queue(name) {
      const queue = new Queue(name, forQueues, backend);
      queue.on('error', onError);
      queues.push(queue);
      return {
        add: async (data) => {
          await queue.add(name, data, jobOptions);
        },
        waitingCount: () => queue.getWaitingCount(),
        repeat: async (id, times, data) => {
          const put = async (triesLeft = 3): Promise<void> => {
            try {
              await queue.upsertJobScheduler(id, times, { name, data, opts: jobOptions });
            } catch (error) {
              // Another process put the same at this moment, and its turn has the name that ours would have.
              if (triesLeft === 0) throw error;
              await sleep(50 + Math.random() * 100);
              await put(triesLeft - 1);
            }
          };
          await put();
          lookAfter.add(async () => {
            if (!(await queue.getJobScheduler(id))) await put();
          });
        },
      };
    },
    work(name, concurrency, run) {
      const process: Processor = (job) => run(job.data);
      const worker = new Worker(name, process, { ...forWorkers, concurrency, runRetryDelay: 1_000 }, backend);
      worker.on('error', onError);
      worker.on('failed', (job, err) => log.error({ err, queue: name, job: job?.id }, 'a job failed'));
      workers.push(worker);
    },
    ready: async () => {
      await Promise.all([...queues, ...workers].map((one) => one.waitUntilReady()));
    },
    close: async () => {
      clearInterval(timer);
      const isThere = await within(closeMs, Promise.all(workers.map((worker) => worker.close())));
      await within(isThere ? closeMs : 0, Promise.all(queues.map((queue) => queue.close())));
      closeBackend();
    },
  };
}

type Opened = {
  forQueues: QueueOptions;
  forWorkers: QueueOptions;
  backend: never;
  closeBackend: () => void;
};

function openPlace(place: QueuePlace, onError: (error: Error) => void): Opened {
  if ('redisUrl' in place) {
    const redis = openRedis(place.redisUrl, onError);
    const prefix = `buitenwacht:${place.installation}`;
    return {
      forQueues: { connection: redis.queues, prefix },
      forWorkers: { connection: redis.workers, prefix },
      backend: undefined as never,
      closeBackend: redis.close,
    };
  }
  // Exactly these made all queues run again 75 ms after a killed server was back (traps-data section 2).
  const connection = {
    Client: LentClient,
    connectionString: place.databaseUrl,
    schema: 'bullmq',
    migrate: true,
    max: 2,
    keepAlive: true,
    connectionTimeoutMillis: 2_000,
  } as unknown as QueueOptions['connection'];
  const backend = createPostgresBackend as never;
  return { forQueues: { connection }, forWorkers: { connection }, backend, closeBackend: () => undefined };
}

/** A close that hangs because the server is gone must not keep the process; answers whether it ended in time. */
async function within(ms: number, closing: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const isClosed = await Promise.race([closing.then(() => true).catch(() => true), late]);
  clearTimeout(timer);
  return isClosed;
}
