import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PollContext } from '#ingest/connector.ts';
import { bluesky } from '#ingest/connectors/bluesky.ts';
import { mastodon } from '#ingest/connectors/mastodon.ts';
import { discover } from '#ingest/discover.ts';
import { readFeed } from '#ingest/feed/read.ts';
import { parseFetchAllow } from '#platform/address.ts';
import { createHttp } from '#platform/http.ts';
import { type Outside, startOutside } from './outside.ts';
import { outlets } from './world/outlets.ts';
import { unfollowed } from './world/unfollowed.ts';

const bornAt = new Date('2026-11-23T11:00:00Z');
const history = { bornAt, published: new Map<string, Date>() };
let now = bornAt;
let outside: Outside;
let http: ReturnType<typeof createHttp>;

beforeAll(async () => {
  outside = await startOutside({ outlets, history, port: 0, now: () => now });
  http = createHttp({ contact: null, version: '0', allow: parseFetchAllow(`127.0.0.1:${outside.port}`) });
});
afterAll(async () => {
  await http.close();
  await outside.close();
});
const get = (path: string, headers: Record<string, string> = {}) => fetch(outside.origin + path, { headers });
const later = (minutes: number) => new Date(bornAt.getTime() + minutes * 60_000);

test('a server with validators answers 304 to either of them, byte for byte, and 200 after news', async () => {
  const first = await get('/waardbode/feed');
  const etag = first.headers.get('etag')!;
  const modified = first.headers.get('last-modified')!;
  expect(first.headers.get('content-encoding')).toBe('gzip');
  expect((await get('/waardbode/feed', { 'if-none-match': etag })).status).toBe(304);
  expect((await get('/waardbode/feed', { 'if-none-match': etag.replace('W/', '') })).status).toBe(200);
  expect((await get('/waardbode/feed', { 'if-modified-since': modified })).status).toBe(304);
  history.published.set('waardbode/kat-zit-zes-uur-vast-in-brugklep-komt-er', bornAt);
  expect((await get('/waardbode/feed', { 'if-none-match': etag })).status).toBe(200);
  history.published.clear();
});

test('the root lists every site, and each is there', async () => {
  const page = await (await get('/')).text();
  const links = [...page.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href!);
  expect(links).toHaveLength(outlets.filter(({ via }) => 'feed' in via).length + unfollowed.length);
  for (const link of links) expect((await fetch(link)).status, link).toBe(200);
});

test.each(unfollowed.map(({ slug, name, items }) => [slug, name, items.length] as const))(
  '%s is followed by nobody, and found when its address is pasted without a scheme',
  async (slug, name, itemCount) => {
    expect(outlets.map((outlet) => outlet.slug)).not.toContain(slug);
    const address = `${outside.origin.replace('http://', '')}/${slug}/`;
    const { candidates } = await discover(address, { http, readFeed });
    expect(candidates).toMatchObject([{ title: name, itemCount, language: 'nl', skipped: 0 }]);
  },
);

test('a server without validators gives none and always the whole', async () => {
  const answer = await get('/tegenwind/feed', { 'if-modified-since': bornAt.toUTCString() });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('etag') ?? answer.headers.get('last-modified')).toBeNull();
});

test('every article has a page; one that was taken away answers 410', async () => {
  const answer = await get('/wijkforum-de-hoven/t/bankjes-3');
  expect(await answer.text()).toContain('Neem je rommel');
  now = later(5);
  expect((await get('/wijkforum-de-hoven/t/bankjes-3')).status).toBe(410);
  now = bornAt;
  expect((await get('/waardbode/2026/11/23/geen-artikel')).status).toBe(404);
  expect((await get('/omroep-waardstreek/')).status).toBe(200);
  expect((await get('/beeld/brug.svg')).headers.get('content-type')).toBe('image/svg+xml');
});

test('one server refuses after a while, one feed is a page', async () => {
  expect((await get('/waardstreek-vandaag/feed')).status).toBe(200);
  now = later(2);
  expect((await get('/waardstreek-vandaag/feed')).status).toBe(403);
  now = bornAt;
  expect((await get('/wijkkrant-waterrijk/feed')).headers.get('content-type')).toContain('text/html');
});

const contextOf = <Settings>(settings: Settings, cursor: string | null): PollContext<Settings> => ({
  http,
  settings,
  namespace: 'feed:1',
  cursor,
  validators: {},
  readFeed,
});

test('the Mastodon connector reads the hashtag, and then only what is new', async () => {
  const settings = { server: outside.origin, hashtag: 'lindewaard' };
  const first = await mastodon.poll(contextOf(settings, null));
  expect(first.items!.length).toBeGreaterThan(30);
  expect(first.skipped).toEqual([]);
  const handles = first.items!.map(({ author }) => author?.handle);
  expect(handles).toContain('corrie_b@127.0.0.1');
  expect((await mastodon.poll(contextOf(settings, first.cursor))).items).toBeNull();
  const key = 'mastodon/container-gaat-weer-open-ik-heb-staan-juichen-op';
  history.published.set(key, later(1));
  now = later(2);
  const second = await mastodon.poll(contextOf(settings, first.cursor));
  expect(second.items).toHaveLength(1);
  const gone = await mastodon.recheck!(http, settings, [
    second.items![0]!.externalId,
    `${outside.origin}/users/a/statuses/1`,
  ]);
  expect([...gone.values()]).toEqual(['live', 'gone']);
  expect((await fetch(second.items![0]!.url!)).status).toBe(200);
  history.published.clear();
  now = bornAt;
});

test('the Bluesky connector reads the author, and then only what is new', async () => {
  const settings = { actor: 'fennakroese.example', service: outside.origin };
  const first = await bluesky.poll(contextOf(settings, null));
  expect(first.items!.length).toBeGreaterThan(15);
  expect(first.skipped).toEqual([]);
  expect((await bluesky.poll(contextOf(settings, first.cursor))).items).toBeNull();
  const id = first.items![0]!.externalId;
  const known = await bluesky.recheck!(http, settings, [
    id,
    'at://did:web:fennakroese.example/app.bsky.feed.post/3none',
  ]);
  expect([...known.values()]).toEqual(['live', 'gone']);
});

test('a port that is taken is left to its owner', async () => {
  const owner = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => owner.once('listening', resolve));
  const { port } = owner.address() as AddressInfo;
  const other = await startOutside({ outlets, history, port });
  expect(other.port).not.toBe(port);
  await other.close();
  await new Promise((resolve) => owner.close(resolve));
  const same = await startOutside({ outlets, history, port: other.port });
  expect(same.port).toBe(other.port);
  await same.close();
});
