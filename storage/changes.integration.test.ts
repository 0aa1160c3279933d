import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { type ChangePosition, forgetChanges, newestPosition, readChanges, recordChanges } from './changes.ts';
import { listen } from './listen.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const writers = 8;
const writesEach = process.env.FULL ? 1_250 : 150;

/** Eight connections write at the same time, sleep inside their transactions and give up one in ten. */
async function interleave(): Promise<Set<number>> {
  const committed = new Set<number>();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      for (let n = 0; n < writesEach; n++) {
        const ref = writer * 100_000 + n;
        await client.query('begin');
        await client.query('insert into changes (kind, ref) values (1, $1)', [ref]);
        if (n % 3 === 0) await client.query('select pg_sleep($1)', [Math.random() * 0.01]);
        const keep = n % 10 !== 9;
        await client.query(keep ? 'commit' : 'rollback');
        if (keep) committed.add(ref);
      }
      await client.end();
    }),
  );
  return committed;
}

test('a reader misses nothing of interleaved commits, while "id > last" does', async () => {
  const { db } = database;
  const seen: number[] = [];
  const naive = new Set<number>();
  let position: ChangePosition = await newestPosition(db);
  let last = 0;
  let writing = true;
  let expected = Number.POSITIVE_INFINITY;
  const read = async () => {
    // Writers in other databases of the server hold the reader up too: it waits for them, and then a little for more.
    const waitsUntil = Date.now() + 30_000;
    for (let quiet = 0; quiet < 3; ) {
      const next = await readChanges(db, position, 500);
      position = next.position;
      seen.push(...next.changes.map(({ ref }) => ref));
      if (next.changes.length === 0 && (seen.length >= expected || Date.now() > waitsUntil)) quiet += 1;
    }
  };
  const readNaively = async () => {
    for (let more = true; more; ) {
      const { rows } = await sql<{ seq: number; ref: number }>`
        select seq, ref from changes where seq > ${last} order by seq limit 500`.execute(db);
      for (const row of rows) naive.add(row.ref);
      last = rows.at(-1)?.seq ?? last;
      more = writing || rows.length > 0;
    }
  };
  const reading = Promise.all([read(), readNaively()]);
  const committed = await interleave();
  expected = committed.size;
  writing = false;
  await reading;
  expect(seen).toHaveLength(committed.size);
  expect(new Set(seen)).toEqual(committed);
  // The mutant: what everybody writes first.
  expect(naive.size).toBeLessThan(committed.size);
}, 60_000);

test('changes of a day ago are let go, and a reader from before is told to start again', async () => {
  const { db } = database;
  const before = await newestPosition(db);
  await db.transaction().execute((trx) => recordChanges(trx, { threads: [1, 2], mentions: [3], sources: [] }));
  // Writers in other databases of the server hold the readers up too.
  await expect.poll(async () => (await readChanges(db, before, 10)).changes.length).toBe(3);
  const after = await newestPosition(db);
  await sql`update changes set at = now() - interval '25 hours'`.execute(db);
  await db.transaction().execute((trx) => recordChanges(trx, { threads: [], mentions: [], sources: [4] }));
  await expect.poll(async () => (await readChanges(db, after, 10)).changes.length).toBe(1);
  expect(await forgetChanges(db)).toBeGreaterThanOrEqual(3);
  expect(await readChanges(db, before, 10)).toMatchObject({ tooOld: true });
  const next = await readChanges(db, after, 10);
  expect(next).toMatchObject({ tooOld: false, changes: [{ kind: 3, ref: 4 }] });
  expect(await readChanges(db, next.position, 10)).toMatchObject({
    changes: [],
    position: next.position,
    tooOld: false,
  });
});

test('a listener hears a commit at once and comes back after its connection was cut', async () => {
  let heard = 0;
  const listener = listen(
    database.url,
    'buitenwacht_changes',
    () => heard++,
    () => undefined,
  );
  await expect.poll(() => heard).toBe(1);
  await database.db.transaction().execute((trx) => recordChanges(trx, { threads: [9], mentions: [], sources: [] }));
  await expect.poll(() => heard).toBe(2);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'buitenwacht buitenwacht_changes' and datname = current_database()`.execute(database.db);
  await expect.poll(() => heard, { timeout: 5_000 }).toBe(3);
  await listener.close();
});
