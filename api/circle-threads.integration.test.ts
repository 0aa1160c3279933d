import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskCircle } from '#storage/schema.ts';
import { remakeMentionDocuments } from '#storage/search-documents.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { audienceIn, beginIn, numberOf, openCircle, sayIn } from '#test/circles.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';
import { seedInsideThread } from '#test/seed-inside.ts';
import { begin, say } from '#test/talk.ts';

let api: TestApp;
let host: SeededPerson;
let deputy: SeededPerson;
let member: SeededPerson;
let guest: SeededPerson;

beforeAll(async () => {
  api = await testApp();
  [host, deputy, member] = (await Promise.all(
    ['Gastheer', 'Vervanger', 'Lid'].map((name) => seedPerson(api.db, { name })),
  )) as [SeededPerson, SeededPerson, SeededPerson];
  guest = await seedPerson(api.db, { name: 'Gast', relation: 'customer' });
});
afterAll(() => api.drop());

async function closed(): Promise<{ id: string; number: number }> {
  const opened = await openCircle(api, { hosts: [host], deputies: [deputy], members: [member] });
  const number = numberOf(api, opened);
  await sql`insert into memberships (circle_id, person_id, until)
    values (${number}, ${guest.id}, today() + 30)`.execute(api.db);
  return { id: opened.json.id, number };
}

type Place = { circle: { id: string }; pinned: boolean; host: boolean };
type Row = { id: string; title: string; pinned: boolean; replies: { count: number } };

async function listed(person: SeededPerson, circle: string, query = ''): Promise<Row[]> {
  return (await api.as(person)('GET', `/api/circles/${circle}/threads${query}`)).json.threads;
}

