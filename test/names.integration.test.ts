import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './api-app.ts';
import { beginIn, numberOf, openCircle } from './circles.ts';
import { type SeededPerson, seedPerson } from './people.ts';

let app: TestApp;
let host: SeededPerson;
let writer: SeededPerson;
let guest: SeededPerson;

beforeAll(async () => {
  app = await testApp();
  host = await seedPerson(app.db, { name: 'Zoë van den Berg' });
  writer = await seedPerson(app.db, { name: 'Bram Smit' });
  await seedPerson(app.db, { name: 'Carla Onbekend' });
  guest = await seedPerson(app.db, { name: 'Gast', relation: 'expert' });
  const silent = await seedPerson(app.db, { name: 'Stille Lezer' });
  const opened = await openCircle(app, { hosts: [host], deputies: [writer], members: [silent] });
  await beginIn(app, writer, opened.json.id);
  const [far, farther, farWriter] = [
    await seedPerson(app.db, { name: 'Verre Gastheer' }),
    await seedPerson(app.db),
    await seedPerson(app.db, { name: 'Verre Schrijver' }),
  ];
  const elsewhere = await openCircle(app, { hosts: [far], deputies: [farther], members: [farWriter] });
  await beginIn(app, farWriter, elsewhere.json.id);
  await sql`insert into memberships (circle_id, person_id, until)
    values (${numberOf(app, opened)}, ${guest.id}, '2999-01-01')`.execute(app.db);
});
afterAll(() => app.drop());

const rename = (person: SeededPerson, name: string) => app.as(person)('PATCH', '/api/me', { name });

test('nobody from outside takes a name that reads as a host or as who wrote where they read', async () => {
  for (const name of ['Zoë van den Berg', 'ZOE  VAN DEN BERG', 'Zoe vandenberg', 'Zоë van den Berg', 'bram smit']) {
    const { status, json } = await rename(guest, name);
    expect([name, status, json.code]).toEqual([name, 409, 'name_taken']);
  }
  expect((await app.as(guest)('GET', '/api/me')).json.name).toBe('Gast');
});

test('a name says nothing of who a guest cannot know', async () => {
  for (const name of ['Carla Onbekend', 'Stille Lezer', 'Verre Gastheer', 'Verre Schrijver', 'Niemand Zo'])
    expect([name, (await rename(guest, name)).status]).toEqual([name, 200]);
});

test('colleagues may share a name, and every new name is written down with the one before', async () => {
  expect((await rename(writer, 'Zoë van den Berg')).status).toBe(200);
  expect((await rename(writer, 'Zoë van den Berg')).status).toBe(200);
  await app.ask('PATCH', `/api/people/${app.ids.encode('person', writer.id)}`, { name: 'Bram Smit' });
  const { json } = await app.ask(
    'GET',
    `/api/audit?action=person.renamed&person=${app.ids.encode('person', writer.id)}`,
  );
  expect(json.lines.map(({ detail }: { detail: object }) => detail)).toEqual([
    { from: 'Zoë van den Berg', to: 'Bram Smit' },
    { from: 'Bram Smit', to: 'Zoë van den Berg' },
  ]);
});
