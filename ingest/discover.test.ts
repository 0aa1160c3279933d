import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Http, HttpError } from '#platform/http.ts';
import { corporaDir } from '#test/xss-payloads.ts';
import { discover } from './discover.ts';
import { SourceError } from './errors.ts';
import { readFeed } from './feed/read.ts';
import { guesses, knownFeeds } from './known-feeds.ts';
import { readPageLinks } from './page-links.ts';
import { readPasted } from './pasted-address.ts';

/** A small web: everything that is not on it is 404. */
function web(pages: Record<string, string | number | HttpError>): Http & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    request: async ({ url }) => {
      const address = String(url);
      asked.push(address);
      const page = pages[address] ?? 404;
      if (page instanceof HttpError) throw page;
      const status = typeof page === 'number' ? page : 200;
      return { status, headers: {}, body: Buffer.from(typeof page === 'string' ? page : ''), url: address };
    },
  };
}
const feedOf = (title: string, days = [23, 22, 21]): string =>
  `<rss version="2.0"><channel><title>${title}</title><language>nl</language>${days
    .map(
      (day) =>
        `<item><title>Dag ${day}</title><guid>${day}</guid><pubDate>${day} Nov 2026 10:00:00 GMT</pubDate></item>`,
    )
    .join('')}</channel></rss>`;
const find = (address: string, http: Http) => discover(address, { http, readFeed });

test('a feed is found as itself, with what it would bring', async () => {
  const found = await find(' dijkbode.example/feed ', web({ 'https://dijkbode.example/feed': feedOf('De Dijkbode') }));
  expect(found).toMatchObject({
    found: 'feed',
    candidates: [
      {
        connector: 'feed',
        settings: { url: 'https://dijkbode.example/feed' },
        title: 'De Dijkbode',
        what: 'feed',
        language: 'nl',
        itemCount: 3,
        newestAt: new Date('2026-11-23T10:00:00Z'),
        perDay: 1,
        samples: [{ title: 'Dag 23' }, { title: 'Dag 22' }, { title: 'Dag 21' }],
      },
    ],
  });
});

test('a page gives the feeds it names, comments last, and says what could not be read', async () => {
  const page = `<html><head><title>De &amp; Dijkbode</title><base href="/nl/">
    <link rel="alternate" type="application/rss+xml" title="Reacties" href="../comments/feed">
    <link rel="alternate" type="application/rss+xml" href="feed">
    <link rel="alternate" type="application/atom+xml" href="weg.atom">
    <link rel="alternate" type="text/html" hreflang="en" href="/en/"></head>`;
  const http = web({
    'https://dijkbode.example/': page,
    'https://dijkbode.example/comments/feed': feedOf('Reacties op: De Dijkbode'),
    'https://dijkbode.example/nl/feed': feedOf('De Dijkbode'),
    'https://dijkbode.example/nl/weg.atom': 410,
  });
  const found = await find('https://dijkbode.example', http);
  expect(found).toMatchObject({
    found: 'web-page',
    pageTitle: 'De & Dijkbode',
    candidates: [{ what: 'feed' }, { what: 'comments-feed' }],
    refused: [{ address: 'https://dijkbode.example/nl/weg.atom', reason: 'gone', status: 410 }],
  });
  expect(http.asked).toHaveLength(4);
});

test('a page that names none is searched for links, then at six places at most', async () => {
  const linked = web({
    'https://a.example/':
      '<html><a href="/over">x</a><a href="/nieuws.xml">RSS</a><a href="https://elders.example/feed">y</a>',
    'https://a.example/nieuws.xml': feedOf('Nieuws'),
  });
  expect((await find('a.example', linked)).candidates).toMatchObject([{ address: 'https://a.example/nieuws.xml' }]);
  const silent = web({ 'https://b.example/': '<html><title>Niets</title>' });
  expect(await find('b.example', silent)).toEqual({
    found: 'web-page',
    pageTitle: 'Niets',
    candidates: [],
    refused: [],
  });
  expect(silent.asked).toHaveLength(7);
});

