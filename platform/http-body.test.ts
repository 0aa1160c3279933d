import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Coding, codingOf, collectBody, inflate } from './http-body.ts';
import { createBodyMemory } from './http-memory.ts';

const limit = 1024 * 1024;
const shareMemory = createBodyMemory();

/** Inflates into a body that notes how many bytes came out before it was stopped. */
async function inflated(coding: Coding, bytes: Uint8Array) {
  const body = collectBody(
    limit,
    shareMemory(() => {}),
    'host.example',
  );
  let bytesOut = 0;
  const add = (chunk: Uint8Array) => {
    bytesOut += chunk.length;
    return body.add(chunk);
  };
  const result = await inflate(bytes, coding, { ...body, add }, 'host.example').done.catch(
    (error) => error.reason as string,
  );
  return { bytesOut, result: typeof result === 'string' ? result : Buffer.from(result).toString() };
}

const zeros = Buffer.alloc(50 * limit);
const member = zlib.gzipSync(Buffer.alloc(limit / 2));
const bombs: [string, Coding, () => Buffer][] = [
  ['gzip', 'gzip', () => zlib.gzipSync(zeros)],
  ['gzip of many members', 'gzip', () => Buffer.concat(Array(100).fill(member))],
  ['brotli', 'br', () => zlib.brotliCompressSync(zeros)],
  ['zstd', 'zstd', () => zlib.zstdCompressSync(zeros)],
  ['deflate', 'deflate', () => zlib.deflateSync(zeros)],
  ['raw deflate', 'deflate', () => zlib.deflateRawSync(zeros)],
];

describe('compression bombs (A6)', () => {
  test.each(bombs)('%s is stopped at the limit', async (_name, coding, make) => {
    const { bytesOut, result } = await inflated(coding, make());
    expect(result).toBe('too-large');
    expect(bytesOut).toBeGreaterThan(limit);
    expect(bytesOut).toBeLessThanOrEqual(limit + 64 * 1024);
  });

  test('a zstd frame that asks for a huge window is refused', async () => {
    const params = { [zlib.constants.ZSTD_c_windowLog]: 27, [zlib.constants.ZSTD_c_contentSizeFlag]: 0 };
    const stream = zlib.createZstdCompress({ params });
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    // Written in parts, so that the frame cannot know it could do with less.
    for (let i = 0; i < 4; i++) stream.write(Buffer.alloc(64 * 1024, i));
    await new Promise((resolve) => stream.end(resolve));
    await new Promise((resolve) => stream.once('end', resolve));
    expect((await inflated('zstd', Buffer.concat(chunks))).result).toBe('encoding');
  });
});

test('what is cut off, and what was never packed, is an error', async () => {
  const text = Buffer.from(Array.from({ length: 3_000 }, (_, i) => `regel ${i * 7919}`).join());
  const packed: [Coding, Buffer][] = [
    ['gzip', zlib.gzipSync(text)],
    ['br', zlib.brotliCompressSync(text)],
    ['zstd', zlib.zstdCompressSync(text)],
    ['deflate', zlib.deflateSync(text)],
    ['deflate', zlib.deflateRawSync(text)],
  ];
  for (const [coding, bytes] of packed) {
    expect((await inflated(coding, bytes)).result, coding).toBe(text.toString());
    for (const part of [0.1, 0.5, 0.9]) {
      const cut = bytes.subarray(0, bytes.length * part);
      expect((await inflated(coding, cut)).result, `${coding} cut at ${part}`).toBe('encoding');
    }
    expect((await inflated(coding, Buffer.from('<rss>never packed</rss>'))).result, coding).toBe('encoding');
  }
});

test('rubbish behind a gzip body is left where it is', async () => {
  expect((await inflated('gzip', Buffer.concat([zlib.gzipSync('hello'), Buffer.alloc(99)]))).result).toBe('hello');
});

test('one coding is understood, several and unknown ones are refused', () => {
  const accepted: [string | undefined, string | null][] = [
    [undefined, null],
    ['', null],
    ['identity', null],
    ['GZip', 'gzip'],
    ['x-gzip', 'gzip'],
    [' br , identity ', 'br'],
  ];
  for (const [header, coding] of accepted) expect(codingOf(header, 'h'), header).toBe(coding);
  for (const header of ['gzip, gzip', 'gzip,br', 'compress', 'toString', '__proto__', 'gzip;q=1']) {
    expect(() => codingOf(header, 'h'), header).toThrow('content-encoding');
  }
});

test('however a body is cut into chunks, its bytes come out unchanged and no chunk is kept', () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 90_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(parts, fc.nat(200_000), (chunks, expectedBytes) => {
      const body = collectBody(
        limit * 2,
        shareMemory(() => {}),
        'h',
        expectedBytes,
      );
      const whole = Buffer.concat(chunks);
      for (const chunk of chunks) {
        body.add(chunk);
        chunk.fill(0);
      }
      return Buffer.compare(Buffer.from(body.bytes()), whole) === 0;
    }),
    { numRuns: 100 },
  );
});
