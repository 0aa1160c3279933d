import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RawMention } from '#domain/mention.ts';
import { anyRawMention } from '#test/any-raw-mention.ts';
import { fingerprintOf } from './fingerprint.ts';
import { normalise, storableId } from './normalise.ts';

const fetchedAt = new Date('2026-11-23T10:00:00Z');
const twentyWords =
  'een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig';

function read(raw: Partial<RawMention>, hostname: string | null = 'example.nl') {
  return normalise({ externalId: '1', namespace: 'feed:1', kind: 'article', ...raw }, { fetchedAt, hostname });
}

describe('the time of publication', () => {
  test.each([
    ['Mon, 23 Nov 2026 09:00:00 +0100', '2026-11-23T08:00:00.000Z', 'source'],
    ['2026-11-23T10:09:00Z', '2026-11-23T10:09:00.000Z', 'source'],
    ['2026-11-23T10:11:00Z', '2026-11-23T10:00:00.000Z', 'observed'],
    ['1999-12-31T23:59:59Z', '2026-11-23T10:00:00.000Z', 'observed'],
    ['2000-01-01T00:00:00Z', '2000-01-01T00:00:00.000Z', 'source'],
    ['gisteren', '2026-11-23T10:00:00.000Z', 'observed'],
  ])('%s is %s by %s', (publishedRaw, at, by) => {
    const { publishedAt, publishedBy } = read({ publishedRaw });
    expect([publishedAt.toISOString(), publishedBy]).toEqual([at, by]);
  });

  test.each([
    ['https://e.nl/2026/11/20/brug', '2026-11-20T12:00:00.000Z', 'url'],
    ['https://e.nl/2026/11/23/brug', '2026-11-23T10:00:00.000Z', 'url'],
    ['https://e.nl/2026/11/24/brug', '2026-11-23T10:00:00.000Z', 'observed'],
    ['https://e.nl/2026/02/31/brug', '2026-11-23T10:00:00.000Z', 'observed'],
    ['https://e.nl/1998/02/01/brug', '2026-11-23T10:00:00.000Z', 'observed'],
  ])('without one is read off %s', (url, at, by) => {
    const { publishedAt, publishedBy } = read({ url });
    expect([publishedAt.toISOString(), publishedBy]).toEqual([at, by]);
  });

  test('an edit counts only after publication and not in the future', () => {
    const publishedRaw = '2026-11-20T10:00:00Z';
    expect(read({ publishedRaw, editedRaw: '2026-11-21T10:00:00Z' }).editedAt).toEqual(
      new Date('2026-11-21T10:00:00Z'),
    );
    expect(read({ publishedRaw, editedRaw: publishedRaw }).editedAt).toBeNull();
    expect(read({ publishedRaw, editedRaw: '2027-01-01T00:00:00Z' }).editedAt).toBeNull();
  });
});

describe('a title', () => {
  test.each([
    ['AT&amp;T <b>koopt</b> De&nbsp;Post', 'AT&T koopt De Post'],
    ['Wat betekent &amp;lt; in HTML?', 'Wat betekent &lt; in HTML?'],
    ['List<int> en a<b, want 1 < 2', 'List<int> en a<b, want 1 < 2'],
    ['Hoe werkt <script>?', 'Hoe werkt <script>?'],
    [' twee\n regels\u202e ', 'twee regels'],
  ])('%s reads %s', (title, wanted) => {
    expect(read({ title }).title).toBe(wanted);
  });

  test('of nothing is none, and a long one is bounded at a kilobyte', () => {
    expect(read({ title: ' <br> ' }).title).toBeNull();
    expect(Buffer.byteLength(read({ title: 'é'.repeat(5_000) }).title!)).toBeLessThanOrEqual(1024);
  });
});

describe('a body', () => {
  test('without markup is text alone', () => {
    expect(read({ html: 'regel een\nregel twee' })).toMatchObject({ html: null, text: 'regel een\nregel twee' });
    expect(read({ text: 'a < b &amp; c' })).toMatchObject({ html: null, text: 'a < b &amp; c' });
    expect(read({ html: 'a &amp; b' })).toMatchObject({ html: null, text: 'a & b' });
  });

  test('with markup is safe HTML and its text; its images join those of the source', () => {
    const media = [{ type: 'image' as const, url: 'https://e.nl/a.png' }];
    const html = '<p>Hoi <img src="/a.png"><img src="/b.png"></p>';
    const mention = read({ html, baseUrl: 'https://e.nl/x', media });
    expect(mention).toMatchObject({ html: '<p>Hoi </p>', text: 'Hoi' });
    expect(mention.media.map(({ url }) => url)).toEqual(['https://e.nl/a.png', 'https://e.nl/b.png']);
  });

  test('is bounded at 256 kB of text', () => {
    expect(Buffer.byteLength(read({ text: 'é'.repeat(300_000) }).text)).toBeLessThanOrEqual(256 * 1024);
  });
});

