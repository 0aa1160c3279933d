import { Worker } from 'node:worker_threads';
import type { RawMention } from '#domain/mention.ts';
import type { FeedDocument } from './connector.ts';
import { IngestClosedError, SourceError } from './errors.ts';
import type { PrepareContext, UnderstoodMention } from './prepare.ts';
import { type Job, type Report, unpackDocument, unpackUnderstood } from './thread-messages.ts';

export type IngestThread = {
  readFeed: (
    bytes: Uint8Array,
    contentType: string | undefined,
    url: string,
    namespace: string,
  ) => Promise<FeedDocument>;
  /** Reads a page that a colleague handed in (ingest/tip-page.ts). */
  readTip: (bytes: Uint8Array, contentType: string | undefined, url: string) => Promise<RawMention>;
  prepare: (raws: RawMention[], context: PrepareContext) => Promise<UnderstoodMention[]>;
  /** Lets the thread go; what still waits is rejected. */
  close: () => Promise<void>;
};

export type IngestThreadOptions = {
  /** How long one document, or one batch of 100 items, may take. */
  deadlineMs?: number;
  /** After this long without work the thread is let go, so that an idle installation stays small. */
  idleMs?: number;
  /** Cap of the thread's old space; what needs more is refused as too large. */
  heapMb?: number;
};

const batchSize = 100;
/** Loading code and the language model, on a slow and busy machine. */
const startMs = 30_000;

type Waiting = { job: Job; resolve: (outcome: string) => void; reject: (error: Error) => void };

/**
 * Reads and prepares hostile documents in a thread of its own, so that nothing in them can hold the process up: two seconds
 * each, and 128 MB for code, language model and document together (measured: enough for 10 MB of feed, clean or broken).
 * What overruns is stopped with its thread and gets SourceError('unreadable') 'too-slow' or 'too-large'; the others go on in a
 * new one. Started on first use.
 */
export function createIngestThread(options: IngestThreadOptions = {}): IngestThread {
  const { deadlineMs = 2_000, idleMs = 30_000, heapMb = 128 } = options;
  const waiting: Waiting[] = [];
  let current: Waiting | null = null;
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const enqueue = (job: Job): Promise<string> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new IngestClosedError());
      waiting.push({ job, resolve, reject });
      next();
    });

  function next(): void {
    if (current) return;
    clearTimeout(timer);
    const first = waiting.shift();
    if (!first) {
      worker?.unref();
      timer = setTimeout(letGo, idleMs).unref();
      return;
    }
    current = first;
    worker ??= start();
    worker.ref();
    timer = setTimeout(() => stop(tooSlow()), startMs);
    worker.postMessage(first.job, 'bytes' in first.job ? [first.job.bytes.buffer as ArrayBuffer] : []);
  }

  function start(): Worker {
    const started = new Worker(new URL('./thread-worker.ts', import.meta.url), {
      name: 'ingest',
      // Nothing that reads outside text needs our secrets.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32 },
    });
    started.on('message', (report: Report) => {
      if (started === worker) hear(report);
    });
    started.on('error', (error: NodeJS.ErrnoException) => {
      if (started !== worker) return;
      worker = null;
      settle((one) => one.reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error));
    });
    return started;
  }

  function hear(report: Report): void {
    if (report.is === 'started') {
      clearTimeout(timer);
      timer = setTimeout(() => stop(tooSlow()), deadlineMs);
    } else if (report.is === 'done') settle((one) => one.resolve(report.outcome));
    else if (report.is === 'refused') {
      settle((one) => one.reject(new SourceError(report.kind, report.message, report.detail)));
    } else {
      const cause = new Error(report.message);
      if (report.stack) cause.stack = report.stack;
      settle((one) => one.reject(new Error('The ingest thread met a bug', { cause })));
    }
  }

  /** Ends the document at hand with its thread; the rest starts again in a new one. */
  function stop(error: SourceError): void {
    letGo();
    settle((one) => one.reject(error));
  }

  function letGo(): void {
    const leaving = worker;
    worker = null;
    leaving?.terminate().catch(() => {});
  }

  function settle(end: (one: Waiting) => void): void {
    const one = current;
    current = null;
    if (one) end(one);
    next();
  }

  return {
    readFeed: async (bytes, contentType, url, namespace) => {
      // A copy, because it is handed over whole and the caller may still hash or keep the original.
      const own = new Uint8Array(bytes);
      return unpackDocument(await enqueue({ do: 'readFeed', bytes: own, contentType, url, namespace }));
    },
    readTip: async (bytes, contentType, url) => {
      const own = new Uint8Array(bytes);
      return JSON.parse(await enqueue({ do: 'readTip', bytes: own, contentType, url })) as RawMention;
    },
    prepare: async (raws, context) => {
      const prepared: UnderstoodMention[] = [];
      for (let from = 0; from < raws.length; from += batchSize) {
        const batch = JSON.stringify(raws.slice(from, from + batchSize));
        prepared.push(...unpackUnderstood(await enqueue({ do: 'prepare', raws: batch, context })));
      }
      return prepared;
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      const leaving = worker;
      worker = null;
      for (const one of [current, ...waiting.splice(0)]) one?.reject(new IngestClosedError());
      current = null;
      await leaving?.terminate();
    },
  };
}

const tooSlow = (): SourceError => new SourceError('unreadable', 'Reading it took too long', { reason: 'too-slow' });
const tooLarge = (): SourceError =>
  new SourceError('unreadable', 'Reading it took too much memory', { reason: 'too-large' });
