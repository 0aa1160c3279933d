import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { audit } from '#storage/audit-log.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';

let api: TestApp;
let somebody: SeededPerson;
beforeAll(async () => {
  api = await testApp();
  somebody = await seedPerson(api.db, { name: 'Ilse' });
});
afterAll(() => api.drop());

const path = () => `/api/people/${api.ids.encode('person', somebody.id)}`;
const actions = async (query = '') =>
  (await api.ask('GET', `/api/audit${query}`)).json.lines.map(({ action }: { action: string }) => action);

test('what is done to somebody’s access is written down, newest first', async () => {
  await api.ask('PATCH', path(), { role: 'manager' });
  await api.ask('PUT', `${path()}/relations`, {
    relations: [{ kind: 'freelancer', since: '2024-01-01', until: null }],
  });
  await api.ask('PATCH', path(), { active: false });
  await api.ask('PATCH', path(), { active: true, name: 'Ilse B.' });
  const { lines } = (await api.ask('GET', '/api/audit')).json;
  expect(lines.map(({ action }: { action: string }) => action)).toEqual([
    'person.activated',
    'person.renamed',
    'person.deactivated',
    'relation.changed',
    'person.role',
  ]);
  expect(lines[4]).toMatchObject({
    by: { name: api.colleague.name },
    subject: { name: 'Ilse B.', badges: [{ kind: 'freelancer', former: false }] },
    circle: null,
    detail: { from: 'employee', to: 'manager' },
  });
});

test('is found by word, by person, by circle and by day, page by page', async () => {
  const other = await seedPerson(api.db);
  const { rows } = await sql<{
    id: number;
  }>`insert into circles (kind, name) values ('closed', 'Stil') returning id`.execute(api.db);
  const circleId = rows[0]!.id;
  for (const action of ['member.added', 'member.left', 'members.other'])
    await audit(api.db, { personId: other.id, action, circleId, subjectId: somebody.id });
  expect(await actions('?action=member')).toEqual(['member.left', 'member.added']);
  expect(await actions('?action=member.added')).toEqual(['member.added']);
  expect(await actions(`?person=${api.ids.encode('person', other.id)}`)).toHaveLength(3);
  expect(await actions(`?circle=${api.ids.encode('circle', circleId)}`)).toHaveLength(3);
  expect(await actions(`?circle=${api.ids.encode('circle', 999_999)}`)).toEqual([]);
  expect(await actions('?to=2020-01-01')).toEqual([]);
  expect(await actions('?from=2020-01-01&to=2099-12-31')).toHaveLength(8);
  const first = (await api.ask('GET', '/api/audit?limit=4')).json;
  const second = (await api.ask('GET', `/api/audit?limit=4&cursor=${first.cursor}`)).json;
  expect([first.lines.length, second.lines.length, second.cursor]).toEqual([4, 4, null]);
  expect((await api.ask('GET', `/api/audit?action=person&cursor=${first.cursor}`)).status).toBe(400);
});

test('nothing in it can be changed or taken away, whatever asks for it', async () => {
  for (const statement of ["update audit_log set action = 'x'", 'delete from audit_log', 'truncate audit_log'])
    await expect(sql.raw(statement).execute(api.db)).rejects.toThrow('append-only');
  expect(await actions()).not.toHaveLength(0);
});

test('is for administrators', async () => {
  for (const role of ['employee', 'communication', 'manager'] as const) {
    const asked = await api.as(await seedPerson(api.db, { role }))('GET', '/api/audit');
    expect(asked.status).toBe(403);
  }
});
