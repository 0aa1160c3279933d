import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { type SearchWorld, searchWorld } from '#test/search-world.ts';
import { changeOwn } from './people-list.ts';
import { changeWords, withdraw } from './reply-writes.ts';
import { everyoneCircle } from './schema.ts';

let fresh: FreshDatabase;
let world: SearchWorld;
beforeAll(async () => {
  fresh = await freshDatabase();
  world = await searchWorld(fresh.db);
});
afterAll(() => fresh.drop());

const found = async (word: string): Promise<number> => {
  const { rows } = await sql`select from search_documents where words @@ ${`'${word}'`}::tsquery`.execute(fresh.db);
  return rows.length;
};
const somebodyWaits = async (): Promise<boolean> => {
  const { rows } = await sql`select from pg_locks where not granted`.execute(fresh.db);
  return rows.length > 0;
};

test('words withdrawn while their writer gets another name stay out of search', async () => {
  const [mention] = await world.mentions([{ text: 'Over de brug.' }]);
  const reply = await world.reply(await world.threadOf(mention!), everyoneCircle, 'Geheimzinnig geantwoord.');
  expect(await found('geheimzinnig')).toBe(1);
  let renamed: Promise<void> | undefined;
  await fresh.db.transaction().execute(async (trx) => {
    await withdraw(trx, reply);
    renamed = fresh.db.transaction().execute((other) => changeOwn(other, world.person.id, { name: 'Nieuwe Naam' }));
    await vi.waitUntil(somebodyWaits, { timeout: 10_000 });
  });
  await renamed;
  expect(await found('geheimzinnig')).toBe(0);
});

test('words edited while their writer gets another name are found as they are now', async () => {
  const [mention] = await world.mentions([{ text: 'Over de sluis.' }]);
  const reply = await world.reply(await world.threadOf(mention!), everyoneCircle, 'Eerst ditte geschreven.');
  const { personId } = world.person.viewer;
  let edited: Promise<unknown> | undefined;
  await fresh.db.transaction().execute(async (trx) => {
    await changeOwn(trx, personId, { name: 'Andere Naam' });
    edited = changeWords(fresh.db, {
      id: reply,
      personId,
      version: 1,
      heard: { circleId: everyoneCircle, audienceVersion: 1, outsiders: 0 },
      text: 'Daarna datte geschreven.',
      references: [],
    });
    await vi.waitUntil(somebodyWaits, { timeout: 10_000 });
  });
  await edited;
  expect([await found('ditte'), await found('datte'), await found(':author:andere')]).toEqual([0, 1, 1]);
});
