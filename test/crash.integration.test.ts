import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSources } from '#storage/sources.ts';
import { aSource } from './builders.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type FeedWorld, startFeedWorld } from './feed-world.ts';
import { brokenPromises } from './saving.ts';

const rounds = process.env.FULL ? 100 : 8;
const feeds = 24;
const processes = 3;
const root = resolve(import.meta.dirname, '..');
let database: FreshDatabase;
let world: FeedWorld;
let folder: string;
const workers: ChildProcess[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'crash-'));
  world = await startFeedWorld(feeds, join(folder, 'ledger'));
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  world.close();
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

function startWorker(): ChildProcess {
  const worker = spawn(process.execPath, [join(root, 'test/crash-worker.ts'), database.url], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  workers.push(worker);
  return worker;
}

/**
 * Every source is due again; a lease of three seconds ago (of sixty) counts as over, whether its worker died or is only slow: then it
 * is a stale one, whose batch must be dropped.
 */
const makeAllDue = () =>
  sql`update source_polls set next_poll_at = now(), leased_until = case when leased_until < now() + interval '57 seconds'
    then now() else leased_until end`.execute(database.db);

async function stored() {
  const { rows } = await sql<{ guid: string; text: string; thread: number }>`
    select m.external_id as guid, x.text, m.thread_id as thread from mentions m
    join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0`.execute(database.db);
  return rows;
}

/** Polls until two whole rounds over all sources changed nothing. */
async function untilQuiet(): Promise<void> {
  await sql`update source_polls set lease = null, leased_until = null`.execute(database.db);
  for (let quiet = 0; quiet < 2; ) {
    const before = await sql<{ n: number }>`select count(*)::int as n from changes where kind < 3`.execute(database.db);
    const now = new Date();
    await sql`update source_polls set next_poll_at = now()`.execute(database.db);
    const open = async () =>
      (
        await sql<{ n: number }>`select count(*)::int as n from source_polls
          where last_polled_at is null or last_polled_at < ${now.toISOString()}::timestamptz`.execute(database.db)
      ).rows[0]!.n;
    await expect.poll(open, { timeout: 90_000, interval: 100 }).toBe(0);
    const after = await sql<{ n: number }>`select count(*)::int as n from changes where kind < 3`.execute(database.db);
    quiet = after.rows[0]!.n === before.rows[0]!.n ? quiet + 1 : 0;
  }
}

test(`three workers on the same sources, kill -9 at ${rounds} random instants: nothing lost, doubled or half stored`, async () => {
  world.publish(300);
  const follow = (paths: string[]) =>
    addSources(
      database.db,
      paths.map((path) => aSource({ settings: { url: `${world.origin}${path}` }, place: `${world.origin}${path}` })),
    );
  await follow(world.paths);
  const running = Array.from({ length: processes }, startWorker);
  for (let round = 0; round < rounds; round++) {
    const slot = round % processes;
    const before = (await stored()).length;
    const trickle = async () => {
      const count = (await stored()).length;
      // Never far ahead of the workers: a feed must not grow faster than a busy machine can read it.
      if (world.size() - count < 60) world.publish(8);
      await makeAllDue();
      await new Promise((wait) => setTimeout(wait, 20 + Math.random() * 60));
      return count;
    };
    // The kill falls at a random moment after work has been seen to go on.
    await expect.poll(trickle, { timeout: 60_000, interval: 10 }).toBeGreaterThan(before);
    await follow(world.publishOnce(5));
    for (const until = performance.now() + Math.random() * 600; performance.now() < until; ) await trickle();
    running[slot]!.kill('SIGKILL');
    running[slot] = startWorker();
  }
  await untilQuiet();

  const ledger = world.ledger();
  const rows = await stored();
  const byGuid = Map.groupBy(rows, ({ guid }) => guid);
  const lost = [...ledger.keys()].filter((guid) => !byGuid.has(guid));
  const doubled = [...byGuid].filter(([, copies]) => copies.length > 1).map(([guid]) => guid);
  const altered = [...ledger].filter(([guid, { text }]) => byGuid.get(guid)?.[0]?.text !== text).map(([guid]) => guid);
  const threads = new Map<string, Set<number>>();
  for (const [guid, { story }] of ledger) {
    if (story) threads.set(story, (threads.get(story) ?? new Set()).add(byGuid.get(guid)?.[0]?.thread ?? 0));
  }
  const scattered = [...threads].filter(([, ids]) => ids.size > 1).map(([story]) => story);
  expect({ lost, doubled, altered, scattered }).toEqual({ lost: [], doubled: [], altered: [], scattered: [] });
  expect(rows).toHaveLength(ledger.size);
  expect(await brokenPromises(database.db)).toEqual([]);
}, 600_000);
