import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskCircle, everyoneCircle } from '#storage/schema.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { aFrame, audienceIn, beginIn, numberOf, openCircle } from '#test/circles.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';
import { edit, say } from '#test/talk.ts';

let api: TestApp;
let host: SeededPerson;
let deputy: SeededPerson;
let member: SeededPerson;
let other: SeededPerson;

beforeAll(async () => {
  api = await testApp();
  [host, deputy, member, other] = (await Promise.all(
    ['Gastheer', 'Vervanger', 'Lid', 'Ander'].map((name) => seedPerson(api.db, { name })),
  )) as [SeededPerson, SeededPerson, SeededPerson, SeededPerson];
});
afterAll(() => api.drop());

describe('opening a circle', () => {
  test('works with a frame, a host and a deputy, and the members of a closed one see it', async () => {
    const opened = await openCircle(api, { name: 'Binnenstad', hosts: [host], deputies: [deputy], members: [member] });
    expect([opened.status, opened.json]).toMatchObject([
      201,
      {
        kind: 'closed',
        name: 'Binnenstad',
        standing: 'host',
        people: { colleagues: 3, guests: 0 },
        frame: { ...aFrame, version: 1 },
        acknowledged: 1,
        acts: ['see', 'people', 'write', 'add', 'invite', 'host'],
        hosts: [
          { person: { name: 'Gastheer' }, role: 'host' },
          { person: { name: 'Vervanger' }, role: 'deputy' },
        ],
      },
    ]);
    // Whoever stopped working here is host of nothing, whatever was agreed.
    const gone = await seedPerson(api.db, { name: 'Oud-gastheer', relation: 'alumnus' });
    await sql`insert into memberships (circle_id, person_id, role, until)
      values (${numberOf(api, opened)}, ${gone.id}, 'host', '2999-01-01')`.execute(api.db);
    expect((await api.as(host)('GET', `/api/circles/${opened.json.id}`)).json.hosts).toEqual(opened.json.hosts);
    const asMember = await api.as(member)('GET', `/api/circles/${opened.json.id}`);
    expect(asMember.json).toMatchObject({ standing: 'member', acknowledged: 0, acts: ['see', 'people', 'write'] });
    expect((await api.as(member)('GET', '/api/circles')).json.mine.map((c: { name: string }) => c.name)).toContain(
      'Binnenstad',
    );
    const absent = await api.as(other)('GET', `/api/circles/${api.ids.encode('circle', 9e6)}`);
    const hidden = await api.as(other)('GET', `/api/circles/${opened.json.id}`);
    expect([hidden.status, hidden.text]).toEqual([404, absent.text]);
    expect((await api.as(other)('GET', '/api/circles')).text).not.toContain('Binnenstad');
  });

  test('with nothing filled in, names everything that is missing at once, in both languages', async () => {
    const body = { kind: 'closed' };
    const ask = (language: string) =>
      api.as(host)('POST', '/api/circles', body, { 'idempotency-key': randomUUID(), 'accept-language': language });
    const dutch = await ask('nl');
    const english = await ask('en');
    const paths = ['name', ...Object.keys(aFrame).map((part) => `frame.${part}`), 'hosts', 'deputies'];
    expect([dutch.status, dutch.json.code]).toEqual([422, 'circle_incomplete']);
    expect(dutch.json.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
    expect(english.json.errors.map(({ path }: { path: string }) => path)).toEqual(paths);
    expect(dutch.text).not.toBe(english.text);
  });

  test('is refused for a name that its opener knows of, and for no other', async () => {
    await openCircle(api, { name: 'Verkeer', hosts: [host], deputies: [deputy] });
    await openCircle(api, { kind: 'internal', name: 'Feest', hosts: [host], deputies: [deputy] });
    const open = (name: string, kind: 'internal' | 'closed', by: SeededPerson) =>
      openCircle(api, { name, kind, hosts: [by], deputies: [by === member ? host : member] });
    expect((await open('VERKEER', 'closed', host)).json.code).toBe('circle_name_taken');
    expect((await open('feest', 'closed', other)).json.code).toBe('circle_name_taken');
    // Whoever is not in the closed one does not learn that it is there.
    expect((await open('verkeer', 'closed', other)).status).toBe(201);
    expect((await open('Verkeer', 'internal', deputy)).json.code).toBe('circle_name_taken');
    const atOnce = await Promise.all([host, deputy, member, other].map((by) => open('Tegelijk', 'internal', by)));
    expect(atOnce.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  test('is done once for one key, and tells those who are in it', async () => {
    const key = randomUUID();
    const asked = { name: 'Eenmaal', hosts: [host], deputies: [deputy], members: [other] };
    const [first, again] = [await openCircle(api, asked, host, key), await openCircle(api, asked, host, key)];
    expect([again.status, again.json.id]).toEqual([201, first.json.id]);
    const atOnce = await Promise.all([1, 2, 3].map(() => openCircle(api, { ...asked, name: 'Tweemaal' }, host, key)));
    expect(atOnce.map(({ json }) => json.code)).toEqual(['key_reused', 'key_reused', 'key_reused']);
    const { rows } = await sql<{ kind: string; person: number }>`
      select n.kind, n.person_id as person from notices n join circles c on c.id = n.circle_id where c.name = 'Eenmaal'
      order by 2`.execute(api.db);
    const told = [deputy.id, other.id].toSorted((a, b) => a - b);
    expect(rows).toEqual(told.map((person) => ({ kind: 'added', person })));
  });

  test('takes colleagues only: nobody from outside keeps a circle or is put in one', async () => {
    const expert = await seedPerson(api.db, { relation: 'expert' });
    const answers = [
      await openCircle(api, { hosts: [host, expert], deputies: [deputy] }),
      await openCircle(api, { hosts: [host], deputies: [expert] }),
      await openCircle(api, { hosts: [host], deputies: [host] }),
      await openCircle(api, { hosts: [host], deputies: [deputy], members: [expert] }),
      await openCircle(api, { hosts: [host], deputies: [deputy], frame: { ...aFrame, endsOn: '2020-01-01' } }),
    ];
    expect(answers.map(({ status, json }) => [status, json.errors.map(({ path }: { path: string }) => path)])).toEqual([
      [422, ['hosts']],
      [422, ['deputies']],
      [422, ['deputies']],
      [422, ['members']],
      [422, ['frame.endsOn']],
    ]);
  });

  test('puts it under mine, to discover or ended, for who may see it', async () => {
    const names = async (person: SeededPerson) => {
      const { json } = await api.as(person)('GET', '/api/circles');
      const of = (part: string) => json[part].map(({ name }: { name: string }) => name);
      return { mine: of('mine'), discover: of('discover'), ended: of('ended') };
    };
    const asked = { kind: 'internal' as const, name: 'Lunchlopen', hosts: [host], deputies: [deputy] };
    const { id } = (await openCircle(api, asked)).json;
    expect((await names(host)).mine).toContain('Lunchlopen');
    expect((await names(other)).discover).toContain('Lunchlopen');
    expect((await api.as(other)('POST', `/api/circles/${id}/join`)).json).toMatchObject({ standing: 'member' });
    expect((await names(other)).mine).toContain('Lunchlopen');
    await api.as(host)('POST', `/api/circles/${id}/archive`, { conclusion: 'Het loopt vanzelf.' });
    const over = await names(other);
    expect([over.mine.includes('Lunchlopen'), over.ended.includes('Lunchlopen')]).toEqual([false, true]);
    const guest = await seedPerson(api.db, { relation: 'customer' });
    expect(await names(guest)).toEqual({ mine: [], discover: [], ended: [] });
    // Who is a customer is not in the circle of all colleagues, nor is who left.
    const everyone = await api.as(other)('GET', `/api/circles/${api.ids.encode('circle', everyoneCircle)}`);
    const here = await sql<{ n: number }>`select count(distinct person_id)::int as n from relations
      where kind = 'employee' and until is null`.execute(api.db);
    expect(everyone.json.people).toEqual({ colleagues: here.rows[0]!.n, guests: 0 });
  });
});

describe('hiding a reply', () => {
  test('of where one does not read is hiding what is not there', async () => {
    const { threadId } = await seedMention(api.db);
    const { rows } = await sql<{ id: number }>`insert into replies (thread_id, circle_id, person_id, text)
      values (${threadId}, ${deskCircle}, ${host.id}, 'Onder ons.') returning id`.execute(api.db);
    const hide = async (id: number) => {
      const reply = api.ids.encode('reply', id);
      return await api.as(member)('POST', `/api/replies/${reply}/hide`, { reason: 'Buiten het kader.' });
    };
    const missing = await hide(9e6);
    expect([missing.status, (await hide(rows[0]!.id)).text]).toEqual([404, missing.text]);
  });

  test('keeps its words from everybody but its author and the hosts, out of search too, until it is shown again', async () => {
    const opened = await openCircle(api, { hosts: [host], deputies: [deputy], members: [member, other] });
    const circle = opened.json.id;
    const begun = await beginIn(api, member, circle, {
      title: 'Laden en lossen',
      text: 'Wie weet de zandkasteel regel?',
    });
    const thread = begun.json.id;
    const reply = begun.json.reply.id;
    const words = async (person: SeededPerson) => {
      const { json } = await api.as(person)('GET', `/api/threads/${thread}/replies`);
      const found = await api.as(person)('GET', `/api/search?q=zandkasteel`);
      return [json.replies[0].text, json.replies[0].hidden?.reason, found.json.threads.length];
    };
    // Counts and suggestions come from the documents themselves.
    const documents = async () => {
      const { rows } = await sql`select from search_documents
        where kind = 2 and ref = ${api.ids.decode('reply', reply)}`.execute(api.db);
      return rows.length;
    };
    expect(await words(other)).toEqual(['Wie weet de zandkasteel regel?', undefined, 1]);
    expect((await api.as(other)('POST', `/api/replies/${reply}/hide`, { reason: 'Buiten het kader.' })).json.code).toBe(
      'not_host',
    );
    expect((await api.as(host)('POST', `/api/replies/${reply}/hide`, { reason: 'Buiten het kader.' })).status).toBe(
      200,
    );
    expect(await words(other)).toEqual(['', null, 0]);
    expect(await documents()).toBe(0);
    expect(await words(member)).toEqual(['Wie weet de zandkasteel regel?', 'Buiten het kader.', 0]);
    expect(await words(deputy)).toEqual(['Wie weet de zandkasteel regel?', 'Buiten het kader.', 0]);
    const page = await api.as(other)('GET', `/api/circles/${circle}/threads`);
    expect(page.text).not.toContain('zandkasteel');
    expect(page.json.threads).toMatchObject([{ id: thread, pinned: false }]);
    // Another text does not bring it back.
    const own = { id: reply, threadId: thread, circle: { id: circle } };
    const { status } = await edit(api, member, own, { text: 'Toch die zandkasteel regel.', version: 2 });
    expect(status).toBe(200);
    expect(await words(other)).toEqual(['', null, 0]);
    expect(await documents()).toBe(0);
    expect((await api.as(host)('POST', `/api/replies/${reply}/show`)).status).toBe(200);
    expect(await words(other)).toEqual(['Toch die zandkasteel regel.', undefined, 1]);
  });
});

describe('the frame of a circle', () => {
  test('is versioned with what changed, and read again before the next word', async () => {
    const { id } = (await openCircle(api, { hosts: [host], deputies: [deputy], members: [member] })).json;
    const begun = await beginIn(api, member, id, {});
    const audience = await audienceIn(api, member, id);
    const next = { ...aFrame, after: 1, houseRule: 'Geen namen van bewoners.', note: 'Bewoners praten mee.' };
    expect((await api.as(member)('PUT', `/api/circles/${id}/frame`, next)).json.code).toBe('not_host');
    expect((await api.as(host)('PUT', `/api/circles/${id}/frame`, next)).json.frame).toMatchObject({ version: 2 });
    expect((await api.as(host)('PUT', `/api/circles/${id}/frame`, next)).json.code).toBe('changed_meanwhile');
    const frames = (await api.as(member)('GET', `/api/circles/${id}/frames`)).json;
    expect(frames).toMatchObject({
      acknowledged: 1,
      frames: [
        {
          frame: { version: 2, note: 'Bewoners praten mee.', madeBy: { name: 'Gastheer' } },
          changes: [
            {
              part: 'houseRule',
              pieces: [
                { kind: 'same', text: 'Geen namen van ' },
                { kind: 'removed', text: 'winkeliers.' },
                { kind: 'added', text: 'bewoners.' },
              ],
            },
          ],
        },
        { frame: { version: 1 }, changes: [] },
      ],
    });
    const refused = await say(api, member, begun.json.id, { audience });
    expect([refused.status, refused.json.code]).toEqual([409, 'frame_changed']);
    const acknowledge = (version: number) =>
      api.as(member)('POST', `/api/circles/${id}/frame/acknowledge`, { version });
    expect((await acknowledge(1)).json.code).toBe('frame_changed');
    expect((await acknowledge(2)).json.acknowledged).toBe(2);
    expect((await say(api, member, begun.json.id, { audience })).status).toBe(201);
    expect(await noticesOf(member, 'frame-changed')).toBe(1);
  });

  test('carries the state of the talk, of which the last writer saw the one before', async () => {
    const { id } = (await openCircle(api, { hosts: [host], deputies: [deputy], members: [member] })).json;
    const write = (person: SeededPerson, after: number) =>
      api.as(person)('PUT', `/api/circles/${id}/state`, { after, text: `Stand ${after + 1}` });
    expect((await write(member, 0)).json.code).toBe('not_host');
    expect((await write(deputy, 0)).json.state).toMatchObject({ version: 1, text: 'Stand 1' });
    expect((await write(host, 0)).json.code).toBe('changed_meanwhile');
    await write(host, 1);
    expect((await api.as(member)('GET', `/api/circles/${id}`)).json.state).toMatchObject({ text: 'Stand 2' });
  });
});

describe('the end of a circle', () => {
  test('is moved to no day on which nobody is left to look after it', async () => {
    const leaving = await Promise.all([seedPerson(api.db), seedPerson(api.db)]);
    const [first, second] = leaving as [SeededPerson, SeededPerson];
    const { id } = (await openCircle(api, { hosts: [first], deputies: [second], members: [member] })).json;
    await sql`update relations set until = '2100-05-01' where person_id in (${first.id}, ${second.id})`.execute(api.db);
    const put = (after: number, endsOn: string) =>
      api.as(first)('PUT', `/api/circles/${id}/frame`, { ...aFrame, endsOn, after });
    const refused = await put(1, '2100-05-02');
    expect([refused.status, refused.json.code]).toEqual([422, 'circle_incomplete']);
    expect(refused.json.errors).toMatchObject([{ path: 'endsOn' }]);
    expect((await put(1, '2100-05-01')).status).toBe(200);
    await sql`update relations set until = null where person_id = ${second.id}`.execute(api.db);
    expect((await put(2, '2100-05-02')).status).toBe(200);
    // An earlier day takes nothing from anybody, whoever is left.
    await sql`update relations set until = '2100-05-01' where person_id = ${second.id}`.execute(api.db);
    expect((await put(3, '2100-05-02')).status).toBe(200);
    await sql`update circles set ends_on = today() - 1 where id = ${api.ids.decode('circle', id)}`.execute(api.db);
    const reopen = (endsOn: string) => api.as(first)('POST', `/api/circles/${id}/reopen`, { endsOn });
    expect((await reopen('2100-05-03')).json.errors).toMatchObject([{ path: 'endsOn' }]);
    expect((await reopen('2100-05-01')).status).toBe(200);
  });

  test('leaves reading, and keeping it; opened again it goes on', async () => {
    const { id, name } = (await openCircle(api, { hosts: [host], deputies: [deputy], members: [member] })).json;
    const begun = await beginIn(api, member, id, {});
    const audience = await audienceIn(api, member, id);
    const archive = (person: SeededPerson) =>
      api.as(person)('POST', `/api/circles/${id}/archive`, { conclusion: 'Een advies.' });
    expect((await archive(member)).json.code).toBe('not_host');
    expect((await archive(host)).json).toMatchObject({ conclusion: 'Een advies.', ended: true });
    expect((await api.as(member)('GET', `/api/circles/${id}`)).json.acts).toEqual(['see', 'people']);
    expect((await say(api, member, begun.json.id, { audience })).json.code).toBe('circle_ended');
    for (const [method, path, body] of [
      ['PUT', 'frame', { ...aFrame, after: 1 }],
      ['PATCH', '', { name: 'Anders' }],
      ['POST', 'members', { people: [api.ids.encode('person', other.id)] }],
      ['PUT', `threads/${begun.json.id}`, { pinned: true }],
    ] as const)
      expect((await api.as(host)(method, `/api/circles/${id}/${path}`.replace(/\/$/, ''), body)).json.code).toBe(
        'circle_ended',
      );
    // Its name was free meanwhile.
    await openCircle(api, { name, hosts: [host], deputies: [deputy] });
    expect((await api.as(host)('POST', `/api/circles/${id}/reopen`, {})).json.code).toBe('circle_name_taken');
    await sql`update circles set name = 'Weg' where name = ${name} and archived_at is null`.execute(api.db);
    expect((await api.as(host)('POST', `/api/circles/${id}/reopen`, {})).json).toMatchObject({ ended: false });
    expect((await say(api, member, begun.json.id, { audience })).status).toBe(201);
  });

  test('comes by itself after its last day, and another day is another frame', async () => {
    const opened = await openCircle(api, { hosts: [host], deputies: [deputy] });
    const { id } = opened.json;
    const number = numberOf(api, opened);
    await sql`update circles set ends_on = '2020-01-01' where id = ${number}`.execute(api.db);
    await sql`update circle_frames set ends_on = '2020-01-01' where circle_id = ${number}`.execute(api.db);
    expect((await api.as(host)('GET', `/api/circles/${id}`)).json).toMatchObject({
      ended: true,
      acts: ['see', 'people', 'host'],
    });
    expect((await api.as(host)('POST', `/api/circles/${id}/reopen`, {})).json.errors[0].path).toBe('endsOn');
    const again = await api.as(host)('POST', `/api/circles/${id}/reopen`, { endsOn: '2099-12-31' });
    expect(again.json).toMatchObject({ ended: false, frame: { version: 2, endsOn: '2099-12-31' } });
  });
});

async function noticesOf(person: SeededPerson, kind: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from notices where person_id = ${person.id} and kind = ${kind}`.execute(api.db);
  return rows[0]!.count;
}
