import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { claimDue, takeLeased } from './source-polls.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(() => sql`truncate sources, hosts`.execute(database.db));

/** Sources that are due, the first longest. */
async function due(count: number, hostKey: string | null, minutes: number): Promise<void> {
  await sql`
    insert into sources (connector, settings, place, label, host_key, next_poll_at)
    select 'feed', '{}', ${hostKey ?? 'own'} || n, 'Bron', ${hostKey}, now() - ${minutes} * interval '1 minute'
    from generate_series(1, ${count}::int) n`.execute(database.db);
}
const claim = async (limit = 10) => {
  const lease = crypto.randomUUID();
  return { lease, ids: await claimDue(database.db, lease, limit, 60) };
};
const keysOf = async (ids: number[]) =>
  (
    await sql<{ key: string | null }>`select host_key as key from sources where id = any(${ids}::bigint[])`.execute(
      database.db,
    )
  ).rows
    .map(({ key }) => key)
    .sort();

test('thousands of due sources of one host hold up no other host', async () => {
  await due(5_000, 'forum.example', 60);
  await due(1, 'krant.example', 1);
  await due(1, null, 1);
  expect(await keysOf((await claim()).ids)).toEqual(['forum.example', 'krant.example', null]);
});

test('a host that is paused or being asked is left alone, and nothing is claimed twice', async () => {
  await due(3, 'forum.example', 60);
  await due(1, 'krant.example', 1);
  await due(1, 'stil.example', 1);
  await sql`insert into hosts (host_key, blocked_until) values ('stil.example', now() + interval '1 hour')`.execute(
    database.db,
  );
  expect(await keysOf((await claim()).ids)).toEqual(['forum.example', 'krant.example']);
  expect((await claim()).ids).toEqual([]);
});

test('those that are due longest go first, and no more than asked', async () => {
  await due(20, null, 1);
  await due(5, 'forum.example', 60);
  const { ids } = await claim(3);
  expect(ids).toHaveLength(3);
  expect(await keysOf(ids)).toContain('forum.example');
});

test('four workers at once share the sources, each taken once', async () => {
  await due(200, null, 1);
  const claims = await Promise.all(Array.from({ length: 4 }, () => claim(50)));
  const all = claims.flatMap(({ ids }) => ids);
  expect(new Set(all).size).toBe(all.length);
  // One that met a locked row may have got fewer; the next round has them.
  for (let round = 0; round < 4; round += 1) all.push(...(await claim(50)).ids);
  expect(new Set(all).size).toBe(200);
});

test('a lease that waited long starts anew, and another lease takes nothing', async () => {
  await due(1, null, 1);
  const { lease, ids } = await claim();
  const left = async () =>
    (
      await sql<{
        seconds: number;
      }>`select extract(epoch from leased_until - now())::float8 as seconds from sources`.execute(database.db)
    ).rows[0]!.seconds;
  await sql`update sources set leased_until = now() + interval '5 seconds'`.execute(database.db);
  expect(await takeLeased(database.db, lease, ids, 60)).toHaveLength(1);
  expect(await left()).toBeGreaterThan(50);
  expect(await takeLeased(database.db, crypto.randomUUID(), ids, 60)).toEqual([]);
});
