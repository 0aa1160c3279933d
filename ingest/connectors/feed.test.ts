import { expect, test } from 'vitest';
import type { PollAnswer, Validators } from '#ingest/connector.ts';
import { SourceError } from '#ingest/errors.ts';
import { readFeed } from '#ingest/feed/read.ts';
import type { HttpAnswer, HttpRequest } from '#platform/http.ts';
import { feed, placeOf } from './feed.ts';

const url = 'https://nieuws.example/feed';
const body =
  '<rss version="2.0"><channel><title>Nieuws</title><ttl>10</ttl><item><title>Een</title><guid>1</guid></item></channel></rss>';
const date = 'Mon, 23 Nov 2026 10:00:00 GMT';

async function poll(
  answer: Partial<HttpAnswer>,
  validators: Validators = {},
): Promise<PollAnswer & { asked: HttpRequest; reads: number }> {
  let asked: HttpRequest = { url };
  let reads = 0;
  const page = await feed.poll({
    http: {
      request: async (request) => {
        asked = request;
        return { status: 200, headers: {}, body: Buffer.from(body), url, ...answer };
      },
    },
    settings: { url },
    namespace: 'feed:1',
    cursor: null,
    validators,
    readFeed: (...given) => {
      reads++;
      return readFeed(...given);
    },
  });
  return { ...page, asked, reads };
}
const refusal = (answer: Partial<HttpAnswer>): Promise<unknown> =>
  poll(answer).then(
    () => null,
    (error: unknown) => (error instanceof SourceError ? { kind: error.kind, ...error.detail } : error),
  );

test('a first poll asks without conditions and keeps what it was given, byte for byte', async () => {
  const page = await poll({ headers: { etag: 'W/"a b"', 'last-modified': 'yesterday, about noon' } });
  expect(Object.keys(page.asked.headers ?? {})).toEqual(['accept']);
  expect(page.items).toMatchObject([{ externalId: '1', namespace: 'feed:1' }]);
  expect(page).toMatchObject({ title: 'Nieuws', minIntervalSeconds: 600 });
  expect(page.validators).toMatchObject({ etag: 'W/"a b"', lastModified: 'yesterday, about noon' });
});

test('the next poll sends them back, and 304 means nothing to read', async () => {
  const kept = { etag: 'W/"a b"', lastModified: 'yesterday, about noon', bodyHash: Buffer.alloc(32) };
  const page = await poll({ status: 304, headers: { 'last-modified': date }, body: Buffer.alloc(0) }, kept);
  expect(page.asked.headers).toMatchObject({
    'if-none-match': 'W/"a b"',
    'if-modified-since': 'yesterday, about noon',
  });
  expect(page).toMatchObject({ items: null, reads: 0, validators: { ...kept, lastModified: date } });
});

test('the same bytes are not read again, whatever the server says', async () => {
  const first = await poll({});
  const second = await poll({ headers: { etag: '"new"' } }, first.validators);
  expect(second).toMatchObject({ items: null, reads: 0, validators: { etag: '"new"' } });
  expect((await poll({ body: Buffer.from(`${body} `) }, first.validators)).reads).toBe(1);
});

test('Expires: 0 takes the validators away', async () => {
  const page = await poll({ headers: { etag: '"a"', expires: '0' } });
  expect(page.validators).toEqual({ bodyHash: expect.any(Buffer) });
});

test.each([
  [{ 'cache-control': 'public, max-age=7200' }, 7200],
  [{ 'cache-control': 'max-age=60' }, 600],
  [{ 'cache-control': 'max-age=999999' }, 86_400],
  [{ 'cache-control': 'no-cache, max-age=7200' }, 600],
  [{ expires: 'Mon, 23 Nov 2026 11:00:00 GMT', date }, 3600],
  [{ expires: 'Mon, 23 Nov 2026 09:00:00 GMT', date }, 600],
  [{ expires: 'whenever', date }, 600],
])('the longest wait that server or feed asks for counts: %j', async (headers, seconds) => {
  expect((await poll({ headers: headers as Record<string, string> })).minIntervalSeconds).toBe(seconds);
});

test.each([
  [410, {}, { kind: 'gone', status: 410, hostname: 'nieuws.example' }],
  [401, {}, { kind: 'denied', status: 401, hostname: 'nieuws.example' }],
  [
    403,
    { 'cf-mitigated': 'challenge' },
    { kind: 'denied', status: 403, hostname: 'nieuws.example', reason: 'bot-wall' },
  ],
  [
    429,
    { 'retry-after': '120' },
    { kind: 'rate-limited', status: 429, hostname: 'nieuws.example', retryAfterSeconds: 120 },
  ],
  [
    503,
    { 'retry-after': 'Mon, 23 Nov 2026 10:05:00 GMT', date },
    { kind: 'rate-limited', status: 503, hostname: 'nieuws.example', retryAfterSeconds: 300 },
  ],
  [429, { 'retry-after': 'soon' }, { kind: 'rate-limited', status: 429, hostname: 'nieuws.example' }],
  [404, {}, { kind: 'unreadable', status: 404, hostname: 'nieuws.example', reason: 'not-found' }],
  [400, {}, { kind: 'unreadable', status: 400, hostname: 'nieuws.example', reason: 'status' }],
  [502, {}, { kind: 'unreachable', status: 502, hostname: 'nieuws.example', reason: 'server-error' }],
])('%i is told apart: %j', async (status, headers, expected) => {
  expect(await refusal({ status, headers: headers as Record<string, string> })).toEqual(expected);
});

test('a web page instead of the feed is said with the host it came from', async () => {
  expect(await refusal({ body: Buffer.from('<html></html>'), url: 'https://login.example/' })).toEqual({
    kind: 'unreadable',
    status: 200,
    hostname: 'login.example',
    reason: 'web-page',
  });
});

test('a permanent move is passed on', async () => {
  expect(await poll({ movedTo: 'https://nieuws.example/rss' })).toMatchObject({
    movedTo: 'https://nieuws.example/rss',
  });
});

test('two spellings of an address are one place', () => {
  expect(placeOf('http://www.a.example:80/feed/#top')).toBe(placeOf('https://a.example/feed'));
  expect(placeOf('https://a.example/?feed=rss2')).not.toBe(placeOf('https://a.example/?feed=atom'));
  expect(placeOf('https://a.example:8443/feed')).not.toBe(placeOf('https://a.example/feed'));
});

test('304 to a question without conditions is no answer: a source that never gave anything is not well', async () => {
  expect(await refusal({ status: 304, body: Buffer.alloc(0) })).toMatchObject({ kind: 'unreadable', status: 304 });
});
