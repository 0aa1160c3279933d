import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { aRecord } from '#test/saving.ts';
import { claimDue, noteTimes, recordPolls, recordUnchanged, takeLeased } from './source-polls.ts';
import { changeSource, pollNow } from './sources.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(() => sql`truncate sources, source_polls, hosts`.execute(database.db));

/** Sources that are due, the first longest. */
async function due(count: number, hostKey: string | null, minutes: number): Promise<void> {
  await sql`
    with added as (insert into sources (connector, settings, place, label)
      select 'feed', '{}', ${hostKey ?? 'own'} || n, 'Bron' from generate_series(1, ${count}::int) n returning id)
    insert into source_polls (source_id, host_key, next_poll_at)
    select id, ${hostKey}, now() - ${minutes} * interval '1 minute' from added`.execute(database.db);
}
const claim = async (limit = 10) => {
  const lease = crypto.randomUUID();
  return { lease, ids: await claimDue(database.db, lease, limit, 60) };
};
const keysOf = async (ids: number[]) =>
  (
    await sql<{
      key: string | null;
    }>`select host_key as key from source_polls where source_id = any(${ids}::bigint[])`.execute(database.db)
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
      }>`select extract(epoch from leased_until - now())::float8 as seconds from source_polls`.execute(database.db)
    ).rows[0]!.seconds;
  await sql`update source_polls set leased_until = now() + interval '5 seconds'`.execute(database.db);
  expect(await takeLeased(database.db, lease, ids, 60)).toHaveLength(1);
  expect(await left()).toBeGreaterThan(50);
  expect(await takeLeased(database.db, crypto.randomUUID(), ids, 60)).toEqual([]);
});

test('a poll without news moves the times, writes only validators that are new, and nothing under a lost lease', async () => {
  await due(3, null, 1);
  await sql`update sources set etag = 'old'`.execute(database.db);
  const { lease, ids } = await claim();
  const [kept, renewed, lost] = ids.sort((a, b) => a - b) as [number, number, number];
  await sql`update sources set failures = 2 where id <> ${kept}`.execute(database.db);
  const nextPollAt = new Date('2031-02-03T04:05:06.789Z');
  const polledAt = new Date('2031-02-03T03:05:06.007Z');
  const record = aRecord({
    etag: 'new',
    lastModified: null,
    nextPollAt,
    polledAt,
    intervalSeconds: 3_600,
    changed: false,
  });
  await recordUnchanged(database.db, [
    { sourceId: kept, lease, record, keepsSource: true },
    { sourceId: renewed, lease, record, keepsSource: false },
    { sourceId: lost, lease: crypto.randomUUID(), record, keepsSource: true },
  ]);
  const { rows } = await sql<{ id: number; etag: string }>`
    select id, etag, next_poll_at, interval_seconds, last_polled_at, last_ok_at, failures, lease
    from sources join source_polls on source_id = id order by id`.execute(database.db);
  const noted = {
    next_poll_at: nextPollAt,
    interval_seconds: 3_600,
    last_polled_at: polledAt,
    last_ok_at: polledAt,
    failures: 0,
    lease: null,
  };
  expect(rows.slice(0, 2)).toEqual([
    { id: kept, etag: 'old', ...noted },
    { id: renewed, etag: 'new', ...noted },
  ]);
  expect(rows[2]).toMatchObject({ id: lost, etag: 'old', failures: 2, lease, last_polled_at: null });
});

test('a source that is paused while it is asked stays unasked, whatever the poll brings', async () => {
  await due(2, null, 1);
  const { lease, ids } = await claim();
  const [quiet, loud] = ids as [number, number];
  for (const id of ids) await changeSource(database.db, id, { state: 'paused' });
  await recordUnchanged(database.db, [
    { sourceId: quiet, lease, record: aRecord({ changed: false }), keepsSource: true },
  ]);
  await recordPolls(database.db, [{ sourceId: loud, record: aRecord() }]);
  const { rows } = await sql`select next_poll_at, lease from source_polls`.execute(database.db);
  expect(rows).toEqual([
    { next_poll_at: null, lease: null },
    { next_poll_at: null, lease: null },
  ]);
  expect(await pollNow(database.db, quiet)).toBe(false);
  await changeSource(database.db, quiet, { state: 'active' });
  expect((await claim()).ids).toEqual([quiet]);
});

test('only the note that nothing changed does not wait for the disk', async () => {
  await due(1, null, 1);
  const { lease, ids } = await claim();
  const poll = { sourceId: ids[0]!, lease, record: aRecord({ changed: false }), keepsSource: true };
  await database.db.connection().execute(async (db) => {
    const setting = async () =>
      (await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(db)).rows[0]!.synchronous_commit;
    await sql`set synchronous_commit = on`.execute(db);
    const within = await db.transaction().execute(async (trx) => {
      await noteTimes(trx, [poll]);
      return (await sql<{ synchronous_commit: string }>`show synchronous_commit`.execute(trx)).rows[0]!
        .synchronous_commit;
    });
    expect(within).toBe('off');
    expect(await setting()).toBe('on');
    await sql`reset synchronous_commit`.execute(db);
  });
});

test('a host that is being asked under one lease has no turn under another, however many of its sources are due', async () => {
  await due(50, 'forum.example', 60);
  expect((await claim()).ids).toHaveLength(1);
  // Neither those that were due after it nor those that were due before.
  await sql`update source_polls set next_poll_at = now() - source_id * interval '1 hour' where lease is null`.execute(
    database.db,
  );
  expect((await claim()).ids).toEqual([]);
  await sql`update source_polls set leased_until = now() - interval '1 second' where lease is not null`.execute(
    database.db,
  );
  expect((await claim()).ids).toHaveLength(1);
});