test('two addresses of one feed are offered once', async () => {
  const page = `<link rel="alternate" type="application/rss+xml" href="http://a.example/feed">
    <link rel="alternate" type="application/rss+xml" href="https://www.a.example/feed/">`;
  const http = web({ 'https://a.example/': `<html>${page}`, 'http://a.example/feed': feedOf('A') });
  expect((await find('https://a.example/', http)).candidates).toHaveLength(1);
});

test('known sites are asked for their feed at once', async () => {
  const http = web({ 'https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijkl': feedOf('Kanaal') });
  const found = await find('https://www.youtube.com/channel/UCabcdefghijkl', http);
  expect(found.candidates).toMatchObject([{ title: 'Kanaal' }]);
  expect(http.asked).toHaveLength(1);
});

test('without a scheme http is tried when https does not answer', async () => {
  const http = web({
    'https://oud.example/': new HttpError('connect', 'refused'),
    'http://oud.example/': feedOf('Oud'),
  });
  expect((await find('oud.example', http)).candidates).toHaveLength(1);
  await expect(find('https://oud.example', http)).rejects.toThrow(HttpError);
});

test.each(['tls', 'connect', 'protocol'] as const)('a typed port is kept when https fails (%s)', async (reason) => {
  const http = web({
    'https://127.0.0.1:4711/feed': new HttpError(reason, 'no'),
    'http://127.0.0.1:4711/feed': feedOf('Eigen'),
  });
  expect((await find('127.0.0.1:4711/feed', http)).candidates).toMatchObject([{ title: 'Eigen' }]);
  expect(http.asked).toEqual(['https://127.0.0.1:4711/feed', 'http://127.0.0.1:4711/feed']);
});

test.each(['port', 'private-address', 'dns'] as const)(
  'what is refused over https (%s) is not asked over http',
  async (reason) => {
    const http = web({ 'https://10.0.0.1:4711/': new HttpError(reason, 'no') });
    await expect(find('10.0.0.1:4711', http)).rejects.toMatchObject({ reason });
    expect(http.asked).toHaveLength(1);
  },
);

test('what cannot be an address, is away, or says no, is an error in its own words', async () => {
  await expect(find('wat is dit', web({}))).rejects.toMatchObject({ reason: 'invalid-url' });
  await expect(find('file:///etc/passwd', web({}))).rejects.toMatchObject({ reason: 'invalid-url' });
  await expect(find('https://a.example/', web({}))).rejects.toMatchObject({ detail: { reason: 'not-found' } });
  await expect(find('https://a.example/', web({ 'https://a.example/': 403 }))).rejects.toThrow(SourceError);
});

const status = {
  id: '1',
  uri: 'https://mast.example/users/anna/statuses/1',
  url: 'https://mast.example/@anna/1',
  created_at: '2026-11-23T10:00:00.000Z',
  visibility: 'public',
  language: 'nl',
  content: '<p>Dijk</p>',
  account: { id: '7', acct: 'anna', display_name: 'Anna' },
};
const mastodonServer = (): ReturnType<typeof web> => {
  const http = web({});
  const request = http.request;
  http.request = async (asked) => {
    const { pathname } = new URL(asked.url);
    const answers: Record<string, unknown> = {
      '/api/v1/accounts/lookup': { id: '7', acct: 'anna', display_name: 'Anna' },
      '/api/v1/accounts/7/statuses': [status],
      '/api/v1/timelines/tag/dijk': [status],
      '/api/v2/instance': {},
    };
    const answer = await request(asked);
    const found = answers[pathname];
    return found ? { ...answer, status: 200, body: Buffer.from(JSON.stringify(found)) } : answer;
  };
  return http;
};

test.each([
  ['@anna@mast.example', 'account', { server: 'mast.example', account: 'anna' }],
  ['https://mast.example/@anna', 'account', { server: 'mast.example', account: 'anna' }],
  ['#dijk@mast.example', 'hashtag', { server: 'mast.example', hashtag: 'dijk' }],
  ['https://mast.example/tags/dijk', 'hashtag', { server: 'mast.example', hashtag: 'dijk' }],
])('%s is a place on a Mastodon server', async (address, found, settings) => {
  expect(await find(address, mastodonServer())).toMatchObject({
    found,
    candidates: [{ connector: 'mastodon', settings, kind: 'social', itemCount: 1, language: 'nl' }],
  });
});

