import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordChanges } from '#storage/changes.ts';
import { type TestApp, testApp } from './api-app.ts';
import { aFrame, numberOf, openCircle } from './circles.ts';
import { readEvents } from './events.ts';
import { personHeader, type SeededPerson, seedPerson } from './people.ts';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.drop());

type Heard = { threads: string[]; newThreads: number; sources: string[]; circles: string[]; attention: boolean };

test('what changes of a circle is heard by who sees it, and who is in it by who sees that', async () => {
  const [host, deputy, stranger, joining, added] = await Promise.all(
    Array.from({ length: 5 }, () => seedPerson(app.db)),
  );
  const past = await seedPerson(app.db);
  const guest = await seedPerson(app.db, { relation: 'customer' });
  const keepers = { hosts: [host!], deputies: [deputy!] };
  const frame = { ...aFrame, afterEnd: 'read' };
  const opened = await openCircle(app, { ...keepers, frame, members: [past] });
  const closed = numberOf(app, opened);
  const internal = numberOf(app, await openCircle(app, { ...keepers, kind: 'internal' }));
  await sql`update memberships set until = today() - 1 where circle_id = ${closed} and person_id = ${past.id}`.execute(
    app.db,
  );
  await sql`insert into memberships (circle_id, person_id, until) values (${closed}, ${guest.id}, today() + 9)`.execute(
    app.db,
  );
  // Everybody sees it: hearing of it, they have heard all of before.
  const { rows } = await sql<{
    id: number;
  }>`insert into circles (kind, name) values ('public', 'Plein') returning id`.execute(app.db);
  const square = rows[0]!.id;
  const listening = { deputy: deputy!, guest, past, stranger: stranger! };
  const streams = await Promise.all(
    Object.entries(listening).map(async ([name, person]) => ({ name, events: await listen(person) })),
  );
  const circle = (id: number) => app.ids.encode('circle', id);
  const person = ({ id }: SeededPerson) => app.ids.encode('person', id);
  /** Who hears of a circle when this is done; who does not hears nothing else of it either. */
  const hears = async (id: number, by: SeededPerson, method: string, path: string, body: object) => {
    const answer = await app.as(by)(method, `/api/circles/${circle(id)}/${path}`, body);
    expect([path, answer.status, answer.text]).toEqual([path, expect.toSatisfy((one) => one < 300), answer.text]);
    await app.db.transaction().execute((trx) => recordChanges(trx, { circles: [square] }));
    const heard = streams.map(async ({ name, events }) => {
      const frames: Heard[] = [];
      do frames.push((await events.next())!.data as Heard);
      while (!frames.at(-1)!.circles.includes(circle(square)));
      const told = frames.flatMap(({ circles }) => circles).filter((one) => one !== circle(square));
      if (told.length === 0)
        expect([name, frames]).toEqual([
          name,
          [{ threads: [], newThreads: 0, sources: [], circles: [circle(square)], attention: false }],
        ]);
      return told.includes(circle(id)) ? [name] : [];
    });
    return (await Promise.all(heard)).flat();
  };
  const words = { ...frame, question: 'Anders?', after: 1 };
  expect(await hears(closed, host!, 'PUT', 'frame', words)).toEqual(['deputy', 'guest', 'past']);
  expect(await hears(closed, host!, 'PUT', 'state', { after: 0, text: 'Zo staat het.' })).toEqual([
    'deputy',
    'guest',
    'past',
  ]);
  expect(await hears(closed, host!, 'POST', 'members', { people: [person(added!)] })).toEqual(['deputy']);
  const role = { role: 'deputy' };
  expect(await hears(closed, host!, 'PATCH', `members/${person(added!)}`, role)).toEqual(['deputy', 'guest', 'past']);
  expect(await hears(internal, joining!, 'POST', 'join', {})).toEqual(['deputy', 'past', 'stranger']);
  expect(await hears(internal, joining!, 'POST', 'leave', {})).toEqual(['deputy', 'past', 'stranger']);
  await Promise.all(streams.map(({ events }) => events.stop()));
});

async function listen({ id }: SeededPerson) {
  const live = await app.app.request('http://localhost/api/live', { headers: { [personHeader]: String(id) } });
  const events = readEvents(live.body!);
  await events.lastId();
  return events;
}
