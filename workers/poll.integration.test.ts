import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectorFor } from '#ingest/registry.ts';
import { createIngestThread } from '#ingest/thread.ts';
import { parseFetchAllow } from '#platform/address.ts';
import { createHttp } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { claimDue } from '#storage/source-polls.ts';
import { addSource, pollNow } from '#storage/sources.ts';
import { aSource } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { brokenPromises } from '#test/saving.ts';
import { sourceRow } from '#test/seed.ts';
import { pollBatch } from './poll.ts';
import type { PollDeps } from './poll-source.ts';

let database: FreshDatabase;
let deps: PollDeps;
let server: Server;
let origin: string;
let closing: (() => Promise<unknown>)[] = [];
const bodies = new Map<string, { status?: number; headers?: Record<string, string>; body: string }>();

beforeAll(async () => {
  database = await freshDatabase();
  server = createServer((request, response) => {
    const answer = bodies.get(request.url ?? '') ?? { status: 404, body: '' };
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/rss+xml', ...answer.headers });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const allow = parseFetchAllow('127.0.0.1');
  const http = createHttp({ contact: null, version: '0', allow });
  const ingest = createIngestThread();
  const keys = createKeys(await installationSecret(database.db));
  deps = { db: database.db, keys, http, ingest, connectorFor, allow, log: createLog('error') };
  closing = [() => ingest.close(), () => http.close(), async () => server.close(), () => database.drop()];
});
afterAll(async () => {
  for (const close of closing) await close();
});

const item = (id: string, title: string, extra = '') =>
  `<item><guid isPermaLink="false">${id}</guid><title>${title}</title><link>${origin}/artikel/${id}</link>
  <description>${title}. De wethouder zegt dat het in het voorjaar klaar moet zijn, al is daar nog geen geld voor gevonden in de begroting van dit jaar.</description>
  <pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate>${extra}</item>`;
const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>De Waardbode</title><link>${origin}/</link>${items.join('')}</channel></rss>`;

async function added(path: string): Promise<number> {
  const url = `${origin}${path}`;
  return (await addSource(database.db, aSource({ settings: { url }, place: url }))).id;
}
async function poll(): Promise<number> {
  const lease = crypto.randomUUID();
  const sourceIds = await claimDue(database.db, lease, 200, 60);
  await pollBatch(deps, { lease, sourceIds }, new AbortController().signal);
  return sourceIds.length;
}
const titles = async (sourceId: number) =>
  (
    await sql<{ title: string }>`select x.title from mentions m join mention_texts x on x.mention_id = m.id
      and x.month = m.text_month and x.edition = 0 where m.source_id = ${sourceId} order by x.title`.execute(
      database.db,
    )
  ).rows.map(({ title }) => title);

test('a feed that is polled becomes mentions, each in a thread of its own', async () => {
  bodies.set('/a.xml', { body: rss(item('1', 'Brug dicht'), item('2', 'School open')) });
  const id = await added('/a.xml');
  expect(await poll()).toBe(1);
  expect(await titles(id)).toEqual(['Brug dicht', 'School open']);
  expect(await sourceRow(database.db, id)).toMatchObject({ failures: 0, last_error: null, lease: null });
  expect((await sourceRow(database.db, id))!.next_poll_at!.getTime()).toBeGreaterThan(Date.now() + 10 * 60_000);
  expect(await brokenPromises(database.db)).toEqual([]);
});

test('polling again stores what is new, keeps the earlier words of what changed, and leaves the rest alone', async () => {
  bodies.set('/b.xml', { body: rss(item('b1', 'Eerste kop'), item('b2', 'Blijft gelijk')) });
  const id = await added('/b.xml');
  await poll();
  bodies.set('/b.xml', { body: rss(item('b3', 'Nieuw'), item('b1', 'Tweede kop'), item('b2', 'Blijft gelijk')) });
  await pollNow(database.db, id);
  await poll();
  expect(await titles(id)).toEqual(['Blijft gelijk', 'Nieuw', 'Tweede kop']);
  const { rows } = await sql<{ title: string; edition: number }>`
    select x.title, x.edition from mention_texts x join mentions m on m.id = x.mention_id
    where m.source_id = ${id} and x.edition > 0`.execute(database.db);
  expect(rows).toEqual([{ title: 'Eerste kop', edition: 1 }]);
  expect(await brokenPromises(database.db)).toEqual([]);
});

test('an error becomes health and a later time, never an end', async () => {
  bodies.set('/c.xml', { status: 403, body: 'no' });
  const id = await added('/c.xml');
  await poll();
  expect(await sourceRow(database.db, id)).toMatchObject({
    state: 'active',
    failures: 1,
    last_error: { kind: 'denied', status: 403 },
  });
});

test('a database that is away is no failure of the source: it stays due', async () => {
  bodies.set('/away.xml', { body: rss(item('away1', 'Komt toch')) });
  const id = await added('/away.xml');
  const before = (await sourceRow(database.db, id))!;
  const lease = crypto.randomUUID();
  const sourceIds = await claimDue(database.db, lease, 200, 60);
  const away = Object.assign(new Error('the database system is starting up'), { code: '57P03' });
  // Gone between the answer of the site and the question what is known of it.
  const readFeed: PollDeps['ingest']['readFeed'] = async (...given) => {
    const document = await deps.ingest.readFeed(...given);
    return {
      ...document,
      items: new Proxy(document.items, {
        get: () => {
          throw away;
        },
      }),
    };
  };
  const ingest = { ...deps.ingest, readFeed };
  await pollBatch({ ...deps, ingest, log: createLog('fatal') }, { lease, sourceIds }, new AbortController().signal);
  const { failures, last_error, interval_seconds, next_poll_at, lease: held } = (await sourceRow(database.db, id))!;
  expect({ failures, last_error, held }).toEqual({ failures: 0, last_error: null, held: null });
  expect([interval_seconds, next_poll_at]).toEqual([before.interval_seconds, before.next_poll_at]);
  await poll();
  expect(await titles(id)).toEqual(['Komt toch']);
});

test('a source that says it is gone for good is stopped, its mentions stay', async () => {
  bodies.set('/d.xml', { body: rss(item('d1', 'Blijft staan')) });
  const id = await added('/d.xml');
  await poll();
  bodies.set('/d.xml', { status: 410, body: '' });
  await pollNow(database.db, id);
  await poll();
  expect(await sourceRow(database.db, id)).toMatchObject({ state: 'stopped' });
  expect(await titles(id)).toEqual(['Blijft staan']);
});

test('a redirect for good is followed at once, and believed a day later: then the source is at its new address', async () => {
  bodies.set('/nieuw.xml', { body: rss(item('1', 'Verhuisd')) });
  bodies.set('/oud.xml', { status: 301, body: '', headers: { location: `${origin}/nieuw.xml` } });
  const id = await added('/oud.xml');
  await poll();
  expect(await titles(id)).toEqual(['Verhuisd']);
  expect(await sourceRow(database.db, id)).toMatchObject({
    settings: { url: `${origin}/oud.xml` },
    moved_to: `${origin}/nieuw.xml`,
  });
  await sql`update sources set moved_seen_at = moved_seen_at - interval '25 hours' where id = ${id}`.execute(
    database.db,
  );
  await pollNow(database.db, id);
  await poll();
  expect(await sourceRow(database.db, id)).toMatchObject({
    settings: { url: `${origin}/nieuw.xml` },
    place: expect.stringContaining('/nieuw.xml'),
    moved_to: null,
    failures: 0,
  });
  expect(await titles(id)).toEqual(['Verhuisd']);
});
