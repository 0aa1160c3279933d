import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPerson } from '#storage/accounts.ts';
import { everyoneCircle } from '#storage/schema.ts';
import { settleEnded } from '#storage/settle-person.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedInsideThread, seedReply } from '#test/seed-inside.ts';
import { begin } from '#test/talk.ts';

let api: TestApp;
beforeAll(async () => {
  api = await testApp();
});
afterAll(() => api.drop());

const publicId = ({ id }: { id: number }) => api.ids.encode('person', id);
const pathOf = (person: { id: number }) => `/api/people/${publicId(person)}/relations`;
const set = (person: { id: number }, ...relations: [string, string, string?][]) =>
  api.ask('PUT', pathOf(person), {
    relations: relations.map(([kind, since, until = null]) => ({ kind, since, until })),
  });

describe('relations', () => {
  test('are several at once, by first day; a role counts only for who works here', async () => {
    const person = await seedPerson(api.db, { role: 'communication' });
    const { status, json } = await set(person, ['customer', '2020-01-01'], ['expert', '2019-01-01', '2020-01-01']);
    expect(status).toBe(200);
    expect(json).toEqual({
      relations: [
        { kind: 'expert', since: '2019-01-01', until: '2020-01-01' },
        { kind: 'customer', since: '2020-01-01', until: null },
      ],
      colleague: false,
      role: 'communication',
      roleCounts: false,
    });
    expect((await api.ask('GET', pathOf(person))).json).toEqual(json);
    expect((await api.as(person)('GET', '/api/desk')).status).toBe(404);
    await set(person, ['customer', '2020-01-01'], ['freelancer', '2020-01-01']);
    expect((await api.as(person)('GET', '/api/desk')).status).toBe(200);
  });

  test('of one kind share no day, and end no earlier than they begin', async () => {
    const person = await seedPerson(api.db);
    const overlapping: [string, string, string?][][] = [
      [
        ['employee', '2020-01-01'],
        ['employee', '2021-01-01'],
      ],
      [
        ['employee', '2021-01-01', '2022-01-01'],
        ['employee', '2020-01-01', '2021-01-01'],
      ],
      [['employee', '2020-01-02', '2020-01-01']],
      [['employee', '1020-01-02']],
      [],
    ];
    for (const relations of overlapping) expect((await set(person, ...relations)).status).toBe(400);
    expect((await set(person, ['employee', '2020-01-01', '2020-12-31'], ['employee', '2021-01-01'])).status).toBe(200);
  });

  test('what somebody held at the desk is free when they stop working here', async () => {
    const person = await seedPerson(api.db, { role: 'communication' });
    const { rows } = await sql<{ id: number }>`
      insert into threads (born) values ('outside') returning id`.execute(api.db);
    await sql`insert into cases (thread_id, state, waiting_since, holder_id, taken_at)
      values (${rows[0]!.id}, 'taken', now(), ${person.id}, now())`.execute(api.db);
    await set(person, ['employee', '2020-01-01', '2021-01-01']);
    const held = await sql`select from cases where holder_id = ${person.id}`.execute(api.db);
    expect(held.rows).toEqual([]);
  });

  test('whose last day went by holds nothing at the desk any more; who stays keeps it', async () => {
    const [left, stays] = [
      await seedPerson(api.db, { role: 'communication' }),
      await seedPerson(api.db, { role: 'communication' }),
    ];
    for (const { id } of [left, stays])
      await sql`with thread as (insert into threads (born) values ('outside') returning id)
        insert into cases (thread_id, state, waiting_since, holder_id, taken_at)
        select id, 'taken', now(), ${id}, now() from thread`.execute(api.db);
    await sql`update relations set since = today() - 9, until = today() - 1 where person_id = ${left.id}`.execute(
      api.db,
    );
    expect(await settleEnded(api.db)).toBe(1);
    const held = await sql<{ id: number }>`select holder_id as id from cases where holder_id is not null`.execute(
      api.db,
    );
    expect(held.rows).toEqual([{ id: stays.id }]);
  });

  test('the last administrator stays a colleague on every day to come', async () => {
    const fresh = await testApp();
    const make = async (email: string) =>
      (await createPerson(fresh.db, { name: email, email, role: 'administrator', passwordHash: 'hash' }))!;
    const [one, other] = [await make('a@stad.example'), await make('b@stad.example')];
    const end = async (id: number, until: string | null) => {
      const relations = [{ kind: 'employee', since: '2020-01-01', until }];
      const path = `/api/people/${fresh.ids.encode('person', id)}/relations`;
      const { status, json } = await fresh.ask('PUT', path, { relations });
      return status === 200 ? 'changed' : json.code;
    };
    expect(await end(one, '2090-01-01')).toBe('changed');
    expect(await end(other, '2095-01-01')).toBe('last_administrator');
    expect(await end(other, '2020-02-01')).toBe('last_administrator');
    expect(await end(one, null)).toBe('changed');
    expect(await end(other, '2020-02-01')).toBe('changed');
    const leaving = await fresh.ask('POST', `/api/people/${fresh.ids.encode('person', one)}/off-board`, {});
    expect(leaving.json.code).toBe('last_administrator');
    await fresh.drop();
  });
});

