import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayFrom } from '#domain/period.ts';
import { planLeaving } from '#storage/off-boarding.ts';
import { activePerson } from '#storage/people.ts';
import { deskCircle, everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';

let api: TestApp;
beforeAll(async () => {
  api = await testApp();
});
afterAll(() => api.drop());

const day = (away: number) => dayFrom(today, away);
let today = '';
beforeAll(async () => {
  const { rows } = await sql<{ today: string }>`select today()::text as today`.execute(api.db);
  today = rows[0]!.today;
});
const pathOf = ({ id }: { id: number }, what: string) => `/api/people/${api.ids.encode('person', id)}/${what}`;
const circlesOf = async ({ id }: { id: number }) => (await activePerson(api.db, id))?.circles;
const publicId = (circleId: number) => api.ids.encode('circle', circleId);

async function circle(name: string, members: [SeededPerson, string?][], afterEnd = 'gone'): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into circles (kind, name, after_end) values ('closed', ${name}, ${afterEnd}) returning id`.execute(api.db);
  const id = rows[0]!.id;
  for (const [{ id: personId }, role = 'member'] of members)
    await sql`insert into memberships (circle_id, person_id, role) values (${id}, ${personId}, ${role})`.execute(
      api.db,
    );
  return id;
}

/** As if so many days had gone by for one person: every day that is written of them is so much earlier. */
async function later({ id }: { id: number }, days: number): Promise<void> {
  await sql`update relations set since = since - ${days}::int, until = until - ${days}::int where person_id = ${id}`.execute(
    api.db,
  );
  await sql`update memberships set until = until - ${days}::int where person_id = ${id}`.execute(api.db);
}

describe('leaving', () => {
  test('on a day to come changes nothing before it, and after it exactly what the dry run said', async () => {
    const [leaver, host] = [await seedPerson(api.db, { role: 'communication' }), await seedPerson(api.db)];
    const kept = await circle('Oud-collega’s', [[leaver], [host, 'host']]);
    const ended = await circle('Begroting', [
      [leaver, 'host'],
      [host, 'deputy'],
    ]);
    const before = await circlesOf(leaver);
    const body = { on: day(10), agreed: [{ circle: publicId(kept), until: day(60) }], ownThreadsUntil: day(90) };
    const dry = await api.ask('POST', `${pathOf(leaver, 'off-board')}?dry=true`, body);
    expect(dry.status).toBe(200);
    const told = (dry.json.circles as { circle: { id: string }; what: string; until: string }[]).map(
      ({ circle: { id }, what, until }) => [id, what, until],
    );
    expect(told).toEqual([
      ...[outsideCircle, everyoneCircle, deskCircle].map((id) => [publicId(id), 'by-relation', day(10)]),
      [publicId(kept), 'stays', day(60)],
      [publicId(ended), 'ends', day(10)],
    ]);
    expect((await sql`select from relations where person_id = ${leaver.id}`.execute(api.db)).rows).toHaveLength(1);

    const done = await api.ask('POST', pathOf(leaver, 'off-board'), body);
    expect(done.json).toEqual({ ...dry.json, dry: false });
    expect(await circlesOf(leaver)).toEqual(before);
    await later(leaver, 10);
    expect(await circlesOf(leaver)).toEqual(before);
    await later(leaver, 1);
    expect(await circlesOf(leaver)).toEqual([kept]);
    await later(leaver, 49);
    expect(await circlesOf(leaver)).toEqual([kept]);
    await later(leaver, 1);
    expect(await circlesOf(leaver)).toEqual([]);
  });

  test('is refused where a circle would have no host, and names it; a deputy becomes host', async () => {
    const [leaver, deputy] = [await seedPerson(api.db), await seedPerson(api.db)];
    const alone = await circle('Alleen', [[leaver, 'host']]);
    const together = await circle('Samen', [
      [leaver, 'host'],
      [deputy, 'deputy'],
    ]);
    const dry = await api.ask('POST', `${pathOf(leaver, 'off-board')}?dry=true`, {});
    expect(dry.json.hostNeeded).toEqual([{ id: publicId(alone), kind: 'closed', name: 'Alleen' }]);
    const refused = await api.ask('POST', pathOf(leaver, 'off-board'), {});
    expect([refused.status, refused.json.code, refused.json.errors]).toEqual([
      409,
      'host_needed',
      [{ path: publicId(alone), message: 'Alleen' }],
    ]);
    await sql`update memberships set role = 'member' where circle_id = ${alone}`.execute(api.db);
    expect((await api.ask('POST', pathOf(leaver, 'off-board'), {})).status).toBe(200);
    const { rows } = await sql<{ role: string }>`
      select role from memberships where circle_id = ${together} and person_id = ${deputy.id}`.execute(api.db);
    expect(rows).toEqual([{ role: 'host' }]);
  });

  test('says of which circles somebody is by what they are, and of nobody who does not work here', async () => {
    const dry = async (person: SeededPerson) => await api.ask('POST', `${pathOf(person, 'off-board')}?dry=true`, {});
    const { circles } = (await dry(await seedPerson(api.db))).json;
    expect(circles.map(({ circle: { id } }: { circle: { id: string } }) => id)).toEqual(
      [outsideCircle, everyoneCircle].map(publicId),
    );
    expect((await dry(await seedPerson(api.db, { relation: 'expert' }))).json.code).toBe('not_colleague');
  });

  test('counts on no host, and names none, who does not work here', async () => {
    const [leaver, gone, deputy] = [await seedPerson(api.db), await seedPerson(api.db), await seedPerson(api.db)];
    const alone = await circle('Met wie nog komt', [
      [leaver, 'host'],
      [gone, 'deputy'],
    ]);
    // They come back before the leaver goes; today they are nobody's host.
    await sql`update relations set since = today() + 2 where person_id = ${gone.id}`.execute(api.db);
    const plan = await api.ask('POST', `${pathOf(leaver, 'off-board')}?dry=true`, { on: day(5) });
    expect(plan.json.hostNeeded).toMatchObject([{ id: publicId(alone) }]);
    await sql`insert into memberships (circle_id, person_id, role, joined_at)
      values (${alone}, ${deputy.id}, 'deputy', now() + interval '1 second')`.execute(api.db);
    expect((await api.ask('POST', pathOf(leaver, 'off-board'), { on: day(5) })).status).toBe(200);
    const { rows } = await sql<{ id: number }>`
      select person_id as id from memberships where circle_id = ${alone} and role = 'host' and person_id <> ${leaver.id}`.execute(
      api.db,
    );
    expect(rows).toEqual([{ id: deputy.id }]);
  });

  test('waits for no circle that they are not in', async () => {
    const leaver = await seedPerson(api.db);
    const elsewhere = await circle('Elders', [[await seedPerson(api.db), 'host']]);
    await api.db.transaction().execute(async (held) => {
      await sql`select from circles where id = ${elsewhere} for update`.execute(held);
      await api.db.transaction().execute(async (trx) => {
        await sql`set local lock_timeout = '2s'`.execute(trx);
        const plan = await planLeaving(trx, leaver.id, { on: day(0), agreed: [], ownThreadsUntil: null });
        expect(plan.circles).toHaveLength(2);
      });
    });
  });

  test('is refused where who hosts beside them is gone before the circle ends; the deputy who stays becomes host', async () => {
    const [leaver, brief, lasting] = [await seedPerson(api.db), await seedPerson(api.db), await seedPerson(api.db)];
    await sql`update relations set until = ${day(20)} where person_id = ${brief.id}`.execute(api.db);
    const left = await circle('Straks leeg', [
      [leaver, 'host'],
      [brief, 'deputy'],
    ]);
    const kept = await circle('Blijft', [
      [leaver, 'host'],
      [brief, 'deputy'],
      [lasting, 'deputy'],
    ]);
    await sql`update circles set ends_on = ${day(21)} where id in (${left}, ${kept})`.execute(api.db);
    const refused = await api.ask('POST', pathOf(leaver, 'off-board'), {});
    expect(refused.json).toMatchObject({ code: 'host_needed', errors: [{ path: publicId(left) }] });
    await sql`update circles set ends_on = ${day(20)} where id = ${left}`.execute(api.db);
    expect((await api.ask('POST', pathOf(leaver, 'off-board'), {})).status).toBe(200);
    const { rows } = await sql<{ id: number }>`
      select person_id as id from memberships where circle_id = ${kept} and role = 'host' and person_id <> ${leaver.id}`.execute(
      api.db,
    );
    expect(rows).toEqual([{ id: lasting.id }]);
  });

  test('on a day that is over takes what was entered since as well, as the dry run says', async () => {
    const [leaver, host] = [await seedPerson(api.db), await seedPerson(api.db)];
    await sql`update relations set since = since - 30 where person_id = ${leaver.id}`.execute(api.db);
    const since = await circle('Pas erbij', [[leaver], [host, 'host']]);
    const body = { on: day(-5), agreed: [{ circle: publicId(since), until: day(9) }] };
    const dry = await api.ask('POST', `${pathOf(leaver, 'off-board')}?dry=true`, body);
    expect(dry.json.circles).toContainEqual({
      circle: { id: publicId(since), kind: 'closed', name: 'Pas erbij' },
      what: 'stays',
      until: day(9),
      hosts: false,
      others: 1,
    });
    expect((await api.ask('POST', pathOf(leaver, 'off-board'), body)).json).toEqual({ ...dry.json, dry: false });
    expect(await circlesOf(leaver)).toEqual([since]);
  });

  test('two who host a circle together cannot leave at the same moment', async () => {
    const pair = [await seedPerson(api.db), await seedPerson(api.db)] as const;
    await circle('Van ons', [
      [pair[0], 'host'],
      [pair[1], 'host'],
    ]);
    const answers = await Promise.all(pair.map((one) => api.ask('POST', pathOf(one, 'off-board'), {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

test('who returns has again what leaving took, but not what a host took since', async () => {
  const [leaver, host] = [await seedPerson(api.db), await seedPerson(api.db)];
  const [back, taken] = [
    await circle('Terug', [[leaver], [host, 'host']]),
    await circle('Weg', [[leaver], [host, 'host']]),
  ];
  const before = await circlesOf(leaver);
  expect((await api.ask('POST', pathOf(leaver, 'return'), {})).json.code).toBe('not_left');
  await sql`update relations set since = since - 30 where person_id = ${leaver.id}`.execute(api.db);
  await api.ask('POST', pathOf(leaver, 'off-board'), { on: day(-1) });
  expect(await circlesOf(leaver)).toEqual([]);
  await sql`update memberships set left_at = now() where circle_id = ${taken} and person_id = ${leaver.id}`.execute(
    api.db,
  );
  const { status, json } = await api.ask('POST', pathOf(leaver, 'return'), {});
  expect(status).toBe(200);
  expect(json.circles.map(({ id }: { id: string }) => id)).toEqual([publicId(back)]);
  expect(await circlesOf(leaver)).toEqual(before?.filter((id) => id !== taken));
});
