import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyoneCircle } from '#storage/schema.ts';
import { type SeededPerson, seedPerson } from './people.ts';
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
