import { parentPort } from 'node:worker_threads';
import type { RawMention } from '#domain/mention.ts';
import { SourceError } from './errors.ts';
import { readFeed } from './feed/read.ts';
import { type Job, packDocument, packUnderstood, type Report } from './thread-messages.ts';

const port = parentPort!;
const report = (message: Report): void => port.postMessage(message);

/** The language model behind `prepare` takes tens of megabytes while it loads: that waits until the first batch comes. */
const work: { [Kind in Job['do']]: () => Promise<(job: Extract<Job, { do: Kind }>) => Promise<string>> } = {
  readFeed: async () => async (job) => packDocument(await readFeed(job.bytes, job.contentType, job.url, job.namespace)),
  readTip: async () => {
    const { readTipPage } = await import('./tip-page.ts');
    return async (job) => JSON.stringify(readTipPage(job.bytes, job.contentType, job.url));
  },
  prepare: async () => {
    const { prepareMentions } = await import('./prepare.ts');
    // The model itself loads at the first call; an empty batch gets that out of the way before the clock runs.
    await prepareMentions([], { fetchedAt: new Date(0), hostname: null });
    return async (job) => packUnderstood(await prepareMentions(JSON.parse(job.raws) as RawMention[], job.context));
  },
};

async function run(job: Job): Promise<string> {
  if (job.do === 'readFeed') {
    const read = await work.readFeed();
    report({ is: 'started' });
    return read(job);
  }
  if (job.do === 'readTip') {
    const read = await work.readTip();
    report({ is: 'started' });
    return read(job);
  }
  const prepare = await work.prepare();
  report({ is: 'started' });
  return prepare(job);
}

port.on('message', (job: Job) => {
  run(job).then(
    (outcome) => report({ is: 'done', outcome }),
    (error: unknown) => {
      if (error instanceof SourceError) {
        report({ is: 'refused', kind: error.kind, message: error.message, detail: error.detail });
      } else if (error instanceof RangeError && /call stack/.test(error.message)) {
        report({
          is: 'refused',
          kind: 'unreadable',
          message: 'Nested too deep to read',
          detail: { reason: 'too-deep' },
        });
      } else {
        report({ is: 'broken', message: String(error), stack: error instanceof Error ? error.stack : undefined });
      }
    },
  );
});