test('badges stand beside a name wherever somebody spoke; an employee and nothing else has none', async () => {
  const [plain, writer] = [await seedPerson(api.db), await seedPerson(api.db, { name: 'Noor' })];
  await set(writer, ['freelancer', '2020-01-01'], ['customer', '2019-01-01', '2019-12-31'], ['expert', '2021-01-01']);
  const threadId = await seedInsideThread(api.db, { personId: plain.id, at: '2026-11-20T09:00:00Z' });
  await seedReply(api.db, { threadId, personId: writer.id, at: '2026-11-20T10:00:00Z', circleId: everyoneCircle });
  const badges = [
    { kind: 'freelancer', former: false },
    { kind: 'expert', former: false },
    { kind: 'customer', former: true },
  ];
  const { json } = await api.ask('GET', `/api/threads/${api.ids.encode('thread', threadId)}`);
  expect(json.replies.at(-1).person).toEqual({ id: publicId(writer), name: 'Noor', guest: false, badges });
  expect(json.starter).toEqual({ id: publicId(plain), name: plain.name, guest: false, badges: [] });
  const row = (await api.ask('GET', '/api/stream')).json.threads.find(({ id }: { id: string }) => id === json.id);
  expect(row.replies.last.person.badges).toEqual(badges);
  // Who left is an alumnus, which says what they were.
  await set(writer, ['employee', '2020-01-01', '2021-01-01'], ['alumnus', '2021-01-02']);
  const after = (await api.ask('GET', `/api/threads/${api.ids.encode('thread', threadId)}`)).json;
  expect(after.replies.at(-1).person).toMatchObject({ guest: true, badges: [{ kind: 'alumnus', former: false }] });
});

describe('names', () => {
  let [member, guest, stranger]: (SeededPerson | null)[] = [null, null, null];
  let circleId = 0;
  beforeAll(async () => {
    member = await seedPerson(api.db, { name: 'Zeger Lid' });
    guest = await seedPerson(api.db, { name: 'Zeger Gast', relation: 'customer' });
    stranger = await seedPerson(api.db, { name: 'Zeger Buiten' });
    const { rows } = await sql<{ id: number }>`
      insert into circles (kind, name) values ('closed', 'Stil') returning id`.execute(api.db);
    circleId = rows[0]!.id;
    await sql`insert into memberships (circle_id, person_id, until) values (${circleId}, ${member.id}, null),
      (${circleId}, ${guest.id}, '2999-01-01')`.execute(api.db);
  });
  const names = async (person: SeededPerson, query: string) => {
    const { status, json } = await api.as(person)('GET', `/api/people/names?q=zeger${query}`);
    return status === 200 ? json.people.map(({ name }: { name: string }) => name) : `${status} ${JSON.stringify(json)}`;
  };

  test('in a circle are of who would see it, for who may know them; elsewhere of who works here', async () => {
    const circle = `&circle=${api.ids.encode('circle', circleId)}`;
    expect(await names(member!, circle)).toEqual(['Zeger Gast', 'Zeger Lid']);
    expect(await names(stranger!, '')).toEqual(['Zeger Buiten', 'Zeger Lid']);
    expect(await names(stranger!, circle)).toBe(await names(stranger!, `&circle=${api.ids.encode('circle', 999_999)}`));
    expect(await names(guest!, circle)).toMatch(/^40[34]/);
  });

  test('naming who does not see the circle is refused as if they never were', async () => {
    const say = (id: string) =>
      begin(api, member!, { title: 'Dag', text: '\uFFFC', references: [{ kind: 'person', id }] });
    const refused = await say(publicId(guest!));
    const never = await say(publicId({ id: 999_999 }));
    expect(refused.status).toBe(400);
    expect(refused.text).toBe(never.text);
    expect((await say(publicId(stranger!))).status).toBe(201);
    const { rows } = await sql`select from attention where person_id = ${guest!.id}`.execute(api.db);
    expect(rows).toEqual([]);
  });
});