describe('an author', () => {
  test.each([
    ['redactie@e.nl (Anna de Boer)', 'Anna de Boer'],
    ['Anna de Boer <anna@e.nl>', 'Anna de Boer'],
    ['anna@e.nl', 'anna'],
    ['Anna &amp; Bram', 'Anna & Bram'],
  ])('%s is %s', (name, wanted) => {
    expect(read({ author: { name } }).author).toEqual({ name: wanted });
  });

  test('who says nothing is none; an address that is no web address is left out', () => {
    expect(read({ author: { name: ' ', url: 'javascript:alert(1)' } }).author).toBeNull();
  });
});

describe('the keys under which copies meet', () => {
  test('by address: none when the address stands under several items, or is the root of a site', () => {
    expect(read({ url: 'https://www.e.nl/a/?utm_source=x' })).toMatchObject({
      canonicalUrl: 'https://www.e.nl/a/',
      urlKey: 'e.nl/a',
    });
    expect(read({ url: 'https://e.nl/a', urlIsOwn: false }).urlKey).toBeNull();
    expect(read({ url: 'https://e.nl/' }).urlKey).toBeNull();
  });

  test('by text: equal but for case, accents and punctuation; from twenty words on', () => {
    const key = read({ text: twentyWords }).textKey;
    expect(key).not.toBeNull();
    expect(read({ html: `<p>${twentyWords.toUpperCase().replaceAll(' ', ', ')}.</p>` }).textKey).toBe(key);
    expect(read({ text: twentyWords.slice(0, twentyWords.lastIndexOf(' ')) }).textKey).toBeNull();
  });

  test('by text: never for reviews', () => {
    expect(read({ text: twentyWords, kind: 'review' }).textKey).toBeNull();
    expect(read({ text: twentyWords, rating: { value: 3, best: 5 } }).textKey).toBeNull();
  });
});

test('a rating outside its own scale is none', () => {
  expect(read({ rating: { value: 4, best: 5 } }).rating).toEqual({ value: 4, best: 5 });
  for (const rating of [
    { value: 6, best: 5 },
    { value: Number.NaN, best: 5 },
    { value: 1, best: 0 },
  ]) {
    expect(read({ rating }).rating).toBeNull();
  }
});

describe('the content hash', () => {
  const hashOf = (raw: Partial<RawMention>) => read({ title: 'Kop', text: 'a b', ...raw }).contentHash.toString('hex');

  test('changes with title, text, media and rating', () => {
    const changes: Partial<RawMention>[] = [
      {},
      { title: 'Kop 2' },
      { text: 'a c' },
      { media: [{ type: 'image', url: 'https://e.nl/i.png' }] },
      { rating: { value: 1, best: 5 } },
    ];
    expect(new Set(changes.map(hashOf)).size).toBe(changes.length);
  });

  test('does not change with white space, times, the address or its trackers', () => {
    const same: Partial<RawMention>[] = [
      {},
      { text: ' a\n b' },
      { publishedRaw: '2026-11-01' },
      { url: 'https://e.nl/a' },
    ];
    expect(new Set(same.map(hashOf)).size).toBe(1);
  });
});

describe('the fingerprint', () => {
  const raw: RawMention = {
    externalId: '1',
    namespace: 'feed:1',
    kind: 'article',
    title: 'a',
    html: 'b',
    media: [{ type: 'image', url: 'https://e.nl/i' }],
  };

  test('is 16 bytes and changes with what ends up in a mention', () => {
    const changes = [
      {},
      { title: 'b' },
      { html: 'a' },
      { url: 'https://e.nl/' },
      { author: { name: 'x' } },
      { media: [] },
      { kind: 'post' as const },
      { rating: { value: 1, best: 5 } },
    ];
    const prints = changes.map((change) => fingerprintOf({ ...raw, ...change }));
    expect(prints.every((print) => print.length === 16)).toBe(true);
    expect(new Set(prints.map((print) => print.toString('hex'))).size).toBe(changes.length);
  });

  test('does not change when a feed stamps its items with "now"', () => {
    expect(fingerprintOf({ ...raw, publishedRaw: 'now' })).toEqual(fingerprintOf({ ...raw, publishedRaw: 'later' }));
  });
});

test('ids stay as they are unless no database could hold them', () => {
  expect(storableId('https://e.nl/?p=1')).toBe('https://e.nl/?p=1');
  expect(storableId('a\0b')).toBe('ab');
  const long = storableId('x'.repeat(5_000));
  expect(long.length).toBeLessThan(1_000);
  expect(storableId(`${'x'.repeat(4_999)}y`)).not.toBe(long);
});

test('no input makes it throw, and all it answers can be stored', { timeout: 600_000 }, () => {
  fc.assert(
    fc.property(anyRawMention, fc.option(fc.domain()), (raw, hostname) => {
      const mention = normalise(raw, { fetchedAt, hostname });
      const stored = JSON.stringify(mention);
      expect(stored.includes('\\u0000')).toBe(false);
      expect(/\\ud[89a-f]/.test(stored)).toBe(false);
      expect(Number.isNaN(mention.publishedAt.getTime())).toBe(false);
      expect(mention.publishedAt.getTime()).toBeLessThanOrEqual(fetchedAt.getTime() + 600_000);
      expect(normalise(raw, { fetchedAt, hostname })).toEqual(mention);
    }),
    { numRuns: process.env.FULL ? 50_000 : 1_000 },
  );
});
