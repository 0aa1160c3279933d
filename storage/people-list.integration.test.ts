import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedCircle } from '#test/seed-inside.ts';
import { addressedAmong, findNames, readPersonRow } from './people-list.ts';
import { deskCircle } from './schema.ts';

let fresh: FreshDatabase;
let member: SeededPerson;
let guest: SeededPerson;
let other: SeededPerson;
let desk: SeededPerson;
let closed: number;
beforeAll(async () => {
  fresh = await freshDatabase();
  member = await seedPerson(fresh.db, { name: 'Lid Dekker' });
  // Somebody who left: a role says nothing of who does not work here.
  guest = await seedPerson(fresh.db, { name: 'Gast Dekker', relation: 'alumnus', role: 'communication' });
  other = await seedPerson(fresh.db, { name: 'Ander Dekker' });
  desk = await seedPerson(fresh.db, { name: 'Balie Dekker', role: 'communication' });
  closed = await seedCircle(fresh.db, 'Bestuur');
  await sql`insert into memberships (circle_id, person_id, until)
    values (${closed}, ${member.id}, null), (${closed}, ${guest.id}, '2999-01-01')`.execute(fresh.db);
});
afterAll(() => fresh.drop());

const named = async (asked: Partial<Parameters<typeof findNames>[1]> = {}) =>
  (await findNames(fresh.db, { query: 'dekker', ...asked })).map(({ name }) => name.split(' ')[0]);

test('who can be named works here or, in a circle, would see what is said there', async () => {
  expect(await named()).toEqual(['Ander', 'Balie', 'Lid']);
  expect(await named({ circleId: closed })).toEqual(['Gast', 'Lid']);
  expect(await named({ circleId: deskCircle })).toEqual(['Balie']);
  expect(await named({ roles: ['communication'] })).toEqual(['Balie']);
  expect(await named({ circleId: closed, roles: ['communication'] })).toEqual([]);
});

test('of people, those count as named in a circle who would see it', async () => {
  const all = [member, guest, other, desk].map(({ id }) => id);
  expect([...(await addressedAmong(fresh.db, closed, all))].sort()).toEqual([member.id, guest.id].sort());
  expect([...(await addressedAmong(fresh.db, deskCircle, all))]).toEqual([desk.id]);
});

test('a row of the list says who works here', async () => {
  expect(await readPersonRow(fresh.db, member.id)).toMatchObject({ colleague: true });
  expect(await readPersonRow(fresh.db, guest.id)).toMatchObject({ colleague: false });
});
