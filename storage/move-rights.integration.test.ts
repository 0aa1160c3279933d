import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';
import { seedCircle, seedInsideThread, seedReply } from '#test/seed-inside.ts';
import { applyTo } from './move-apply.ts';
import { readMoveFacts } from './move-rights.ts';
import { holdMove } from './move-writes.ts';
import { readMove } from './moves.ts';
import { deskCircle, everyoneCircle, outsideCircle } from './schema.ts';

/** What the queries of a move keep back by themselves, whatever the door in front of them remembers of somebody. */
let fresh: FreshDatabase;
let sanne: SeededPerson;
let joris: SeededPerson;
let closed: number;
const at = '2026-11-10T10:00:00Z';
beforeAll(async () => {
  fresh = await freshDatabase();
  sanne = await seedPerson(fresh.db, { name: 'Sanne' });
  joris = await seedPerson(fresh.db, { name: 'Joris' });
  closed = await seedCircle(fresh.db, 'Bestuur');
  await sql`insert into memberships (circle_id, person_id, role) values (${closed}, ${joris.id}, 'host')`.execute(
    fresh.db,
  );
});
afterAll(() => fresh.drop());

const facts = ({ id }: SeededPerson, threadId: number, fromId: number, toId: number) =>
  readMoveFacts(fresh.db, { personId: id, threadId, fromId, toId });

test('a move from or to a circle that its mover does not see is of nothing', async () => {
  const inside = await seedInsideThread(fresh.db, { personId: joris.id, at, circleId: closed });
  expect(await facts(joris, inside, closed, everyoneCircle)).toMatchObject({ keeps: true, writes: true });
  expect(await facts(sanne, inside, closed, everyoneCircle)).toBeNull();
  const open = await seedInsideThread(fresh.db, { personId: sanne.id, at });
  expect(await facts(joris, open, everyoneCircle, closed)).not.toBeNull();
  expect(await facts(sanne, open, everyoneCircle, closed)).toBeNull();
  // The desk is no circle of members: everybody has a row for it, which says that they may do nothing.
  expect(await facts(sanne, open, everyoneCircle, deskCircle)).toBeNull();
});

test('whoever does not read the outside of a story at home is told so; a guest knows nobody where it would go', async () => {
  const { threadId } = await seedMention(fresh.db);
  await seedReply(fresh.db, { threadId, personId: joris.id, at });
  expect(await facts(joris, threadId, everyoneCircle, closed)).toMatchObject({ homeUnseen: false, knowsPeople: true });
  await sql`update placements set circle_id = ${deskCircle}, home = true
    where thread_id = ${threadId} and circle_id = ${outsideCircle}`.execute(fresh.db);
  expect(await facts(joris, threadId, everyoneCircle, closed)).toMatchObject({ homeUnseen: true });
  const guest = await seedPerson(fresh.db, { relation: 'expert' });
  const other = await seedCircle(fresh.db, 'Werkgroep');
  for (const circleId of [closed, other])
    await sql`insert into memberships (circle_id, person_id, until) values (${circleId}, ${guest.id}, '2999-01-01')`.execute(
      fresh.db,
    );
  const inside = await seedInsideThread(fresh.db, { personId: guest.id, at, circleId: closed });
  expect(await facts(guest, inside, closed, other)).toMatchObject({ writes: true, knowsPeople: false });
});

test('a move is told where its reader reads the circle it leaves, and the conversation still', async () => {
  const threadId = await seedInsideThread(fresh.db, { personId: sanne.id, at, circleId: closed });
  const { rows } = await sql<{ id: number }>`
    insert into thread_moves (thread_id, from_circle_id, to_circle_id, made_by, wider)
    values (${threadId}, ${closed}, ${everyoneCircle}, ${sanne.id}, true) returning id`.execute(fresh.db);
  const told = async (...circles: number[]) =>
    (await readMove(fresh.db, { personId: sanne.id, circles }, rows[0]!.id)) !== null;
  expect(await told(closed)).toBe(true);
  await seedReply(fresh.db, { threadId, personId: joris.id, at });
  expect(await told(everyoneCircle)).toBe(false);
  await sql`delete from placements where thread_id = ${threadId} and circle_id = ${closed}`.execute(fresh.db);
  expect([await told(closed), await told(closed, everyoneCircle)]).toEqual([false, true]);
});

test('who follows a conversation follows it where it goes, if they read there', async () => {
  const threadId = await seedInsideThread(fresh.db, { personId: joris.id, at });
  const desk = await seedPerson(fresh.db, { role: 'communication' });
  for (const { id } of [sanne, desk])
    await sql`insert into attention (person_id, thread_id, circle_id, follows)
      values (${id}, ${threadId}, ${everyoneCircle}, true)`.execute(fresh.db);
  const { rows } = await sql<{ id: number }>`
    insert into thread_moves (thread_id, from_circle_id, to_circle_id, made_by, wider)
    values (${threadId}, ${everyoneCircle}, ${deskCircle}, ${joris.id}, false) returning id`.execute(fresh.db);
  const { rows: replies } = await sql<{ id: number; personId: number }>`
    select id, person_id as "personId" from replies where thread_id = ${threadId}`.execute(fresh.db);
  await fresh.db.transaction().execute(async (trx) => {
    await applyTo(trx, await holdMove(trx, rows[0]!.id), replies, { inward: true });
  });
  const { rows: followers } = await sql<{ id: number }>`select person_id as id from attention
    where thread_id = ${threadId} and circle_id = ${deskCircle} and follows`.execute(fresh.db);
  expect(followers).toEqual([{ id: desk.id }]);
});