test('an account that the server does not know is said not to be there', async () => {
  await expect(find('@niemand@leeg.example', web({}))).rejects.toMatchObject({ detail: { reason: 'no-account' } });
});

test.each([
  ['@anna.bsky.social', { is: 'bluesky', actor: 'anna.bsky.social' }],
  ['anna.bsky.social', { is: 'bluesky', actor: 'anna.bsky.social' }],
  ['https://bsky.app/profile/anna.example/post/1', { is: 'bluesky', actor: 'anna.example' }],
  ['did:plc:abc123', { is: 'bluesky', actor: 'did:plc:abc123' }],
  ['„www.a.example /nieuws”', { is: 'web', url: new URL('https://www.a.example/nieuws') }],
  ['<https://a.example/feed>', { is: 'web', schemeWasTyped: true }],
  ['feed:https://a.example/feed', { is: 'web', url: new URL('https://a.example/feed') }],
  ['feed://a.example/feed', { is: 'web', url: new URL('http://a.example/feed') }],
  ['www.a.example / nieuws', { is: 'web', url: new URL('https://www.a.example/nieuws') }],
  ['javascript:alert(1)', null],
  ['nieuws', null],
  ['', null],
])('%j is understood', (address, expected) => {
  const pasted = readPasted(address);
  if (expected === null) expect(pasted).toBeNull();
  else expect(pasted).toMatchObject(expected);
});

test.each([
  ['https://www.reddit.com/r/thenetherlands/', ['https://www.reddit.com/r/thenetherlands/.rss']],
  ['https://medium.com/@anna', ['https://medium.com/feed/@anna']],
  ['https://brief.substack.com/p/een', ['https://brief.substack.com/feed']],
  ['https://anna.tumblr.com/post/1', ['https://anna.tumblr.com/rss']],
  ['https://a.example/?s=dijk%20dicht', ['https://a.example/?feed=rss2&s=dijk%20dicht']],
  ['https://a.example/', []],
])('%s has a known feed', (page, feeds) => {
  expect(knownFeeds(new URL(page))).toEqual(feeds);
});

test('guesses are six, and fit a forum that says what it is', () => {
  const page = new URL('https://a.example/x');
  expect(guesses(page, null)).toHaveLength(6);
  expect(guesses(page, 'Discourse 3.2')[0]).toBe('https://a.example/latest.rss');
});

test('a page of hostile markup is searched in no time', () => {
  const pumps = [
    '<',
    '<link ',
    '<link rel="',
    '<!--',
    '<script>',
    '</script',
    '<a href="/feed">',
    '<div>',
    '<title>',
    '<a b=c ',
  ];
  // Time of the processor, not of the clock: a busy machine makes nobody's markup worse.
  const began = process.threadCpuUsage();
  for (const pump of pumps) readPageLinks(pump.repeat(1_500_000 / pump.length), 'https://a.example/');
  const { user, system } = process.threadCpuUsage(began);
  expect((user + system) / 1_000).toBeLessThan(1500);
});

const folder = join(corporaDir, 'html-pages/discovery');
describe.skipIf(!existsSync(folder))('pages of real sites (CORPORA_DIR)', () => {
  test('every feed a page names is found', () => {
    const rows = readFileSync(join(folder, 'expected-links.tsv'), 'utf8').trimEnd().split('\n').slice(1);
    const missing = rows.filter((row) => {
      const [page, , href] = row.split('\t') as [string, string, string];
      const { alternates } = readPageLinks(readFileSync(join(folder, page), 'utf8'), 'https://site.example/pad/');
      return !alternates.some(({ url }) => url === new URL(href, 'https://site.example/pad/').href);
    });
    expect(missing).toEqual([]);
  });
});
