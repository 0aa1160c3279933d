import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFetchAllow } from '#platform/address.ts';
import type { Config } from '#platform/config.ts';
import { createHttp } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { addSource, addSources, pollNow } from '#storage/sources.ts';
import { aSource } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { brokenPromises } from '#test/saving.ts';
import { startWorkers } from './workers.ts';

let database: FreshDatabase;
let server: Server;
let origin: string;
let answerMs = 0;
const asked = new Map<string, number>();

beforeAll(async () => {
  database = await freshDatabase();
  server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.set(path, (asked.get(path) ?? 0) + 1);
    const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>${path}</title>
      <item><guid>${path}-1</guid><title>Bericht van ${path}</title><description>Er is nieuws.</description></item></channel></rss>`;
    setTimeout(() => {
      response.writeHead(200, { 'content-type': 'application/rss+xml' });
      response.end(body);
    }, answerMs);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.drop();
});

async function start() {
  const allow = parseFetchAllow('127.0.0.1');
  const http = createHttp({ contact: null, version: '0', allow });
  const workers = await startWorkers({
    databaseUrl: database.url,
    db: database.db,
    http,
    config: { fetchAllow: allow } as Config,
    log: createLog('error'),
  });
  return {
    close: async () => {
      await workers.close();
      await http.close();
    },
  };
}
const source = (path: string) => aSource({ settings: { url: `${origin}${path}` }, place: `${origin}${path}` });
const mentionCount = async () =>
  (await sql<{ n: number }>`select count(*)::int as n from mentions`.execute(database.db)).rows[0]!.n;

test('a source that is added is polled at once, and again when somebody asks', async () => {
  const workers = await start();
  try {
    const { id } = await addSource(database.db, source('/a.xml'));
    await expect.poll(mentionCount, { timeout: 20_000 }).toBe(1);
    await expect.poll(() => pollNow(database.db, id)).toBe(true);
    await expect.poll(() => asked.get('/a.xml'), { timeout: 20_000 }).toBe(2);
  } finally {
    await workers.close();
  }
  expect(await brokenPromises(database.db)).toEqual([]);
});

test('two processes share the work: every source is asked once', async () => {
  asked.clear();
  const all = await Promise.all([start(), start()]);
  const paths = Array.from({ length: 150 }, (_, index) => `/many-${index}.xml`);
  try {
    await addSources(database.db, paths.map(source));
    await expect.poll(mentionCount, { timeout: 30_000 }).toBe(151);
  } finally {
    await Promise.all(all.map((one) => one.close()));
  }
  expect(paths.map((path) => asked.get(path))).toEqual(paths.map(() => 1));
  expect(await brokenPromises(database.db)).toEqual([]);
});

test('stopping cuts no batch: what was fetched is saved, the rest is due still', async () => {
  const workers = await start();
  // The reading thread is awake: how long that takes is not the matter here.
  const already = await mentionCount();
  await addSource(database.db, source('/awake.xml'));
  await expect.poll(mentionCount, { timeout: 20_000 }).toBe(already + 1);
  answerMs = 150;
  const before = await mentionCount();
  asked.clear();
  const paths = Array.from({ length: 80 }, (_, index) => `/slow-${index}.xml`);
  await addSources(database.db, paths.map(source));
  await expect.poll(() => asked.size, { timeout: 10_000 }).toBeGreaterThan(5);
  const begin = performance.now();
  await workers.close();
  expect(performance.now() - begin).toBeLessThan(5_000);
  answerMs = 0;
  expect(asked.size).toBeLessThan(80);
  expect((await mentionCount()) - before).toBe(asked.size);
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from sources join source_polls on source_id = id where place like ${`${origin}/slow%`} and lease is null and next_poll_at <= now()`.execute(
    database.db,
  );
  expect(rows[0]!.n).toBe(80 - asked.size);
});
