import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFetchAllow } from '#platform/address.ts';
import { removeSource } from '#storage/sources.ts';
import { freshDatabase } from '#test/database.ts';
import { addOutlets, findOutlets, moveOutlets } from './sources.ts';
import { outlets } from './world/outlets.ts';

const [from, to] = ['http://127.0.0.1:4701', 'http://127.0.0.1:4702'];
const allow = parseFetchAllow('127.0.0.1:4701, 127.0.0.1:4702');
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('the outlets are added once; a removed one stays removed; all follow the world to another port', async () => {
  const { db } = database;
  const ids = await addOutlets(db, outlets, from, allow);
  expect(await addOutlets(db, outlets, from, allow)).toEqual(ids);
  await removeSource(db, ids.get('tegenwind')!, { mentions: false });
  ids.delete('tegenwind');
  expect(await findOutlets(db, outlets, from, allow)).toEqual(ids);

  await moveOutlets(db, outlets, from, to, allow);
  expect((await findOutlets(db, outlets, from, allow)).size).toBe(0);
  expect(await findOutlets(db, outlets, to, allow)).toEqual(ids);
  const rows = await db
    .selectFrom('sources')
    .innerJoin('source_polls', 'source_id', 'id')
    .select(['settings', 'place', 'host_key', 'kind'])
    .where('state', '<>', 'removed')
    .execute();
  expect(rows).toHaveLength(outlets.length - 1);
  for (const { settings, place, host_key } of rows) {
    expect(JSON.stringify(settings)).toContain('4702');
    expect(place).not.toContain('4701');
    expect(host_key).toBeNull();
  }
});
