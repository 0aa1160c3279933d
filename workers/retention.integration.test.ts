import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '#platform/log.ts';
import type { Database } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys, type Keys } from '#storage/keys.ts';
import { savePolls } from '#storage/mentions.ts';
import { eraseAuthor } from '#storage/retention.ts';
import { addedSource, aMention } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { aPoll, brokenPromises, fetchedAt, leased, saved } from '#test/saving.ts';
import { expire } from './upkeep.ts';

let database: FreshDatabase;
let db: Database;
let keys: Keys;

beforeAll(async () => {
  database = await freshDatabase();
  db = database.db;
  keys = createKeys(await installationSecret(db));
});
afterAll(() => database.drop());

const dayMs = 86_400_000;
const at = (days: number) => new Date(fetchedAt.getTime() + days * dayMs);
const count = async (query: ReturnType<typeof sql<{ n: number }>>) => (await query.execute(db)).rows[0]!.n;
const texts = () => count(sql`select count(*)::int as n from mention_texts`);

async function partitions(): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select c.relname as name from pg_inherits i
    join pg_class c on c.oid = i.inhrelid where i.inhparent = 'mention_texts'::regclass order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

test('G2: with the clock turned forward every text goes on its day, and the emptied month with it', async () => {
  const log = createLog('silent');
  const source = await addedSource(db);
  const size = process.env.FULL ? 20_000 : 1_000;
  for (let from = 0; from < size; from += 500) {
    await saved(
      db,
      keys,
      source,
      Array.from({ length: 500 }, () => aMention({ namespace: 'g2' })),
    );
  }
  await saved(db, keys, source, [aMention({ externalId: 'edited', text: 'eerst' })]);
  await saved(db, keys, source, [aMention({ externalId: 'edited', text: 'daarna' })]);
  expect(await texts()).toBe(size + 2);

  await expire(db, log, at(29));
  expect(await texts()).toBe(size + 2);
  // The earlier version is kept 30 days from the edit, by the clock of the database.
  await sql`update mention_texts set expires_at = ${at(30).toISOString()}::timestamptz where edition > 0`.execute(db);
  await expire(db, log, at(31));
  expect(await texts()).toBe(size + 1);
  await expire(db, log, at(179));
  expect(await texts()).toBe(size + 1);
  await expire(db, log, at(181));
  expect(await texts()).toBe(0);
  expect(await partitions()).not.toContain('mention_texts_2026_11');
  const left = await count(sql`select count(*)::int as n from mentions
    where external_id is not null or canonical_url is not null or content_hash is not null or state <> 'expired'`);
  expect(left).toBe(0);
  expect(await count(sql`select count(*)::int as n from placements`)).toBe(0);
  // What expired does not come back when the feed still has it.
  const again = await saved(db, keys, source, [aMention({ externalId: 'edited', text: 'daarna' })]);
  expect(again).toMatchObject({ new: 0, skipped: { gone: 1 } });
  expect(await brokenPromises(db)).toEqual([]);
}, 120_000);

test('G4: authors who are erased while polls go on never come back', async () => {
  const source = await addedSource(db);
  const authors = process.env.FULL ? 2_000 : 100;
  const words = (author: number, n: number, namespace = 'g4') =>
    aMention({ namespace, externalId: `${author}-${n}`, author: { name: `Schrijver ${author}` } });
  const all = (n: number) => Array.from({ length: authors }, (_, author) => words(author, n));
  await saved(db, keys, source, all(0));
  const { rows } = await sql<{ id: number }>`select m.id from mentions m where namespace = 'g4' order by id`.execute(
    db,
  );

  const times: number[] = [];
  let erasing = true;
  const poll = async () => {
    for (let n = 1; erasing; n++) await savePolls(db, keys, await leased(db, aPoll(keys, source, all(n % 3))));
  };
  const erase = async () => {
    for (const { id } of rows) {
      const begin = performance.now();
      await eraseAuthor(db, id);
      times.push(performance.now() - begin);
    }
    erasing = false;
  };
  await Promise.all([poll(), erase()]);
  await saved(db, keys, source, all(0));
  await saved(db, keys, source, all(7));
  expect(await count(sql`select count(*)::int as n from mention_texts where author_name like 'Schrijver%'`)).toBe(0);
  expect(
    await count(sql`select count(*)::int as n from mentions where external_id like '%-%' and namespace = 'g4'`),
  ).toBe(0);
  times.sort((a, b) => a - b);
  expect(times[Math.floor(times.length * 0.95)]).toBeLessThan(5_000);
  expect(await brokenPromises(db)).toEqual([]);
}, 120_000);
