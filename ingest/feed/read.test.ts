import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FeedDocument } from '#ingest/connector.ts';
import { SourceError } from '#ingest/errors.ts';
import { readFeed } from './read.ts';

const url = 'https://nieuws.example/feed/';
const read = (text: string, contentType?: string): Promise<FeedDocument> =>
  readFeed(Buffer.from(text), contentType, url, 'feed:7');
const rss = (channel: string, attributes = ''): Promise<FeedDocument> =>
  read(`<rss version="2.0" ${attributes}><channel>${channel}</channel></rss>`);
const atom = (feed: string, attributes = ''): Promise<FeedDocument> =>
  read(`<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}>${feed}</feed>`);
const reasonOf = (text: string): Promise<string | undefined> =>
  read(text).then(
    () => undefined,
    (error: unknown) => (error instanceof SourceError ? error.detail.reason : String(error)),
  );

test('RSS 2.0: every field of the mapping', async () => {
  const document = await rss(
    `<title>De &amp;amp; Dijkbode</title><link>/</link><language>nl_NL</language><ttl>30</ttl>
     <skipHours><hour>0</hour><hour>24</hour><hour>5</hour></skipHours><skipDays><day>Sunday</day></skipDays>
     <atom:link rel="hub" href="https://hub.example/"/><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
     <item><title>Dijk &lt;b&gt;dicht&lt;/b&gt; &amp;amp; droog</title><link>/2026/dijk</link><guid isPermaLink="false">d-1</guid>
     <pubDate>Mon, 23 Nov 2026 10:00:00 +0100</pubDate><atom:updated>2026-11-23T12:00:00Z</atom:updated>
     <author>redactie@nieuws.example (Anna de Wit)</author><description>Kort</description>
     <content:encoded><![CDATA[<p>Lang</p>]]></content:encoded><dc:language>fy</dc:language>
     <enclosure url="/a.mp3" type="audio/mpeg" length="1234"/><media:thumbnail url="https://nieuws.example/t.jpg"/>
     <thr:in-reply-to ref="tag:other"/><slash:comments>3</slash:comments></item>`,
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"',
  );
  expect(document).toMatchObject({
    title: 'De & Dijkbode',
    homeUrl: 'https://nieuws.example/',
    language: 'nl-NL',
    format: 'rss 2.0',
    ttlSeconds: 1800,
    skipHours: [0, 5],
    skipDays: ['Sunday'],
    links: [{ rel: 'hub', href: 'https://hub.example/' }],
    skipped: [],
  });
  expect(document.items).toEqual([
    {
      externalId: 'd-1',
      namespace: 'feed:7',
      altIds: [expect.stringMatching(/^sha256:/)],
      kind: 'comment',
      url: 'https://nieuws.example/2026/dijk',
      urlIsOwn: true,
      title: 'Dijk dicht & droog',
      html: '<p>Lang</p>',
      baseUrl: 'https://nieuws.example/2026/dijk',
      author: { name: 'Anna de Wit' },
      language: 'fy',
      publishedRaw: 'Mon, 23 Nov 2026 10:00:00 +0100',
      editedRaw: '2026-11-23T12:00:00Z',
      inReplyTo: 'tag:other',
      media: [
        { type: 'audio', url: 'https://nieuws.example/a.mp3', mime: 'audio/mpeg', bytes: 1234 },
        { type: 'image', url: 'https://nieuws.example/t.jpg' },
      ],
    },
  ]);
});

test('Atom: titles by type, links by rel, inherited base and language, deleted entries', async () => {
  const document = await atom(
    `<title type="html">A &lt;i&gt;b&lt;/i&gt;</title><link rel="self" href="/feed"/><link href="/home"/><author><name>Redactie</name></author>
     <entry xml:base="posts/" xml:lang="fy"><id>tag:1</id><title>1 &lt; 2</title><link rel="replies" href="c"/><link href="een"/>
       <published>2026-11-23T10:00:00Z</published><updated>2026-11-23T11:00:00Z</updated>
       <summary>kort</summary><content type="xhtml" xml:base="x/"><div xmlns="http://www.w3.org/1999/xhtml">a <b>b</b> c</div></content></entry>
     <entry><id>tag:2</id><updated>2026-11-22T10:00:00Z</updated><author><name>Anna</name><email>a@b.example</email><uri>/anna</uri></author>
       <content type="text">1 &lt; 2</content><link rel="enclosure" href="/f.mp4" type="video/mp4"/></entry>
     <at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="tag:3" when="2026-11-23T10:00:00Z"/>`,
    'xml:base="https://blog.example/b/" xml:lang="nl"',
  );
  expect(document).toMatchObject({
    title: 'A b',
    homeUrl: 'https://blog.example/home',
    language: 'nl',
    format: 'atom 1.0',
  });
  expect(document.withdrawals).toEqual([{ externalId: 'tag:3', namespace: 'feed:7' }]);
  expect(document.links).toEqual([{ rel: 'self', href: 'https://blog.example/feed' }]);
  expect(document.items).toMatchObject([
    {
      title: '1 < 2',
      url: 'https://blog.example/b/posts/een',
      html: 'a <b>b</b> c',
      baseUrl: 'https://blog.example/b/posts/x/',
      language: 'fy',
      editedRaw: '2026-11-23T11:00:00Z',
      author: { name: 'Redactie' },
    },
    {
      text: '1 < 2',
      language: 'nl',
      publishedRaw: '2026-11-22T10:00:00Z',
      author: { name: 'Anna', url: 'https://blog.example/anna' },
      kind: 'video',
    },
  ]);
  expect(document.items[1]).not.toHaveProperty('editedRaw');
});