describe('the page of a circle', () => {
  test('shows what was pinned first, then the newest, and what was closed apart', async () => {
    const { id } = await closed();
    const threads: string[] = [];
    for (const title of ['een', 'twee', 'drie', 'vier', 'vijf'])
      threads.push((await beginIn(api, member, id, { title })).json.id);
    const put = (person: SeededPerson, at: number, body: object) =>
      api.as(person)('PUT', `/api/circles/${id}/threads/${threads[at]}`, body);
    expect((await put(member, 0, { pinned: true })).json.code).toBe('not_host');
    expect((await put(host, 0, { pinned: true })).json).toMatchObject({ pinned: true, closedAt: null });
    expect((await put(deputy, 1, { closed: true })).json.closedAt).not.toBeNull();
    const titles = (rows: Row[]) => rows.map(({ title }) => title);
    expect(titles(await listed(guest, id))).toEqual(['een', 'vijf', 'vier', 'drie']);
    expect(titles(await listed(guest, id, '?state=done'))).toEqual(['twee']);
    expect((await api.as(member)('GET', `/api/circles/${id}`)).json.threads).toEqual({ open: 4, done: 1 });
    const first = (await api.as(member)('GET', `/api/circles/${id}/threads?limit=2`)).json;
    expect(titles(first.threads)).toEqual(['een', 'vijf', 'vier']);
    const second = await api.as(member)('GET', `/api/circles/${id}/threads?limit=2&cursor=${first.cursor}`);
    expect([titles(second.json.threads), second.json.cursor]).toEqual([['drie'], null]);
    const foreign = await api.as(host)('GET', `/api/circles/${id}/threads?limit=2&cursor=${first.cursor}`);
    expect(foreign.status).toBe(400);
    expect((await sayIn(api, member, id, threads[1]!)).json.code).toBe('thread_closed');
    await put(host, 1, { closed: false });
    expect((await sayIn(api, member, id, threads[1]!)).status).toBe(201);
  });

  test('has the outside in each circle it was placed in, with what is said there and nothing of elsewhere', async () => {
    const { threadId } = await seedMention(api.db, { title: 'De brug gaat dicht' });
    const story = api.ids.encode('thread', threadId);
    const [one, two] = [await closed(), await closed()];
    const place = (person: SeededPerson, circle: string, thread = story) =>
      api.as(person)('PUT', `/api/circles/${circle}/threads/${thread}`, {});
    for (const { id } of [one, two]) expect((await place(member, id)).status).toBe(200);
    expect((await place(member, one.id)).status).toBe(200);
    expect((await sayIn(api, host, one.id, story, 'Alleen in de eerste kring.')).status).toBe(201);
    expect(await listed(guest, one.id)).toMatchObject([{ id: story, replies: { count: 1 } }]);
    const elsewhere = await listed(guest, two.id);
    expect(elsewhere).toMatchObject([{ id: story, title: 'De brug gaat dicht', replies: { count: 0, last: null } }]);
    // The thread itself tells where it stands: only the circles of who asks, and who may pin it there.
    await api.as(host)('PUT', `/api/circles/${one.id}/threads/${story}`, { pinned: true });
    await sql`delete from memberships where circle_id = ${two.number} and person_id = ${guest.id}`.execute(api.db);
    const stands = async (person: SeededPerson) =>
      (await api.as(person)('GET', `/api/threads/${story}`)).json.places.map(
        ({ circle, pinned, host: keeps }: Place) => [circle.id, pinned, keeps],
      );
    expect(await stands(host)).toEqual([
      [one.id, true, true],
      [two.id, false, true],
    ]);
    expect(await stands(guest)).toEqual([[one.id, true, false]]);
    expect(await stands(await seedPerson(api.db))).toEqual([]);
    // What was begun inside stands where it was begun, and a guest places nothing.
    const inside = (await begin(api, member)).json.id;
    expect((await place(member, one.id, inside)).status).toBe(404);
    expect((await place(guest, one.id)).status).toBe(404);
    const desk = await seedPerson(api.db, { role: 'communication' });
    const atDesk = await seedInsideThread(api.db, {
      personId: desk.id,
      at: '2026-11-21T09:00:00Z',
      circleId: deskCircle,
    });
    await api.as(host)('POST', `/api/circles/${one.id}/members`, { people: [api.ids.encode('person', desk.id)] });
    expect((await place(desk, one.id, api.ids.encode('thread', atDesk))).status).toBe(404);
    const hidden = (await beginIn(api, host, two.id)).json.id;
    const never = api.ids.encode('thread', 9e6);
    expect((await place(host, one.id, hidden)).text).toBe((await place(host, one.id, never)).text);
    await sql`update circles set only_thread_id = ${threadId} where id = ${two.number}`.execute(api.db);
    const another = await seedMention(api.db, { title: 'Iets anders' });
    const refused = await place(host, two.id, api.ids.encode('thread', another.threadId));
    expect(refused.json.code).toBe('one_thread_only');
  });

  test('brings the words of a story to the search of who is in the circle', async () => {
    const { threadId, mentionId } = await seedMention(api.db, { title: 'Pontje', text: 'Het pontje zwaluwstaart.' });
    await api.db.transaction().execute((trx) => remakeMentionDocuments(trx, [mentionId]));
    const { id, number } = await closed();
    const circles = async () => {
      const { rows } = await sql<{ also: number[] | null }>`
        select also from search_documents where kind = 1 and ref = ${mentionId}`.execute(api.db);
      return rows[0]!.also;
    };
    expect(await circles()).toBeNull();
    await api.as(member)('PUT', `/api/circles/${id}/threads/${api.ids.encode('thread', threadId)}`, {});
    expect(await circles()).toEqual([number]);
  });
});

describe('seeing a circle as somebody else', () => {
  test('shows a host what the policy gives them, and what it keeps from them', async () => {
    const { id } = await closed();
    await beginIn(api, member, id, { title: 'Wat wij vinden' });
    const as = async (who: string, circle = id) => (await api.as(host)('GET', `/api/circles/${circle}/as/${who}`)).json;
    expect(await as('guest')).toMatchObject({
      acts: ['see', 'write'],
      circle: { standing: 'member', people: null, muted: null, unread: false },
      threads: [{ title: 'Wat wij vinden', unread: true, follows: false }],
    });
    for (const who of ['colleague', 'outsider']) expect(await as(who)).toEqual({ circle: null, acts: [], threads: [] });
    const internal = (await openCircle(api, { kind: 'internal', hosts: [host], deputies: [deputy] })).json.id;
    expect(await as('colleague', internal)).toMatchObject({ acts: ['see', 'people', 'write', 'join'] });
    expect(await as('guest', internal)).toMatchObject({ circle: null });
    expect((await api.as(host)('GET', `/api/circles/${id}/as/administrator`)).status).toBe(404);
  });
});

