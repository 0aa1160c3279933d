import { afterEach, expect, test } from 'vitest';
import { SourceError } from './errors.ts';
import { createIngestThread, type IngestThread } from './thread.ts';

const feed = Buffer.from(
  '<rss version="2.0"><channel><item><title>Een</title><guid>1</guid><description>Dijk</description></item></channel></rss>',
);
/** Tens of thousands of items on their own are slow enough to meet a deadline of a few milliseconds. */
const slow = Buffer.from(`<rss><channel></channel>${'<item a=1><title>x</title></item>'.repeat(60_000)}</rss>`);

let thread: IngestThread;
afterEach(() => thread.close());
const start = (options?: Parameters<typeof createIngestThread>[0]): IngestThread => {
  thread = createIngestThread(options);
  return thread;
};
const read = (bytes: Uint8Array) => thread.readFeed(bytes, undefined, 'https://a.example/feed', 'feed:1');
const reasonOf = (error: unknown): string | undefined =>
  error instanceof SourceError ? error.detail.reason : String(error);

test('reads and prepares like the functions it stands for', async () => {
  start();
  const document = await read(feed);
  expect(document.items).toMatchObject([{ externalId: '1', title: 'Een' }]);
  const prepared = await thread.prepare(document.items, {
    fetchedAt: new Date('2026-11-23T10:00:00Z'),
    hostname: 'a.example',
  });
  expect(prepared).toMatchObject([{ externalId: '1', title: 'Een', text: 'Dijk' }]);
  expect(Buffer.isBuffer(prepared[0]!.contentHash)).toBe(true);
  expect(prepared[0]!.publishedAt).toBeInstanceOf(Date);
});

test('the bytes stay usable for who gave them', async () => {
  start();
  const bytes = Buffer.from(feed);
  await read(bytes);
  expect(bytes.equals(feed)).toBe(true);
});

test('a document that overruns is stopped alone, the others go on', async () => {
  start({ deadlineMs: 60 });
  const results = await Promise.allSettled([read(feed), read(slow), read(feed), read(slow), read(feed)]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(results.flatMap((one) => (one.status === 'rejected' ? reasonOf(one.reason) : []))).toEqual([
    'too-slow',
    'too-slow',
  ]);
});

test('a document that wants too much memory is refused as too large, and the next is read', async () => {
  start({ heapMb: 16 });
  const large = Buffer.from(
    `<rss><channel>${`<item a=1><title>${'x'.repeat(3000)}</title></item>`.repeat(3000)}</channel></rss>`,
  );
  expect(await read(large).then(() => 'read', reasonOf)).toBe('too-large');
  expect((await read(feed)).items).toHaveLength(1);
});

test('an error of the source arrives as it was thrown', async () => {
  start();
  const error = await read(Buffer.from('<html></html>')).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SourceError);
  expect(error).toMatchObject({ kind: 'unreadable', detail: { reason: 'web-page' } });
});

test('after idling it starts again', async () => {
  start({ idleMs: 20 });
  await read(feed);
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect((await read(feed)).items).toHaveLength(1);
});

test('closing rejects what waits, and what comes after', async () => {
  start();
  const waiting = Promise.allSettled([read(feed), read(feed)]);
  await thread.close();
  expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(read(feed)).rejects.toThrow('closed');
});
