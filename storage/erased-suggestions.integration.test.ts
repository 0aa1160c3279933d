import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { type SearchWorld, searchWorld } from '#test/search-world.ts';
import { keepJournal, openJournal } from './erasure-journal.ts';
import { installationName, installationSecret } from './installation.ts';
import { replayErasures } from './replay-erasures.ts';
import { eraseAuthor } from './retention.ts';
import { refreshSearchWords, wordsStarting } from './search-words.ts';

let fresh: FreshDatabase;
let world: SearchWorld;
let folder: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  world = await searchWorld(fresh.db);
  folder = await mkdtemp(join(tmpdir(), 'bw-journal-'));
});
afterAll(async () => {
  await fresh.drop();
  await rm(folder, { recursive: true });
});

test('a word that only an erased author used is suggested to nobody, nor after an older database was put back', async () => {
  const { db } = fresh;
  const journal = await openJournal(folder, installationName(await installationSecret(db)));
  keepJournal(db, journal);
  const author = { name: 'Piet Bakker', externalId: 'piet' };
  const ids = await world.mentions(
    ['een', 'twee', 'drie'].map((text) => ({ author, text: `Zwartkopgroet nummer ${text}.` })),
  );
  await refreshSearchWords(db);
  const { rows: before } = await sql`select * from search_words`.execute(db);
  expect(await wordsStarting(db, 'zwart', 5)).toEqual(['zwartkopgroet']);
  await eraseAuthor(db, ids[0]!);
  expect(await wordsStarting(db, 'zwart', 5)).toEqual([]);

  await sql`insert into search_words select * from json_populate_recordset(null::search_words, ${JSON.stringify(before)}::json)
    on conflict do nothing`.execute(db);
  await sql`delete from erasure_journals`.execute(db);
  expect(await wordsStarting(db, 'zwart', 5)).toEqual(['zwartkopgroet']);
  expect(await replayErasures(db, journal)).toBeGreaterThan(0);
  expect(await wordsStarting(db, 'zwart', 5)).toEqual([]);
  await journal.close();
});
