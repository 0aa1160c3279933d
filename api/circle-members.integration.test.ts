import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { peopleChannel } from '#storage/accounts.ts';
import { listen } from '#storage/listen.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { aFrame, audienceIn, beginIn, numberOf, openCircle } from '#test/circles.ts';
import { inDays } from '#test/days.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';
import { say } from '#test/talk.ts';

let api: TestApp;
let host: SeededPerson;
let deputy: SeededPerson;
let member: SeededPerson;
let other: SeededPerson;
let guest: SeededPerson;

beforeAll(async () => {
  api = await testApp();
  [host, deputy, member, other] = (await Promise.all(
    ['Gastheer', 'Vervanger', 'Lid', 'Ander'].map((name) => seedPerson(api.db, { name })),
  )) as [SeededPerson, SeededPerson, SeededPerson, SeededPerson];
  guest = await seedPerson(api.db, { name: 'Gast', relation: 'customer' });
});
afterAll(() => api.drop());

const idOf = ({ id }: SeededPerson) => api.ids.encode('person', id);

test('a host who is gone before the circle ends covers nobody, but for who would be gone sooner', async () => {
  const opened = await openCircle(api, { hosts: [host, other], deputies: [deputy] });
  const path = `/api/circles/${opened.json.id}`;
  const until = (person: SeededPerson, day: string) =>
    api.as(host)('PATCH', `${path}/members/${idOf(person)}`, { until: day });
  expect((await until(other, inDays(20))).status).toBe(200);
  expect((await api.as(host)('POST', `${path}/leave`)).json.code).toBe('last_host');
  expect((await until(host, inDays(30))).json.code).toBe('last_host');
  // Longer is no leaving.
  expect((await until(other, inDays(30))).status).toBe(200);
  await sql`update relations set until = today() + 10 where person_id = ${other.id}`.execute(api.db);
  onTestFinished(async () => {
    await sql`update relations set until = null where person_id = ${other.id}`.execute(api.db);
  });
  expect((await api.as(host)('POST', `${path}/leave`)).json.code).toBe('last_host');
  expect((await api.as(other)('POST', `${path}/leave`)).status).toBe(204);
});

/** A closed circle with a guest in it. */
async function closed(): Promise<{ id: string; number: number }> {
  const opened = await openCircle(api, { hosts: [host], deputies: [deputy], members: [member] });
  const number = numberOf(api, opened);
  await sql`insert into memberships (circle_id, person_id, until)
    values (${number}, ${guest.id}, today() + 30)`.execute(api.db);
  return { id: opened.json.id, number };
}

