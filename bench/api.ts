import { deepStrictEqual } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Agent, request } from 'undici';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { openDatabase } from '#storage/database.ts';
import { migrate } from '#storage/migrate.ts';
import type { Bench, Side, Size } from './harness.ts';
import { startServer } from './process-tree.ts';
import { seedStreamWorld } from './stream-world.ts';

/** So many requests are under way at any moment. */
const concurrency = 16;
const counts = { smoke: { stories: 10_000, each: 1_500 }, std: { stories: 100_000, each: 4_000 } };
const peer = 'bare Hono, one prepared query';

type Request = { path: string; method?: 'GET' | 'POST'; body?: string; headers?: Record<string, string> };
/** What both sides are asked, and when the answers say the same. */
type Question = {
  ours: (world: World) => Promise<() => Request>;
  theirs: (world: World) => Promise<() => Request>;
  expect: number;
};
type World = { url: string; cookie: string; ask: (path: string) => Promise<unknown>; threads: number[] };

/**
 * P16: requests a second against the least that could answer them, over loopback, each side a process of its own on the same
 * database. Ours looks who asks (a session cookie), what they may see, and hides its ids; the peer does nothing but the query.
 */
const apiBench = (id: string, title: string, target: { now: number; goal: number }, question: Question): Bench => ({
  id,
  title,
  unit: 'requests',
  targets: [{ peer, ...target, is: 'at-least' }],
  open: (size) => openApi(size, question),
});

export const apiBenches: Bench[] = [
  apiBench(
    'P16-health',
    'GET health',
    { now: 0.9, goal: 0.95 },
    {
      ours: async () => () => ({ path: '/health/live' }),
      theirs: async () => () => ({ path: '/health/live' }),
      expect: 200,
    },
  ),
  apiBench(
    'P16-stream',
    'GET stream(50)',
    { now: 0.6, goal: 0.75 },
    {
      ours: async () => () => ({ path: '/api/stream?limit=50' }),
      theirs: async () => () => ({ path: '/api/stream' }),
      expect: 200,
    },
  ),
  apiBench(
    'P16-reply',
    'POST reply',
    { now: 0.5, goal: 0.6 },
    {
      async ours({ ask }) {
        const { threads } = (await ask('/api/stream?side=inside&limit=100')) as { threads: { id: string }[] };
        const { audiences } = (await ask(`/api/threads/${threads[0]!.id}`)) as {
          audiences: { circle: { id: string }; token: string }[];
        };
        const [{ circle, token }] = audiences as [{ circle: { id: string }; token: string }];
        return inTurn(threads, ({ id }) => ({
          path: `/api/threads/${id}/replies`,
          method: 'POST',
          body: JSON.stringify({ circle: circle.id, audience: token, text: words }),
          headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        }));
      },
      async theirs({ threads }) {
        return inTurn(threads, (id) => ({
          path: `/api/threads/${id}/replies`,
          method: 'POST',
          body: JSON.stringify({ circle: 'c'.repeat(24), audience: 'a'.repeat(59), text: words }),
          headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
        }));
      },
      expect: 201,
    },
  ),
];
const words = 'Dat klopt, sinds de verhuizing staan er rijen. Morgen komt er een tweede loket bij.';

function inTurn<T>(values: readonly T[], make: (value: T) => Request): () => Request {
  let next = 0;
  return () => make(values[next++ % values.length]!);
}

async function openApi(size: Size, question: Question): Promise<Awaited<ReturnType<Bench['open']>>> {
  const { stories, each } = counts[size];
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-api-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, log: createLog('error') });
  await migrate(postgres.url);
  const { db } = openDatabase(postgres.url, { max: 2, name: 'bench', onError: () => undefined });
  const ours = await startServer('api/main.ts', { DATABASE_URL: postgres.url }, '/health/ready');
  const cookie = await signUp(ours.url);
  const { rows: people } = await sql<{ id: number }>`select id from people`.execute(db);
  const reader = people[0]!.id;
  await seedStreamWorld(db, reader, stories);
  const { rows } = await sql<{ id: number }>`
    select thread_id as id from placements where circle_id = 2 order by sort_at desc limit 100`.execute(db);
  const env = { PEER_DATABASE_URL: postgres.url, PEER_READER: String(reader) };
  const theirs = await startServer('bench/api-peer.ts', env, '/health/live');
  const agent = new Agent({ connections: concurrency, pipelining: 1 });
  const ask = async (path: string) => {
    const answer = await request(ours.url + path, { headers: { cookie }, dispatcher: agent });
    return await answer.body.json();
  };
  const worldOf = (url: string) => ({ url, cookie, ask, threads: rows.map(({ id }) => id) });
  const slowest: Record<string, number> = {};
  const side = async (name: string, url: string, make: () => Request): Promise<Side> => ({
    name,
    reset: async () => undefined,
    async run() {
      const times = await load(url, agent, cookie, { make, expect: question.expect, each });
      slowest[name] = times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)]!;
      return each;
    },
  });
  return {
    sides: [
      await side('buitenwacht', ours.url, await question.ours(worldOf(ours.url))),
      await side(peer, theirs.url, await question.theirs(worldOf(theirs.url))),
    ],
    gate: async () => {
      const bare = async (url: string) => {
        const answer = await request(`${url}/api/stream?limit=50`, { headers: { cookie }, dispatcher: agent });
        return JSON.parse(withoutIds(await answer.body.text())) as unknown;
      };
      deepStrictEqual(await bare(ours.url), await bare(theirs.url), 'the two sides answer differently');
    },
    notes: () => ({ p99Ms: slowest }),
    close: async () => {
      await agent.destroy();
      await Promise.all([ours.stop(), theirs.stop()]);
      await db.destroy();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Both sides name things in their own way; everything else is the same. */
const withoutIds = (text: string) =>
  text.replaceAll(/"id":"[^"]+"/g, '"id":""').replace(/"cursor":"[^"]+"/, '"cursor":""');

/** Asks `each` times, 16 at once; answers how long each took, in milliseconds. */
async function load(
  url: string,
  dispatcher: Agent,
  cookie: string,
  { make, expect, each }: { make: () => Request; expect: number; each: number },
): Promise<number[]> {
  const times: number[] = [];
  let left = each;
  const worker = async () => {
    while (left-- > 0) {
      const { path, method = 'GET', body, headers } = make();
      const began = performance.now();
      const answer = await request(url + path, {
        method,
        dispatcher,
        headers: { cookie, ...headers },
        ...(body === undefined ? {} : { body }),
      });
      await answer.body.dump({ limit: 1_000_000 });
      if (answer.statusCode !== expect) throw new Error(`${path} answered ${answer.statusCode}`);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return times;
}

/** Makes the first person; answers their cookie. */
async function signUp(url: string): Promise<string> {
  const person = {
    name: 'Sanne',
    email: 'sanne@bench.example',
    password: 'een lang wachtwoord',
    organisation: 'Bench',
  };
  const answer = await request(`${url}/api/first-person`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(person),
  });
  const given = [answer.headers['set-cookie'] ?? []].flat();
  if (answer.statusCode >= 300 || given.length === 0) throw new Error(`no first person: ${await answer.body.text()}`);
  await answer.body.dump();
  return given.map((one) => one.split(';')[0]).join('; ');
}