describe('who left', () => {
  test('reads on where they wrote, until the agreed day, and there only', async () => {
    const leaver = await seedPerson(api.db, { name: 'Oud-collega' });
    const another = await seedPerson(api.db, { name: 'Ook weg' });
    const opened = await openCircle(api, { hosts: [host], deputies: [deputy], members: [leaver, another] });
    const { id } = opened.json;
    const wrote = (await beginIn(api, leaver, id, { title: 'Waar ik schreef' })).json.id;
    const others = (await beginIn(api, another, id, { title: 'Waar ik zweeg' })).json.id;
    const everywhere = await seedMention(api.db, { title: 'Het nieuws' });
    const story = api.ids.encode('thread', everywhere.threadId);
    await say(api, leaver, story, { text: 'Dat wisten we.' });
    await sayIn(api, host, id, story, 'In de kring.');
    const audience = await audienceIn(api, leaver, id);
    const left = [leaver.id, another.id];
    await sql`update relations set kind = 'alumnus' where person_id = any(${left})`.execute(api.db);
    await sql`update memberships set until = today() - 1, off_boarded_at = now() where person_id = any(${left})`.execute(
      api.db,
    );
    await sql`update people set own_threads_until = today() + 30 where id = any(${left})`.execute(api.db);
    const ask = (path: string) => api.as(leaver)('GET', path);
    expect((await ask('/api/kept-threads')).json.threads.map(({ title }: { title: string }) => title)).toEqual([
      'Het nieuws',
      'Waar ik schreef',
    ]);
    expect((await ask(`/api/threads/${wrote}/replies`)).json.replies).toHaveLength(1);
    // Of the news they read what was said where they said something, and not in the circle they left.
    const talk = (await ask(`/api/threads/${story}/replies`)).json.replies;
    expect(talk.map(({ text }: { text: string }) => text)).toEqual(['Dat wisten we.']);
    expect((await ask(`/api/mentions/${api.ids.encode('mention', everywhere.mentionId)}`)).status).toBe(200);
    expect((await ask(`/api/threads/${others}/replies`)).status).toBe(404);
    expect((await ask(`/api/circles/${id}`)).status).toBe(404);
    expect((await ask('/api/stream')).json.threads).toEqual([]);
    expect((await say(api, leaver, wrote, { audience })).status).toBeGreaterThanOrEqual(400);
    // Taken out by a host, before or since: leaving gives nothing back.
    await sql`update memberships set left_at = now() where person_id = ${leaver.id}`.execute(api.db);
    expect((await ask(`/api/threads/${wrote}/replies`)).status).toBe(404);
    expect((await ask('/api/kept-threads')).json.threads).toMatchObject([{ title: 'Het nieuws' }]);
    await sql`update memberships set left_at = null where person_id = ${leaver.id}`.execute(api.db);
    // What was moved since is kept where it was said, and names no circle that they were never in.
    const elsewhere = numberOf(api, await openCircle(api, { hosts: [host], deputies: [deputy] }));
    const here = numberOf(api, opened);
    await sql`update replies set moved_from = circle_id, circle_id = ${elsewhere} where circle_id = ${here}`.execute(
      api.db,
    );
    const named = (await ask('/api/kept-threads')).json.threads.map((one: { circle: { id: string } }) => one.circle.id);
    expect(named).toContain(id);
    expect(named).not.toContain(api.ids.encode('circle', elsewhere));
    // Nothing stands there any more: what cannot be read is not in the list.
    const thread = api.ids.decode('thread', wrote);
    await sql`update placements set circle_id = ${elsewhere} where thread_id = ${thread}`.execute(api.db);
    expect((await ask(`/api/threads/${wrote}`)).status).toBe(404);
    expect((await ask('/api/kept-threads')).json.threads).toMatchObject([{ title: 'Het nieuws' }]);
    await sql`update placements set circle_id = ${here} where thread_id = ${thread}`.execute(api.db);
    await sql`update replies set moved_from = null, circle_id = ${here} where circle_id = ${elsewhere}`.execute(api.db);
    expect((await ask(`/api/threads/${wrote}/replies`)).status).toBe(200);
    await sql`update people set own_threads_until = today() - 1 where id = ${leaver.id}`.execute(api.db);
    expect((await ask('/api/kept-threads')).json).toEqual({ until: null, threads: [] });
    expect((await ask(`/api/threads/${wrote}/replies`)).status).toBe(404);
  });
});