async function versionOf(number: number): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select audience_version as version from circles where id = ${number}`.execute(api.db);
  return rows[0]!.version;
}

async function actions(number: number): Promise<string[]> {
  const { rows } = await sql<{ action: string }>`
    select action from audit_log where circle_id = ${number} order by id`.execute(api.db);
  return rows.map(({ action }) => action);
}

describe('who may do what in a circle', () => {
  test('a member sees and may not, an outsider and a stranger hear that it is not there', async () => {
    const { id } = await closed();
    const acts = [
      ['POST', 'members', { people: [idOf(other)] }],
      ['PATCH', `members/${idOf(deputy)}`, { role: 'member' }],
      ['DELETE', `members/${idOf(deputy)}`, undefined],
      ['POST', 'hand-over', { to: idOf(other) }],
      ['GET', 'as/guest', undefined],
    ] as const;
    const never = api.ids.encode('circle', 9e6);
    for (const [method, path, body] of acts) {
      const asMember = await api.as(member)(method, `/api/circles/${id}/${path}`, body);
      expect([method, path, asMember.status, asMember.json.code]).toEqual([method, path, 403, 'not_host']);
      const hidden = await api.as(other)(method, `/api/circles/${id}/${path}`, body);
      const absent = await api.as(other)(method, `/api/circles/${never}/${path}`, body);
      expect([hidden.status, hidden.text]).toEqual([404, absent.text]);
      expect((await api.as(guest)(method, `/api/circles/${id}/${path}`, body)).status).toBe(404);
    }
  });

  test('a guest sees the frame and the hosts, and neither members nor how many there are', async () => {
    const { id } = await closed();
    const circle = await api.as(guest)('GET', `/api/circles/${id}`);
    expect(circle.json).toMatchObject({ standing: 'member', acts: ['see', 'write'], people: null, until: inDays(30) });
    expect(circle.json.hosts.map(({ person }: { person: { name: string } }) => person.name)).toEqual([
      'Gastheer',
      'Vervanger',
    ]);
    expect(circle.text).not.toContain('"Lid"');
    expect((await api.as(guest)('GET', `/api/circles/${id}/members`)).status).toBe(404);
    const { people } = (await api.as(host)('GET', `/api/circles/${id}`)).json;
    expect(people).toEqual({ colleagues: 3, guests: 1 });
    expect((await api.as(guest)('GET', `/api/circles/${id}/threads`)).status).toBe(200);
    const list = (await api.as(guest)('GET', '/api/circles')).json;
    expect(list.mine.map(({ people }: { people: unknown }) => people)).not.toContainEqual(expect.anything());
    expect(list.discover).toEqual([]);
    expect((await api.as(member)('GET', `/api/circles/${id}/members`)).json.members).toHaveLength(4);
  });
});

describe('after somebody’s last day', () => {
  test('the frame leaves them to read, or nothing; never who else is there', async () => {
    const reading = { ...aFrame, afterEnd: 'read' };
    for (const [frame, standing] of [
      [reading, 'past'],
      [aFrame, null],
    ] as const) {
      const opened = await openCircle(api, { frame, hosts: [host], deputies: [deputy], members: [member] });
      const number = numberOf(api, opened);
      await sql`insert into memberships (circle_id, person_id, until) values (${number}, ${guest.id}, today() - 1)`.execute(
        api.db,
      );
      await sql`update memberships set until = today() - 1
        where circle_id = ${number} and person_id = ${member.id}`.execute(api.db);
      const path = `/api/circles/${opened.json.id}`;
      for (const person of [member, guest]) {
        const { status, json } = await api.as(person)('GET', path);
        expect([status, json.standing ?? null]).toEqual([standing ? 200 : 404, standing]);
        const ended = (await api.as(person)('GET', '/api/circles')).json.ended;
        expect(ended.some(({ id }: { id: string }) => id === opened.json.id)).toBe(standing !== null);
      }
      expect((await api.as(member)('GET', `${path}/members`)).status).toBe(standing ? 403 : 404);
      if (standing) expect((await api.as(guest)('GET', path)).json).toMatchObject({ acts: ['see'], people: null });
      // Put in again they are there as before.
      await api.as(host)('POST', `${path}/members`, { people: [idOf(member)] });
      expect((await api.as(member)('GET', path)).json).toMatchObject({ standing: 'member', until: null });
    }
  });
});

describe('who is in a circle', () => {
  test('a colleague who is put in makes it another audience, and sees it at once', async () => {
    const { id, number } = await closed();
    const begun = await beginIn(api, member, id, {});
    const audience = await audienceIn(api, member, id);
    const before = await versionOf(number);
    expect((await api.as(other)('GET', `/api/circles/${id}`)).status).toBe(404);
    const add = () => api.as(host)('POST', `/api/circles/${id}/members`, { people: [idOf(other)] });
    expect((await add()).json.members).toHaveLength(5);
    expect((await api.as(other)('GET', `/api/circles/${id}`)).status).toBe(200);
    expect((await say(api, member, begun.json.id, { audience })).json.code).toBe('audience_changed');
    // Who is in already changes nothing.
    await add();
    expect(await versionOf(number)).toBe(before + 1);
    expect((await api.as(host)('POST', `/api/circles/${id}/members`, { people: [idOf(guest)] })).status).toBe(400);
    // Whoever leaves refuses nothing.
    const shown = await audienceIn(api, member, id);
    expect((await api.as(other)('POST', `/api/circles/${id}/leave`)).status).toBe(204);
    expect((await api.as(other)('GET', `/api/circles/${id}`)).status).toBe(404);
    expect((await say(api, member, begun.json.id, { audience: shown })).status).toBe(201);
    expect((await actions(number)).slice(-2)).toEqual(['member.added', 'member.left']);
  });

  test('joining and leaving an internal circle changes nobody’s audience', async () => {
    const opened = await openCircle(api, { kind: 'internal', hosts: [host], deputies: [deputy] });
    const { id } = opened.json;
    const number = numberOf(api, opened);
    const join = () => api.as(other)('POST', `/api/circles/${id}/join`);
    expect((await api.as(other)('GET', `/api/circles/${id}`)).json).toMatchObject({ standing: 'none' });
    expect([(await join()).json.standing, (await join()).status]).toEqual(['member', 200]);
    expect(await versionOf(number)).toBe(1);
    expect((await api.as(other)('POST', `/api/circles/${id}/leave`)).status).toBe(204);
    expect((await api.as(other)('GET', `/api/circles/${id}`)).json).toMatchObject({ standing: 'none' });
    expect((await api.as(guest)('POST', `/api/circles/${id}/leave`)).status).toBe(404);
  });

  test('who was asked to be silent is told why, may read on, and not write by coming back', async () => {
    const opened = await openCircle(api, { kind: 'internal', hosts: [host], deputies: [deputy] });
    const { id } = opened.json;
    await api.as(member)('POST', `/api/circles/${id}/join`);
    const begun = await beginIn(api, member, id, {});
    const audience = await audienceIn(api, member, id);
    const mute = (muted: string | null, person = member) =>
      api.as(host)('PATCH', `/api/circles/${id}/members/${idOf(person)}`, { muted });
    expect((await mute('Herhaalt zich.', deputy)).json.code).toBe('member_is_host');
    expect((await mute('Herhaalt zich.')).json.muted).toMatchObject({ reason: 'Herhaalt zich.' });
    expect((await api.as(member)('GET', `/api/circles/${id}`)).json).toMatchObject({
      acts: ['see', 'people'],
      muted: { reason: 'Herhaalt zich.' },
    });
    expect((await say(api, member, begun.json.id, { audience })).json.code).toBe('muted');
    await api.as(member)('POST', `/api/circles/${id}/leave`);
    // All colleagues write here, but for who was asked not to.
    expect((await say(api, member, begun.json.id, { audience })).json.code).toBe('muted');
    expect((await api.as(member)('GET', `/api/circles/${id}`)).json).toMatchObject({ acts: ['see', 'people', 'join'] });
    const { threadId } = await seedMention(api.db);
    const story = api.ids.encode('thread', threadId);
    expect((await api.as(member)('PUT', `/api/circles/${id}/threads/${story}`, {})).json.code).toBe('muted');
    await api.as(member)('POST', `/api/circles/${id}/join`);
    expect((await say(api, member, begun.json.id, { audience })).json.code).toBe('muted');
    // Only hosts hear of whom.
    const seen = async (person: SeededPerson) =>
      (await api.as(person)('GET', `/api/circles/${id}/members`)).text.includes('Herhaalt');
    expect([await seen(deputy), await seen(member)]).toEqual([true, false]);
    expect((await mute(null)).json.muted).toBeNull();
    expect((await say(api, member, begun.json.id, { audience })).status).toBe(201);
  });

  test('who is made host may write, whatever was before', async () => {
    const { id } = await closed();
    const change = (body: object) => api.as(host)('PATCH', `/api/circles/${id}/members/${idOf(member)}`, body);
    await change({ muted: 'Herhaalt zich.' });
    expect((await change({ role: 'deputy' })).json).toMatchObject({ role: 'deputy', muted: null });
    expect((await beginIn(api, member, id, {})).status).toBe(201);
  });

  test('the last day of a guest is at most 180 days on, and never none', async () => {
    const { id } = await closed();
    const until = (day: string | null, person = guest) =>
      api.as(host)('PATCH', `/api/circles/${id}/members/${idOf(person)}`, { until: day });
    expect((await until(inDays(179))).json.until).toBe(inDays(179));
    for (const day of [null, inDays(182), inDays(-2)]) expect((await until(day)).status).toBe(400);
    expect((await api.as(host)('PATCH', `/api/circles/${id}/members/${idOf(guest)}`, { role: 'deputy' })).status).toBe(
      400,
    );
    expect((await until(inDays(10), member)).json.until).toBe(inDays(10));
    expect((await until(null, member)).json.until).toBeNull();
    expect((await api.as(host)('PATCH', `/api/circles/${id}/members/${idOf(other)}`, { until: null })).status).toBe(
      404,
    );
  });
});

describe('whoever’s sight changes', () => {
  test('is told of at the commit, for remembered viewers and live streams', async () => {
    const told = new Set<string>();
    const heard = listen(api.url, peopleChannel, (payload) => told.add(payload ?? ''), console.error);
    onTestFinished(() => heard.close());
    // Heard once it listens.
    await expect
      .poll(async () => {
        await sql`select pg_notify(${peopleChannel}, 'ready')`.execute(api.db);
        return told.has('ready');
      })
      .toBe(true);
    const hears = async (work: () => Promise<{ status: number }>, people: readonly SeededPerson[]) => {
      told.clear();
      expect((await work()).status).toBeLessThan(300);
      await expect.poll(() => people.every(({ id }) => told.has(String(id)))).toBe(true);
    };
    let id = '';
    const open = async () => {
      const opened = await openCircle(api, { hosts: [host], deputies: [deputy] });
      id = opened.json.id;
      return opened;
    };
    await hears(open, [host, deputy]);
    const path = () => `/api/circles/${id}`;
    await hears(() => api.as(host)('POST', `${path()}/members`, { people: [idOf(other)] }), [other]);
    const change = (body: object) => () => api.as(host)('PATCH', `${path()}/members/${idOf(other)}`, body);
    for (const body of [{ muted: 'Even niet.' }, { muted: null }, { until: inDays(9) }, { role: 'deputy' }])
      await hears(change(body), [other]);
    await hears(() => api.as(host)('DELETE', `${path()}/members/${idOf(other)}`), [other]);
    await hears(() => api.as(host)('POST', `${path()}/hand-over`, { to: idOf(other) }), [host, other]);
    told.clear();
    await openCircle(api, { kind: 'internal', hosts: [host], deputies: [deputy] });
    await expect.poll(() => told.has('')).toBe(true);
  });
});

describe('a circle has a host', () => {
  test('the last one may neither leave, nor be made or taken less, before handing over', async () => {
    const { id, number } = await closed();
    const path = `/api/circles/${id}`;
    const own = `${path}/members/${idOf(host)}`;
    expect((await api.as(host)('POST', `${path}/leave`)).json.code).toBe('last_host');
    expect((await api.as(deputy)('DELETE', own)).json.code).toBe('last_host');
    expect((await api.as(deputy)('PATCH', own, { role: 'member' })).json.code).toBe('last_host');
    expect((await api.as(deputy)('PATCH', own, { until: inDays(3) })).json.code).toBe('last_host');
    const handed = await api.as(host)('POST', `${path}/hand-over`, { to: idOf(other), stay: 'deputy' });
    expect(handed.json.hosts).toMatchObject([
      { person: { name: 'Ander' }, role: 'host' },
      { person: { name: 'Gastheer' }, role: 'deputy' },
      { person: { name: 'Vervanger' }, role: 'deputy' },
    ]);
    expect((await api.as(host)('POST', `${path}/leave`)).status).toBe(204);
    expect((await api.as(host)('GET', path)).status).toBe(404);
    // A deputy who hands over makes nobody less.
    await api.as(deputy)('POST', `${path}/hand-over`, { to: idOf(other) });
    expect((await api.as(other)('GET', path)).json).toMatchObject({ hosts: [{ role: 'host' }] });
    expect(await actions(number)).toContain('member.role');
  });

  test('of two hosts who leave at the same moment one stays', async () => {
    for (let round = 0; round < 5; round++) {
      const opened = await openCircle(api, { hosts: [host, other], deputies: [deputy] });
      const left = await Promise.all(
        [host, other].map((person) => api.as(person)('POST', `/api/circles/${opened.json.id}/leave`)),
      );
      expect(left.map(({ status }) => status).sort()).toEqual([204, 409]);
    }
  });

  test('a host who does not work here any more is none', async () => {
    const gone = await seedPerson(api.db, { name: 'Vertrekt' });
    const opened = await openCircle(api, { hosts: [host, gone], deputies: [deputy] });
    await sql`update relations set until = today() - 1, since = today() - 9 where person_id = ${gone.id}`.execute(
      api.db,
    );
    expect((await api.as(gone)('GET', `/api/circles/${opened.json.id}`)).status).toBe(404);
    expect((await api.as(host)('POST', `/api/circles/${opened.json.id}/leave`)).json.code).toBe('last_host');
  });
});

describe('who lets people in', () => {
  test('reads no closed circle unless by taking access, of which everybody in it hears', async () => {
    const administrator = await seedPerson(api.db, { name: 'Beheerder', role: 'administrator' });
    const { id, number } = await closed();
    const before = await versionOf(number);
    const path = `/api/circles/${id}`;
    expect((await api.as(administrator)('GET', path)).status).toBe(404);
    const all = await api.as(administrator)('GET', '/api/circles/all');
    expect(all.json.circles.find((one: { id: string }) => one.id === id)).toMatchObject({
      state: 'open',
      hosts: [{ person: { name: 'Gastheer' } }, { person: { name: 'Vervanger' } }],
    });
    expect((await api.as(host)('GET', '/api/circles/all')).status).toBe(403);
    expect((await api.as(host)('POST', `${path}/access`, { reason: 'Klacht.' })).status).toBe(403);
    const taken = await api.as(administrator)('POST', `${path}/access`, { reason: 'Klacht over de toon.' });
    expect(taken.json).toMatchObject({ standing: 'member', acts: ['see', 'people', 'write'] });
    await api.as(administrator)('POST', `${path}/access`, { reason: 'Nog eens.' });
    expect(await versionOf(number)).toBe(before + 1);
    const { rows } = await sql<{ person: string; by: string | null; detail: unknown }>`
      select p.name as person, b.name as by, n.detail from notices n join people p on p.id = n.person_id
      left join people b on b.id = n.by_person_id where n.circle_id = ${number} and n.kind = 'access-taken' order by 1`.execute(
      api.db,
    );
    const told = { by: 'Beheerder', detail: { reason: 'Klacht over de toon.' } };
    expect(rows).toEqual([
      { person: 'Gast', by: null, detail: {} },
      { person: 'Gastheer', ...told },
      { person: 'Lid', ...told },
      { person: 'Vervanger', ...told },
    ]);
    expect((await actions(number)).filter((action) => action === 'access.taken')).toHaveLength(1);
    const internal = await openCircle(api, { kind: 'internal', hosts: [host], deputies: [deputy] });
    expect(
      (await api.as(administrator)('POST', `/api/circles/${internal.json.id}/access`, { reason: 'x' })).status,
    ).toBe(404);
  });
});
