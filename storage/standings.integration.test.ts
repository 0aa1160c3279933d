import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { seedPerson } from '#test/people.ts';
import { activePerson } from './people.ts';
import { deskCircle, everyoneCircle, outsideCircle, type Tables } from './schema.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const circlesOf = async (personId: number) => (await activePerson(fresh.db, personId))?.circles;

async function circle(kind: 'internal' | 'closed' | 'public', afterEnd: 'read' | 'gone' = 'gone'): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into circles (kind, name, after_end) values (${kind}, 'x', ${afterEnd}) returning id`.execute(fresh.db);
  return rows[0]!.id;
}
const join = (db: Kysely<Tables>, circleId: number, personId: number, until: string | null = null) =>
  sql`insert into memberships (circle_id, person_id, until) values (${circleId}, ${personId}, ${until}::date)`.execute(
    db,
  );

test('each sees what is theirs, whoever else there is', async () => {
  const [desk, employee, guest] = [
    await seedPerson(fresh.db, { role: 'communication' }),
    await seedPerson(fresh.db),
    await seedPerson(fresh.db, { role: 'administrator', relation: 'customer' }),
  ];
  expect(await circlesOf(desk.id)).toEqual([outsideCircle, everyoneCircle, deskCircle]);
  expect(await circlesOf(employee.id)).toEqual([outsideCircle, everyoneCircle]);
  expect(await circlesOf(guest.id)).toEqual([]);
});

test('a closed circle is there for its members, and for a guest until their last day', async () => {
  const [member, guest, other] = [
    await seedPerson(fresh.db),
    await seedPerson(fresh.db, { relation: 'expert' }),
    await seedPerson(fresh.db, { role: 'administrator' }),
  ];
  const [gone, read] = [await circle('closed'), await circle('closed', 'read')];
  for (const id of [gone, read]) {
    await join(fresh.db, id, member.id);
    await join(fresh.db, id, guest.id, '2999-01-01');
  }
  expect(await circlesOf(member.id)).toEqual(expect.arrayContaining([gone, read]));
  expect(await circlesOf(guest.id)).toEqual([gone, read]);
  expect(await circlesOf(other.id)).not.toEqual(expect.arrayContaining([gone]));
  await sql`update memberships set until = today() - 1 where person_id = ${guest.id}`.execute(fresh.db);
  expect(await circlesOf(guest.id)).toEqual([read]);
  await sql`update memberships set until = null where person_id = ${guest.id}`.execute(fresh.db);
  expect(await circlesOf(guest.id)).toEqual([]);
});

test('with the last day of a relation the inside closes', async () => {
  const person = await seedPerson(fresh.db, { role: 'communication' });
  await sql`update relations set until = today() where person_id = ${person.id}`.execute(fresh.db);
  expect(await circlesOf(person.id)).toHaveLength(3);
  await sql`update relations set since = today() - 2, until = today() - 1 where person_id = ${person.id}`.execute(
    fresh.db,
  );
  expect(await circlesOf(person.id)).toEqual([]);
});
