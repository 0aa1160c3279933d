import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '#platform/log.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys, type Keys } from '#storage/keys.ts';
import { addedSource, aMention } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { aPoll, aRecord, brokenPromises, leased } from '#test/saving.ts';
import { createSaver, inParts } from './saver.ts';

let database: FreshDatabase;
let keys: Keys;
beforeAll(async () => {
  database = await freshDatabase();
  keys = createKeys(await installationSecret(database.db));
});
afterAll(() => database.drop());

const saver = () => createSaver({ db: database.db, keys, log: createLog('silent') });
const countOf = async (source: number) =>
  (await sql<{ n: number }>`select count(*)::int as n from mentions where source_id = ${source}`.execute(database.db))
    .rows[0]!.n;
const cursorOf = async (source: number) =>
  (await sql<{ cursor: string | null }>`select cursor from sources where id = ${source}`.execute(database.db)).rows[0]!
    .cursor;
const many = (source: number, count: number) =>
  Array.from({ length: count }, () => aMention({ namespace: `feed:${source}` }));

test('a mention that cannot be stored costs itself, not its neighbours', async () => {
  const [one, two] = [await addedSource(database.db), await addedSource(database.db)];
  const broken = aMention({ namespace: `feed:${one}`, publishedAt: new Date(Number.NaN) });
  const endless = aMention({ namespace: `feed:${one}`, rating: { value: 1e300, best: 5 } });
  const polls = await leased(
    database.db,
    aPoll(keys, one, [...many(one, 20), broken, endless, ...many(one, 20)], { record: aRecord({ cursor: 'moved' }) }),
    aPoll(keys, two, many(two, 20), { record: aRecord({ cursor: 'moved' }) }),
  );
  const saving = saver();
  for (const poll of polls) await saving.add({ kind: 'save', poll });
  await saving.finish();
  expect([await countOf(one), await countOf(two)]).toEqual([40, 20]);
  expect([await cursorOf(one), await cursorOf(two)]).toEqual(['moved', 'moved']);
  expect(await brokenPromises(database.db)).toEqual([]);
});

test('a poll of more than five hundred is cut, and only its last part moves the cursor', async () => {
  const source = await addedSource(database.db);
  const [poll] = await leased(
    database.db,
    aPoll(keys, source, many(source, 1_200), { record: aRecord({ cursor: 'end' }) }),
  );
  const parts = inParts(poll!);
  expect(parts.map((part) => [part.arrivals.length, part.record?.cursor ?? null])).toEqual([
    [500, null],
    [500, null],
    [200, 'end'],
  ]);
  const saving = saver();
  await saving.add({ kind: 'save', poll: poll! });
  await saving.finish();
  expect(await countOf(source)).toBe(1_200);
  expect(await cursorOf(source)).toBe('end');
});
