import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { seedCircle } from '#test/seed-inside.ts';
import { refreshSearchWords, usedAmong, wordsStarting } from './search-words.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

let ref = 0;
async function said(words: string, circle = 1): Promise<void> {
  ref += 1;
  await sql`insert into search_documents (kind, ref, thread_id, circle_id, sort_at, type, words, version)
    values (1, ${ref}, ${ref}, ${circle}, now(), 'article', ${words}::tsvector, 1)`.execute(fresh.db);
}

test('only words of what all colleagues may read count, and only what stands in several places', async () => {
  const closed = await seedCircle(fresh.db, 'Bestuur');
  for (let n = 0; n < 3; n += 1) {
    await said(`'brug':1 'lang:nl' '~brug' '2026':2`);
    await said(`'bruggen':1`, 2);
    await said(`'brugdicht':1`, closed);
  }
  await said(`'brug':1`);
  await said(`'brugwachter':1`);
  await said(`'brugwachter':1`);
  expect(await refreshSearchWords(fresh.db)).toBe(2);
  expect(await wordsStarting(fresh.db, 'br', 10)).toEqual(['brug', 'bruggen']);
  expect(await usedAmong(fresh.db, ['brug', 'brugwachter', 'brugdicht'])).toEqual(new Map([['brug', 4]]));
});

test('what was wiped is gone when the words are counted anew', async () => {
  await sql`delete from search_documents where circle_id = 2`.execute(fresh.db);
  await refreshSearchWords(fresh.db);
  expect(await wordsStarting(fresh.db, 'br', 10)).toEqual(['brug']);
});

test('a count that began before something was wiped does not bring its words back', async () => {
  const { db } = fresh;
  for (let n = 0; n < 3; n += 1) await said(`'zwartkopgroet':1`);
  const waiting = async () =>
    (
      await sql`select from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`.execute(
        db,
      )
    ).rows.length;
  let counts: Promise<unknown> = Promise.resolve();
  await db.transaction().execute(async (trx) => {
    await sql`lock table search_words in share mode`.execute(trx);
    const before = refreshSearchWords(db);
    await expect.poll(waiting, { timeout: 10_000, interval: 10 }).toBe(1);
    await sql`delete from search_documents where words @@ 'zwartkopgroet'::tsquery`.execute(db);
    const after = refreshSearchWords(db);
    await expect.poll(waiting, { timeout: 10_000, interval: 10 }).toBe(2);
    counts = Promise.all([before, after]);
  });
  await counts;
  expect(await wordsStarting(db, 'zwart', 10)).toEqual([]);
});

test('a beginning is taken as it is written', async () => {
  expect(await wordsStarting(fresh.db, 'b%', 10)).toEqual([]);
  expect(await wordsStarting(fresh.db, "b'", 10)).toEqual([]);
});
