import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { SourceError } from '#ingest/errors.ts';
import { corporaDir } from '#test/xss-payloads.ts';
import { decode } from './decode.ts';

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const detailOf = (bytes: Uint8Array, contentType?: string): unknown => {
  try {
    return decode(bytes, contentType);
  } catch (error) {
    if (error instanceof SourceError) return error.detail;
    throw error;
  }
};

test('UTF-8 is read whatever single-byte charset a server claims by default', () => {
  expect(decode(Buffer.from('<a>één</a>'), 'text/xml; charset=ISO-8859-1')).toEqual({
    text: '<a>één</a>',
    encoding: 'utf-8',
  });
});

test('a byte order mark goes before the HTTP charset, that before the declaration, that before a guess', () => {
  expect(decode(Buffer.from('\ufeff<a>é</a>'), 'text/xml; charset=windows-1251').text).toBe('<a>é</a>');
  expect(
    decode(latin1('<?xml version="1.0" encoding="windows-1251"?><a>\xe9</a>'), 'text/xml; charset=iso-8859-1').encoding,
  ).toBe('windows-1252');
  expect(decode(latin1('<?xml version="1.0" encoding="windows-1251"?><a>\xe9</a>')).text).toContain('й');
  expect(decode(latin1('<a>caf\xe9 \x80</a>'))).toEqual({ text: '<a>café €</a>', encoding: 'windows-1252' });
});

test('a few damaged bytes do not turn a UTF-8 text into windows-1252', () => {
  const bytes = Buffer.concat([Buffer.from('<a>één café, zoë '), Buffer.from([0xe9]), Buffer.from('</a>')]);
  expect(decode(bytes)).toEqual({ text: '<a>één café, zoë \ufffd</a>', encoding: 'utf-8' });
});

test('UTF-16 and UTF-32 are known by their mark or their zero bytes', () => {
  const little = Buffer.from('<?xml version="1.0"?><a>é😀</a>', 'utf16le');
  const big = Buffer.from(little).swap16();
  expect(decode(little).text).toContain('é😀');
  expect(decode(Buffer.concat([Buffer.from([0xfe, 0xff]), big])).text).toContain('é😀');
  const wide = Buffer.concat(
    [...'<a>é😀</a>'].map((one) => {
      const four = Buffer.alloc(4);
      four.writeUInt32BE(one.codePointAt(0)!);
      return four;
    }),
  );
  expect(decode(wide)).toEqual({ text: '<a>é😀</a>', encoding: 'utf-32be' });
});

test('an encoding nobody can read is named', () => {
  expect(detailOf(Buffer.from('+ADw-rss+AD4-'), 'text/xml; charset=UTF-7')).toEqual({
    reason: 'encoding',
    encoding: 'utf-7',
  });
  expect(detailOf(Buffer.from([0x4c, 0x6f, 0xa7, 0x94, 0x93]))).toEqual({ reason: 'encoding', encoding: 'ebcdic' });
});

test('a gzip file as the body is inflated, as far as it goes and no further than 10 MB', () => {
  const packed = gzipSync('<a>Dijk</a>');
  expect(decode(packed).text).toBe('<a>Dijk</a>');
  expect(decode(packed.subarray(0, -8)).text).toBe('<a>Dijk</a>');
  expect(detailOf(gzipSync(Buffer.alloc(11 * 1024 * 1024, 32)))).toEqual({ reason: 'too-large' });
});

const folder = join(corporaDir, 'html-pages/charset');
describe.skipIf(!existsSync(folder))('pages that say their charset late (CORPORA_DIR)', () => {
  test.each([
    ['iso-8859-1.html', 'windows-1252'],
    ['iso-8859-1-meta-after-1024.html', 'windows-1252'],
    ['utf8.html', 'utf-8'],
    ['utf8-meta-after-1024.html', 'utf-8'],
  ])('%s', (file, encoding) => {
    const decoded = decode(readFileSync(join(folder, file)));
    expect(decoded.encoding).toBe(encoding);
    expect(decoded.text).not.toContain('\ufffd');
  });
});
