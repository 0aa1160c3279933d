import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { seedPerson } from '#test/people.ts';
import { seedCircle } from '#test/seed-inside.ts';
import { hasHostBeside, isKeptUntil } from './memberships.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

test('a host from outside looks after nothing that the last host from inside leaves', async () => {
  const circleId = await seedCircle(fresh.db, 'Wandelpaden');
  const joris = await seedPerson(fresh.db, { name: 'Joris' });
  const sanne = await seedPerson(fresh.db, { name: 'Sanne' });
  const guest = await seedPerson(fresh.db, { relation: 'expert' });
  const enter = async ({ id }: { id: number }) =>
    await sql`insert into memberships (circle_id, person_id, role, until)
      values (${circleId}, ${id}, 'host', '2999-01-01')`.execute(fresh.db);
  const lasts = () => fresh.db.transaction().execute((trx) => isKeptUntil(trx, circleId, '2998-01-01'));
  const isKept = () => fresh.db.transaction().execute((trx) => hasHostBeside(trx, circleId, joris.id));
  await enter(guest);
  expect(await lasts()).toBe(false);
  await enter(joris);
  expect([await isKept(), await lasts()]).toEqual([false, true]);
  await enter(sanne);
  expect(await isKept()).toBe(true);
});
