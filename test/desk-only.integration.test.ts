import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { summariseDesk } from '#storage/desk.ts';
import { deskCircle, everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { countPreview } from '#storage/topic-preview.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedCircle } from './seed-inside.ts';
import { say } from './talk.ts';
import { hoursAgo, type TopicWorld, topicWorld } from './topic-world.ts';

let world: TopicWorld;
let desk: SeededPerson;
let colleague: SeededPerson;

beforeAll(async () => {
  world = await topicWorld();
  desk = await seedPerson(world.api.db, { role: 'communication' });
  colleague = await seedPerson(world.api.db);
});
afterAll(() => world.close());

const titles = async (person: SeededPerson, query = '') =>
  (await world.api.as(person)('GET', `/api/stream?limit=50${query}`)).json.threads.map(
    ({ title }: { title: string }) => title,
  );
const found = async (person: SeededPerson, q: string) =>
  (await world.api.as(person)('GET', `/api/search?q=${encodeURIComponent(q)}`)).json.threads.length;
const item = (id: string, text: string, hours: number) => ({ id, title: `Titel ${id}`, text, at: hoursAgo(hours) });
const homes = async (title: string) => {
  const { threadId } = await world.mentionCalled(title);
  const { rows } = await sql<{ circle: number; home: boolean; replies: number }>`
    select circle_id as circle, home, reply_count as replies from placements
    where thread_id = ${world.api.ids.decode('thread', threadId)} order by 1`.execute(world.api.db);
  return rows.map(({ circle, home, replies }) => `${circle}${home ? ' home' : ''}${replies > 0 ? ' talk' : ''}`);
};

test('what a topic for the desk only finds is seen by the desk alone, from the moment it comes in', async () => {
  const topic = await world.topic('Dreiging', 'dreigbrief', { audience: 'desk' });
  await world.follow('/een', [item('een', 'Er kwam een dreigbrief.', 5), item('twee', 'De markt gaat door.', 6)]);
  await world.poll();
  expect(await titles(desk)).toEqual(['Titel een', 'Titel twee']);
  expect(await titles(desk, '&side=outside')).toEqual(['Titel een', 'Titel twee']);
  expect(await titles(desk, '&side=inside')).toEqual([]);
  expect(await titles(colleague)).toEqual(['Titel twee']);
  expect([await found(desk, 'dreigbrief'), await found(colleague, 'dreigbrief')]).toEqual([1, 0]);
  const { threadId } = await world.mentionCalled('Titel een');
  const absent = await world.api.as(colleague)('GET', `/api/threads/${world.api.ids.encode('thread', 9e6)}`);
  expect(await world.api.as(colleague)('GET', `/api/threads/${threadId}`)).toMatchObject({
    status: 404,
    text: absent.text,
  });
  expect((await world.api.as(colleague)('GET', `/api/threads/${threadId}/topics`)).status).toBe(404);
  const placed = `/api/circles/${world.api.ids.encode('circle', everyoneCircle)}/threads`;
  const place = (person: SeededPerson, id: string) => world.api.as(person)('PUT', `${placed}/${id}`, {});
  expect((await place(colleague, threadId)).text).toBe(
    (await place(colleague, world.api.ids.encode('thread', 9e6))).text,
  );
  expect(await homes('Titel een')).toEqual(['3 home']);
  const taken = await world.api.as(desk)('POST', `/api/threads/${threadId}/case/take`, { version: 0 });
  expect(taken.status).toBe(200);
  expect((await world.api.as(desk)('GET', '/api/stream/counts')).json).toMatchObject({ deskMine: 1 });
  expect((await world.api.as(colleague)('GET', '/api/stream/counts')).json).toMatchObject({ deskOpen: 0 });
  expect(await world.stories(topic)).toEqual(['Titel een']);
  const neverThere = await world.api.as(colleague)('GET', `/api/topics/${world.api.ids.encode('topic', 9e6)}`);
  const theirs = await world.api.as(colleague)('GET', `/api/topics/${topic}`);
  expect([theirs.status, theirs.text]).toEqual([404, neverThere.text]);
  expect((await world.api.as(desk)('GET', `/api/topics/${topic}`)).status).toBe(200);
  const manager = await seedPerson(world.api.db, { role: 'manager' });
  const topicsOf = async (person: SeededPerson) =>
    (await world.api.as(person)('GET', '/api/figures')).json.topics.map(
      (row: { topic: { id: string } }) => row.topic.id,
    );
  expect([await topicsOf(desk), await topicsOf(manager)]).toEqual([[topic], []]);
  const countsOf = async (person: SeededPerson) => {
    const { stories, mentions } = (await world.api.as(person)('GET', '/api/figures')).json.totals;
    return [stories, mentions];
  };
  expect([await countsOf(desk), await countsOf(manager)]).toEqual([
    [2, 2],
    [1, 1],
  ]);
});

test('what is for the desk only is counted by the desk, also where somebody else was let into the talk', async () => {
  const { db, ids } = world.api;
  const [there, elsewhere] = [await seedPerson(db, { role: 'communication' }), await seedPerson(db)];
  const open = await world.topic('Haven', 'haven');
  await world.topic('Smokkel', 'smokkel', { audience: 'desk' });
  await world.follow('/haven', [item('haven', 'Smokkel in de haven.', 4)]);
  await world.poll();
  const { id, threadId } = await world.mentionCalled('Titel haven');
  expect(await homes('Titel haven')).toEqual(['3 home']);
  await world.api.as(there)('PUT', `/api/mentions/${id}/topics/${open}`, { about: true });
  await world.api.as(there)('POST', `/api/threads/${threadId}/case/take`, { version: 0 });
  const topicFor = async (person: SeededPerson) =>
    (await world.api.as(person)('GET', '/api/topics')).json.topics.find((topic: { id: string }) => topic.id === open);
  expect((await topicFor(there)).precision.judged).toBe(1);
  expect((await topicFor(elsewhere)).precision.judged).toBe(0);
  const brought = async (person: SeededPerson) =>
    (await world.api.as(person)('GET', '/api/sources')).json.sources.find(
      ({ label }: { label: string }) => label === '/haven',
    ).mentionCount;
  expect([await brought(there), await brought(elsewhere)]).toEqual([1, 0]);
  const circle = await seedCircle(db, 'Havenkring');
  for (const { id: personId } of [there, elsewhere])
    await sql`insert into memberships (circle_id, person_id) values (${circle}, ${personId})`.execute(db);
  const thread = ids.decode('thread', threadId);
  await sql`insert into placements (thread_id, circle_id, sort_at, news_at) values (${thread}, ${circle}, now(), now())`.execute(
    db,
  );
  await sql`insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
    values (${thread}, ${circle}, ${ids.decode('topic', open)}, now())`.execute(db);
  const caseFor = async (person: SeededPerson) => {
    const { status, json } = await world.api.as(person)('GET', `/api/threads/${threadId}`);
    return [status, json.case?.state ?? null];
  };
  expect([await caseFor(there), await caseFor(elsewhere)]).toEqual([
    [200, 'taken'],
    [200, null],
  ]);
  const openFor = async (circles: number[]) =>
    (await summariseDesk(db, { personId: there.id, circles }, 'Europe/Amsterdam')).counts.mine;
  expect([await openFor([outsideCircle, circle]), await openFor([outsideCircle, deskCircle])]).toEqual([0, 1]);
  // A thread that stands in two of one's circles is one story.
  expect((await topicFor(there)).unread).toBe(1);
  const asking = { condition: sql<boolean>`true`, confirmed: [] };
  const preview = async (circles: number[]) => {
    const cut = { circles, timeZone: 'Europe/Amsterdam', from: '2020-01-01', until: performance.now() + 5_000 };
    return (await countPreview(db, cut, { now: asking, before: null, topicId: null, samples: 9 })).newest;
  };
  const mention = ids.decode('mention', id);
  expect(await preview([deskCircle])).toContain(mention);
  expect(await preview([outsideCircle])).not.toContain(mention);
});

test('a reply brings what is for the desk only before nobody else', async () => {
  await world.topic('Stil', 'stilstand', { audience: 'desk' });
  await world.follow('/stil', [item('stil', 'Er is stilstand bij de haven.', 4)]);
  await world.poll();
  const { threadId } = await world.mentionCalled('Titel stil');
  const { json } = await world.api.as(desk)('GET', `/api/threads/${threadId}`);
  expect(json.audiences.map(({ circle }: { circle: { kind: string } }) => circle.kind)).toEqual(['desk']);
  // The audience of a conversation of all colleagues, sent all the same.
  expect((await say(world.api, desk, threadId)).status).toBe(404);
  expect(await homes('Titel stil')).toEqual(['3 home']);
  const [{ circle, token }] = json.audiences;
  expect((await say(world.api, desk, threadId, { audience: { circle: circle.id, token } })).status).toBe(201);
});

test('judging, pausing, starting and another audience bring the threads home, and what the desk said there stays theirs', async () => {
  const topic = await world.topic('Lek', 'datalek', { audience: 'desk' });
  await world.follow('/drie', [item('drie', 'Een datalek bij de buren.', 3)]);
  await world.poll();
  expect(await homes('Titel drie')).toEqual(['3 home']);
  const { id, threadId } = await world.mentionCalled('Titel drie');
  const judge = (about: boolean | null) => world.api.as(desk)('PUT', `/api/mentions/${id}/topics/${topic}`, { about });
  expect((await judge(false)).status).toBe(200);
  expect(await homes('Titel drie')).toEqual(['1']);
  expect(await titles(colleague)).toContain('Titel drie');
  // Though it stands among what all see, what the desk asks about it is nobody else's.
  expect((await world.api.as(colleague)('GET', `/api/threads/${threadId}/topics`)).json.topics).toEqual([]);
  expect(await titles(colleague, `&topic=${topic}`)).toEqual([]);
  await judge(null);
  expect(await homes('Titel drie')).toEqual(['3 home']);
  const { audiences } = (await world.api.as(desk)('GET', `/api/threads/${threadId}`)).json;
  const own = audiences.find(({ circle }: { circle: { kind: string } }) => circle.kind === 'desk');
  const said = { text: 'Eerst bellen.', audience: { circle: own.circle.id, token: own.token } };
  expect((await say(world.api, desk, threadId, said)).status).toBe(201);
  expect(await homes('Titel drie')).toEqual(['3 home talk']);

  await world.api.as(desk)('POST', `/api/topics/${topic}/pause`);
  await world.runs();
  expect(await homes('Titel drie')).toEqual(['1', '3 talk']);
  const open = await world.api.as(colleague)('GET', `/api/threads/${threadId}`);
  expect([open.status, open.json.replies]).toEqual([200, []]);
  expect(await found(colleague, 'datalek')).toBe(1);

  await world.api.as(desk)('POST', `/api/topics/${topic}/start`, {});
  await world.runs();
  expect(await homes('Titel drie')).toEqual(['3 home talk']);
  expect(await found(colleague, 'datalek')).toBe(0);
  const changed = await world.api.as(desk)('PATCH', `/api/topics/${topic}`, { audience: 'all' });
  expect(changed.json).toMatchObject({ audience: 'all' });
  await world.runs();
  expect(await homes('Titel drie')).toEqual(['1', '3 talk']);
});

test('a run finds and its undoing lets go; what colleagues said of it before still shows them the outside', async () => {
  await world.follow('/vier', [item('vier', 'Een klokkenluider sprak.', 2)]);
  await world.poll();
  const { threadId } = await world.mentionCalled('Titel vier');
  await world.follow('/vijf', [item('vijf', 'Nog een klokkenluider.', 2)]);
  await world.poll();
  expect((await say(world.api, colleague, threadId)).status).toBe(201);
  expect(await homes('Titel vier')).toEqual(['1', '2 talk']);
  const topic = await world.topic('Melding', 'klokkenluider', { audience: 'desk' });
  const path = `/api/topics/${topic}`;
  await world.api.as(desk)('POST', `${path}/start`, { apply: { from: 'days', days: 30 } });
  await world.runs();
  expect(await homes('Titel vier')).toEqual(['2 talk', '3 home']);
  const other = await world.mentionCalled('Titel vijf');
  expect((await world.api.as(colleague)('GET', `/api/threads/${other.threadId}`)).status).toBe(404);
  expect((await world.api.as(colleague)('GET', `/api/threads/${threadId}`)).json.mentions).toHaveLength(1);
  expect(await found(colleague, 'klokkenluider')).toBe(1);
  expect((await world.api.as(colleague)('GET', `/api/threads/${threadId}`)).json.case).toBeNull();
  const [run] = (await world.api.as(desk)('GET', `${path}/runs`)).json.runs;
  expect((await world.api.as(desk)('POST', `${path}/runs/${run.id}/undo`)).status).toBe(202);
  await world.runs();
  expect(await homes('Titel vier')).toEqual(['1', '2 talk']);
  expect((await world.api.as(colleague)('GET', `/api/threads/${threadId}`)).json.case).toMatchObject({ state: 'open' });
});
