import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFetchAllow, parseProxies } from '#platform/address.ts';
import { HttpError } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { installationSecret } from '#storage/installation.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { readEvents } from '#test/events.ts';
import { firstPersonAt } from '#test/launched.ts';
import { seedMention } from '#test/seed.ts';
import { securityHeaders } from './guards.ts';
import { createIds } from './ids.ts';
import { streamsPerPerson } from './live/hub.ts';
import { startApi } from './server.ts';

let fresh: FreshDatabase;
/** Headers of an administrator who signed in. */
let me: Record<string, string>;
let api: { url: string; close: () => Promise<void> };
const slowMs = 700;

const start = (port = 0) =>
  startApi({
    db: fresh.db,
    databaseUrl: fresh.url,
    http: {
      request: async () => {
        await sleep(slowMs);
        throw new HttpError('dns', 'no');
      },
    },
    config: {
      host: '127.0.0.1',
      port,
      publicUrl: null,
      contact: 'us',
      fetchAllow: parseFetchAllow(''),
      trustedProxies: parseProxies(''),
      timeZone: 'Europe/Amsterdam',
      elasticsearchUrl: null,
      elasticsearchIndex: '',
    },
    log: createLog('silent'),
  });

beforeAll(async () => {
  fresh = await freshDatabase();
  api = await start();
  me = { cookie: await firstPersonAt(api.url) };
});
afterAll(async () => {
  await api.close();
  await fresh.drop();
});

/** What a server answers to these very bytes. */
function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1', () => socket.write(request));
    let text = '';
    socket.on('data', (chunk) => (text += chunk));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
    socket.setTimeout(5_000, () => socket.destroy());
  });
}

const seen = (headers: Headers) =>
  Object.fromEntries(Object.keys(securityHeaders).map((name) => [name, headers.get(name)]));

test('every kind of answer carries every security header', async () => {
  const document = await fetch(`${api.url}/api/openapi.json`);
  const etag = document.headers.get('etag')!;
  const stop = new AbortController();
  const kinds: [string, number, Promise<Response> | Response][] = [
    ['JSON', 200, fetch(`${api.url}/api/stream`, { headers: me })],
    ['document', 200, document],
    ['unchanged document', 304, fetch(`${api.url}/api/openapi.json`, { headers: { 'if-none-match': etag } })],
    ['reference page', 200, fetch(`${api.url}/api`)],
    ['signed out', 401, fetch(`${api.url}/api/stream`)],
    ['missing', 404, fetch(`${api.url}/api/none`)],
    ['missing asset', 404, fetch(`${api.url}/assets/none.js`)],
    ['wrong method', 405, fetch(`${api.url}/api/stream`, { method: 'PUT' })],
    ['invalid', 400, fetch(`${api.url}/api/stream?limit=x`, { headers: me })],
    ['too large', 413, fetch(`${api.url}/api/sources`, { method: 'POST', body: 'x'.repeat(300_000) })],
    ['health', 200, fetch(`${api.url}/health/live`)],
    ['live', 200, fetch(`${api.url}/api/live`, { headers: me, signal: stop.signal })],
  ];
  await sql`alter table placements rename to away`.execute(fresh.db);
  kinds.push(['fault', 500, await fetch(`${api.url}/api/stream`, { headers: me })]);
  await sql`alter table away rename to placements`.execute(fresh.db);
  for (const [kind, status, answer] of kinds) {
    const { status: got, headers } = await answer;
    // The first stream request may have met the table while it was away.
    if (kind !== 'JSON') expect([kind, got]).toEqual([kind, status]);
    expect([kind, seen(headers)]).toEqual([kind, securityHeaders]);
  }
  stop.abort();
});

test('what never reaches a route carries them too', async () => {
  const answers = await Promise.all([
    raw('NONSENSE\r\n\r\n'),
    raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`),
    raw('GET \\evil HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'),
    raw('GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'),
    raw('GET /api/stream HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
    raw('POST /api/sources HTTP/1.1\r\nHost: localhost\r\nExpect: 200-maybe\r\nContent-Length: 2\r\n\r\n'),
  ]);
  for (const text of answers) {
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d /);
    for (const [name, value] of Object.entries(securityHeaders))
      expect(text.toLowerCase()).toContain(`${name}: ${value}`.toLowerCase());
  }
});

test('a long answer comes packed, the live stream does not', async () => {
  for (let i = 0; i < 20; i += 1) await seedMention(fresh.db);
  const packed = await fetch(`${api.url}/api/stream`, { headers: { ...me, 'accept-encoding': 'gzip' } });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(((await packed.json()) as { threads: unknown[] }).threads).toHaveLength(20);
  const stop = new AbortController();
  const live = await fetch(`${api.url}/api/live`, {
    headers: { ...me, 'accept-encoding': 'gzip' },
    signal: stop.signal,
  });
  expect(live.headers.get('content-encoding')).toBeNull();
  expect(live.headers.get('content-type')).toContain('text/event-stream');
  expect(live.headers.get('cache-control')).toContain('no-store');
  const events = readEvents(live.body!);
  await events.lastId();
  const { threadId } = await seedMention(fresh.db);
  const id = createIds(await installationSecret(fresh.db)).encode('thread', threadId);
  await expect.poll(async () => JSON.stringify(await events.next())).toContain(id);
  stop.abort();
});

test('one stream too many of a person is refused with a time to come back, and leaving makes room', async () => {
  const stops = Array.from({ length: streamsPerPerson }, () => new AbortController());
  const open = await Promise.all(stops.map(({ signal }) => fetch(`${api.url}/api/live`, { headers: me, signal })));
  expect(open.every(({ status }) => status === 200)).toBe(true);
  const refused = await fetch(`${api.url}/api/live`, { headers: me });
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({ code: 'too_many_streams' });
  for (const stop of stops) stop.abort();
  const again = async () => {
    const stop = new AbortController();
    const { status } = await fetch(`${api.url}/api/live`, { headers: me, signal: stop.signal });
    stop.abort();
    return status;
  };
  await expect.poll(again).toBe(200);
});

test('a port that is taken is said by its name', async () => {
  await expect(start(Number(new URL(api.url).port))).rejects.toThrow(/HOST and PORT/);
});

test('closing ends live streams, lets a request under way finish, and takes nothing new', async () => {
  const own = await start();
  const live = await fetch(`${own.url}/api/live`, { headers: me });
  const events = readEvents(live.body!);
  await events.lastId();
  const underWay = fetch(`${own.url}/api/sources/preview`, {
    method: 'POST',
    headers: { ...me, 'content-type': 'application/json' },
    body: JSON.stringify({ address: 'https://traag.example/' }),
  });
  await sleep(100);
  const startedAt = Date.now();
  const closed = own.close();
  expect(await events.next()).toBeNull();
  expect(Date.now() - startedAt).toBeLessThan(300);
  expect((await underWay).status).toBe(422);
  await closed;
  expect(Date.now() - startedAt).toBeLessThan(2_500);
  await expect(fetch(`${own.url}/health/live`)).rejects.toThrow();
});
