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
import { LentClient } from '#storage/database.ts';

/** What jobs need of a queue; the database below it is chosen in `createQueues` alone. */
export type JobQueue<Data> = {
  add: (data: Data) => Promise<void>;
  /** Jobs that nobody has begun. */
  waitingCount: () => Promise<number>;
  /** Runs a job again and again; the same id again changes its times. */
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

// A finished job says nothing that the source rows do not; of failed ones a few are kept to look at.
const jobOptions: JobSchedulerTemplateOptions = { removeOnComplete: true, removeOnFail: { count: 100 } };
const closeMs = 5_000;

/**
 * Queues on the database that holds everything else. Redis comes by giving this function another connection and leaving
 * out the backend: nothing else knows.
 */
export function createQueues(databaseUrl: string, log: Log): Queues {
  // Exactly these made all queues run again 75 ms after a killed server was back (traps-data section 2).
  const connection = {
    Client: LentClient,
    connectionString: databaseUrl,
    schema: 'bullmq',
    migrate: true,
    max: 2,
    keepAlive: true,
    connectionTimeoutMillis: 2_000,
  } as unknown as QueueOptions['connection'];
  const queues: Queue[] = [];
  const workers: Worker[] = [];
  const onError = (err: Error) => log.warn({ err }, 'the job queue has no connection');

  return {
    queue(name) {
      const queue = new Queue(name, { connection }, createPostgresBackend as never);
      queue.on('error', onError);
      queues.push(queue);
      return {
        add: async (data) => {
          await queue.add(name, data, jobOptions);
        },
        waitingCount: () => queue.getWaitingCount(),
        repeat: async (id, times, data) => {
          await queue.upsertJobScheduler(id, times, { name, data, opts: jobOptions });
        },
      };
    },
    work(name, concurrency, run) {
      const process: Processor = (job) => run(job.data);
      const options = { connection, concurrency, runRetryDelay: 1_000 };
      const worker = new Worker(name, process, options, createPostgresBackend as never);
      worker.on('error', onError);
      worker.on('failed', (job, err) => log.error({ err, queue: name, job: job?.id }, 'a job failed'));
      workers.push(worker);
    },
    ready: async () => {
      await Promise.all([...queues, ...workers].map((one) => one.waitUntilReady()));
    },
    close: async () => {
      await within(closeMs, Promise.all(workers.map((worker) => worker.close())));
      await within(closeMs, Promise.all(queues.map((queue) => queue.close())));
    },
  };
}

/** A close that hangs because the server is gone must not keep the process. */
async function within(ms: number, closing: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([closing.catch(() => undefined), late]);
  clearTimeout(timer);
}