test('RSS 1.0 and 0.90 keep their items beside the channel', async () => {
  const rdf = (namespace: string): Promise<FeedDocument> =>
    read(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="${namespace}" xmlns:d="http://purl.org/dc/elements/1.1/">
       <channel><title>K</title></channel><item rdf:about="https://a.example/1"><title>Een</title><link>https://a.example/1</link>
       <d:date>2026-11-23</d:date><d:creator>Anna</d:creator></item></rdf:RDF>`,
    );
  expect(await rdf('http://purl.org/rss/1.0/')).toMatchObject({
    format: 'rss 1.0',
    title: 'K',
    items: [{ externalId: 'https://a.example/1', author: { name: 'Anna' }, publishedRaw: '2026-11-23' }],
  });
  expect((await rdf('http://my.netscape.com/rdf/simple/0.9/')).format).toBe('rss 0.90');
});

test('JSON Feed 1.1', async () => {
  const document = await read(
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      home_page_url: 'https://j.example/',
      language: 'nl',
      authors: [{ name: 'Redactie' }],
      items: [
        {
          id: 12,
          url: '/1',
          title: 'Een',
          content_html: '<p>a</p>',
          date_published: '2026-11-23T10:00:00Z',
          date_modified: '2026-11-23T11:00:00Z',
        },
        {
          id: 'b',
          external_url: 'https://x.example/2',
          content_text: 'tekst',
          authors: [{ name: 'Anna' }, { name: 'Bo' }],
          attachments: [{ url: '/p.mp3', mime_type: 'audio/mpeg' }],
        },
        {},
        null,
      ],
    }),
    'application/feed+json',
  );
  expect(document).toMatchObject({
    format: 'json 1.1',
    title: 'J',
    skipped: [
      { index: 2, reason: 'empty' },
      { index: 3, reason: 'empty' },
    ],
  });
  expect(document.items).toMatchObject([
    {
      externalId: '12',
      url: 'https://nieuws.example/1',
      html: '<p>a</p>',
      editedRaw: '2026-11-23T11:00:00Z',
      author: { name: 'Redactie' },
      language: 'nl',
    },
    { externalId: 'b', url: 'https://x.example/2', text: 'tekst', kind: 'audio', author: { name: 'Anna, Bo' } },
  ]);
});

test('one bad date, one bare ampersand or one blank item costs nothing else', async () => {
  const dates = await atom(
    '<entry><id>1</id><updated>vandaag</updated></entry><entry><id>2</id><published>2026-11-23</published></entry>',
  );
  expect(dates.items.map(({ publishedRaw }) => publishedRaw)).toEqual(['vandaag', '2026-11-23']);
  const ampersand = await rss('<item><title>R&D</title><link>https://a.example/?a=1&b=2</link></item>');
  expect(ampersand.items[0]).toMatchObject({ title: 'R&D', url: 'https://a.example/?a=1&b=2' });
  const blank = await rss(
    '<item><title/><link></link><pubDate>23 Nov 2026</pubDate></item><item><title>Een</title></item>',
  );
  expect(blank).toMatchObject({ items: [{ title: 'Een' }], skipped: [{ index: 0, reason: 'empty' }] });
});

test('damaged tags, items outside the channel and a missing rss element are read all the same', async () => {
  expect((await rss('<item><guid isPermaLink=false>1</guid><title>Een</title></item>')).items).toMatchObject([
    { externalId: '1', title: 'Een' },
  ]);
  const outside = await read(
    '<rss><channel><title>K</title></channel><item><title>Een</title></item><item><title>Twee</title></item></rss>',
  );
  expect(outside).toMatchObject({ title: 'K', items: [{ title: 'Een' }, { title: 'Twee' }] });
  expect((await read('<channel><title>K</title><item><title>Een</title></item></channel>')).items).toMatchObject([
    { title: 'Een' },
  ]);
});

test('of more than 2,000 items the newest are kept, and the rest is told', async () => {
  const items = (from: number, to: number): string =>
    Array.from({ length: Math.abs(to - from) }, (_, i) => {
      const day = from < to ? from + i : from - i;
      return `<item><guid>${day}</guid><pubDate>${new Date(day * 86_400_000).toUTCString()}</pubDate></item>`;
    }).join('');
  const newestFirst = await rss(items(12_100, 10_000));
  expect(newestFirst.items.map(({ externalId }) => externalId)).toContain('12100');
  expect(newestFirst).toMatchObject({ items: { length: 2000 }, skipped: [{ reason: 'too-many-items' }] });
  const oldestFirst = await rss(items(10_000, 12_100));
  expect(oldestFirst.items.at(-1)!.externalId).toBe('12099');
});

test('a title is one line of at most 1,024 characters', async () => {
  const { items } = await rss(`<item><title>a\n  b ${'x'.repeat(5000)}</title></item>`);
  expect(items[0]!.title).toHaveLength(1023);
  expect(items[0]!.title!.startsWith('a b x')).toBe(true);
});

test('only web addresses become links, and only a guid that may be one', async () => {
  const linkOf = async (item: string): Promise<string | undefined> =>
    (await rss(`<item><title>x</title>${item}</item>`)).items[0]!.url;
  expect(await linkOf('<link>javascript:alert(1)</link>')).toBeUndefined();
  expect(await linkOf('<guid>https://a.example/1</guid>')).toBe('https://a.example/1');
  expect(await linkOf('<guid isPermaLink="false">https://a.example/1</guid>')).toBeUndefined();
  expect(await linkOf('<link>\n https://a.example/\n 1 </link>')).toBe('https://a.example/1');
  expect(await linkOf('<atom:link href="https://a.example/2"/>')).toBe('https://a.example/2');
});

test.each([
  ['<!DOCTYPE html><html><body><p>Nieuws</p></body></html>', 'web-page'],
  ['<html><title>Just a moment...</title></html>', 'bot-wall'],
  ['<html><form><input name="p" type="password"></form></html>', 'login'],
  ['', 'empty'],
  [' \n ', 'empty'],
  ['<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>', 'not-a-feed'],
  ['{"items":7}', 'not-a-feed'],
  ['Niet gevonden', 'not-a-feed'],
  [`{"title":"x","items":${'['.repeat(63)}${']'.repeat(63)}}`, undefined],
  [`{"title":"x","items":${'['.repeat(64)}${']'.repeat(64)}}`, 'too-deep'],
])('%j is told apart as %s', async (text, reason) => {
  expect(await reasonOf(text)).toBe(reason);
});

const own =
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>K &amp; L</title>
<item><title>Een &eacute;</title><guid isPermaLink="false">1</guid><description><![CDATA[<p>a</p>]]></description><dc:date>2026-11-23</dc:date></item>
<item><title>Twee</title><link>https://a.example/2</link><description>&lt;p&gt;b&lt;/p&gt;</description></item></channel></rss>
<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>3</id><content type="xhtml"><div>c <b>d</b></div></content></entry></feed>
{"version":"https://jsonfeed.org/version/1","title":"J","items":[{"id":"4","content_html":"<p>e</p>","attachments":[{"url":"x"}]}]}`.split(
    /\n(?=<feed|\{)/,
  );

test('no mutant of a feed crashes or holds the reader up', { timeout: 60_000 }, async () => {
  const mutation = fc.record({
    at: fc.nat(),
    remove: fc.nat(30),
    add: fc.uint8Array({ maxLength: 12 }),
    copy: fc.nat(60),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...own),
      fc.array(mutation, { minLength: 1, maxLength: 20 }),
      async (feed, mutations) => {
        let bytes = Buffer.from(feed);
        for (const { at, remove, add, copy } of mutations) {
          const place = at % (bytes.length + 1);
          const again = bytes.subarray(0, copy);
          bytes = Buffer.concat([bytes.subarray(0, place), add, again, bytes.subarray(place + remove)]);
        }
        const began = performance.now();
        await readFeed(bytes, undefined, url, 'feed:1').catch((error: unknown) => {
          if (!(error instanceof SourceError)) throw error;
        });
        expect(performance.now() - began).toBeLessThan(500);
      },
    ),
    { numRuns: Number(process.env.MUTANTS ?? 3000) },
  );
});

test('stars of application shops make an entry a review', async () => {
  const { items } = await read(
    `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:im="http://itunes.apple.com/rss">
     <entry><id>1</id><title>Goed</title><im:rating>4</im:rating></entry>
     <entry><id>2</id><title>Vreemd</title><im:rating>11</im:rating></entry></feed>`,
  );
  expect(items).toMatchObject([{ kind: 'review', rating: { value: 4, best: 5 } }, { kind: 'article' }]);
  expect(items[1]).not.toHaveProperty('rating');
});

test('a document withdraws no more than it may bring', async () => {
  const { withdrawals } = await rss(
    Array.from({ length: 2_500 }, (_, index) => `<at:deleted-entry ref="weg-${index}"/>`).join(''),
    'xmlns:at="http://purl.org/atompub/tombstones/1.0"',
  );
  expect(withdrawals).toHaveLength(2_000);
  expect(withdrawals?.[0]).toEqual({ externalId: 'weg-0', namespace: 'feed:7' });
});
