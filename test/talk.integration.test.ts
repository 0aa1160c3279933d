import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './api-app.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { seedMention, seedSource } from './seed.ts';
import { audienceOf, begin, edit, say } from './talk.ts';

let app: TestApp;
let ravi: SeededPerson;
let sanne: SeededPerson;

beforeAll(async () => {
  app = await testApp();
  ravi = await seedPerson(app.db, { name: 'Ravi' });
  sanne = await seedPerson(app.db, { name: 'Sanne' });
});
afterAll(() => app.drop());

const outside = async () => {
  const { threadId, mentionId } = await seedMention(app.db, {
    text: 'De brug blijft dicht tot mei.',
    language: 'en',
    tone: -1,
  });
  return { id: app.ids.encode('thread', threadId), threadId, mentionId, mention: app.ids.encode('mention', mentionId) };
};
const placement = async (threadId: number, circleId: number) => {
  const { rows } = await sql<Record<string, unknown>>`select * from placements
    where thread_id = ${threadId} and circle_id = ${circleId}`.execute(app.db);
  return rows[0];
};
const countReplies = async (threadId: number) =>
  (await sql<{ n: number }>`select count(*)::int as n from replies where thread_id = ${threadId}`.execute(app.db))
    .rows[0]!.n;

test('the first reply gives an outside thread its inside: language, tone and sources go along, nothing outside moves', async () => {
  const { id, threadId } = await outside();
  const before = await placement(threadId, 1);
  const answer = await say(app, ravi, id, { text: 'Klopt, sinds maandag.' });
  expect(answer.status).toBe(201);
  expect(answer.json).toMatchObject({
    threadId: id,
    text: 'Klopt, sinds maandag.',
    own: true,
    version: 1,
    references: [],
  });
  expect(await placement(threadId, 2)).toMatchObject({ language: 'en', tone: -1, reply_count: 1 });
  expect(await placement(threadId, 1)).toEqual(before);
  const { rows } =
    await sql`select circle_id, source_id from placement_sources where thread_id = ${threadId} order by 1`.execute(
      app.db,
    );
  expect(rows).toHaveLength(2);
  const thread = await app.as(sanne)('GET', `/api/threads/${id}`);
  expect(thread.json.replies).toMatchObject([{ person: { name: 'Ravi' }, text: 'Klopt, sinds maandag.', own: false }]);
  expect(thread.json.audiences).toMatchObject([{ circle: { kind: 'internal' }, outsiders: 0, public: false }]);
});

test('a thread begun inside is a thread: who began it, its words, no outside and no case', async () => {
  const answer = await begin(app, ravi, { title: 'Stand op zaterdag', text: 'Wie kan er?' });
  expect(answer.status).toBe(201);
  const thread = await app.as(sanne)('GET', `/api/threads/${answer.json.id}`);
  expect(thread.json).toMatchObject({
    born: 'inside',
    title: 'Stand op zaterdag',
    starter: { name: 'Ravi' },
    mentions: [],
    case: null,
    follows: false,
    replies: [{ text: 'Wie kan er?' }],
  });
  expect((await app.as(ravi)('GET', `/api/threads/${answer.json.id}`)).json).toMatchObject({ follows: true });
});

test('the same request again answers the same and makes nothing, whatever changed since; another under its key is refused', async () => {
  const { id, threadId } = await outside();
  const key = randomUUID();
  const audience = await audienceOf(app, ravi);
  const first = await say(app, ravi, id, { key, audience });
  await sql`update circles set audience_version = audience_version + 1 where id = 2`.execute(app.db);
  const again = await say(app, ravi, id, { key, audience });
  expect(again.status).toBe(201);
  expect(again.json).toEqual(first.json);
  expect(await countReplies(threadId)).toBe(1);
  const other = await say(app, ravi, id, { key, audience, text: 'Iets anders' });
  expect(other).toMatchObject({ status: 422, json: { code: 'key_reused' } });
  // The key is the writer's own: a colleague may use the same.
  expect((await say(app, sanne, id, { key })).status).toBe(201);
  const threadKey = randomUUID();
  const begun = await begin(app, ravi, { key: threadKey, audience: await audienceOf(app, ravi) });
  const begunAgain = await begin(app, ravi, { key: threadKey });
  expect(begunAgain).toMatchObject({ status: 422 });
  expect(begun.status).toBe(201);
});

test('many at once, each sent twice: every reply once, and the placement counts them', async () => {
  const { id, threadId } = await outside();
  const audiences = { ravi: await audienceOf(app, ravi), sanne: await audienceOf(app, sanne) };
  const requests = Array.from({ length: 20 }, (_, n) => ({
    person: n % 2 ? ravi : sanne,
    key: randomUUID(),
    text: `nr ${n}`,
  }));
  const send = ({ person, key, text }: (typeof requests)[number]) =>
    say(app, person, id, { key, text, audience: person === ravi ? audiences.ravi : audiences.sanne });
  const answers = await Promise.all([...requests, ...requests].map(send));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ json }) => json.id)).size).toBe(20);
  expect(await countReplies(threadId)).toBe(20);
  const standing = await placement(threadId, 2);
  expect(standing).toMatchObject({ reply_count: 20 });
  const newest = await sql<{ at: Date; distinct: number }>`select max(written_at) as at,
    count(distinct written_at)::int as distinct from replies where thread_id = ${threadId}`.execute(app.db);
  expect(newest.rows[0]).toEqual({ at: standing!.sort_at, distinct: 20 });
});

test('times of a placement rise with every reply, also when the clock goes back', async () => {
  const { id, threadId } = await outside();
  await say(app, ravi, id);
  await sql`update placements set news_at = now() + interval '1 hour' + interval '123 microseconds'
    where thread_id = ${threadId} and circle_id = 2`.execute(app.db);
  const { news_at: before } = (await placement(threadId, 2))! as { news_at: Date };
  const next = [(await say(app, ravi, id)).json.writtenAt, (await say(app, ravi, id)).json.writtenAt].map(Date.parse);
  expect(next).toEqual([before.getTime() + 1, before.getTime() + 2]);
  expect(await placement(threadId, 2)).toMatchObject({ news_at: new Date(next[1]!), sort_at: new Date(next[1]!) });
});

test('sending goes to who was shown: what is not their own view of that very circle is refused and nothing is stored', async () => {
  const { id, threadId } = await outside();
  const audience = await audienceOf(app, ravi);
  const theirs = await audienceOf(app, sanne);
  for (const token of [theirs.token, 'x', '', audience.token.slice(2)])
    expect((await say(app, ravi, id, { audience: { circle: audience.circle, token } })).status).toBe(400);
  const seen = app.ids.encode('circle', 1);
  for (const circle of [seen, app.ids.encode('circle', 99), id])
    expect((await say(app, ravi, id, { audience: { circle, token: audience.token } })).status).toBe(400);
  expect(await countReplies(threadId)).toBe(0);
  const { rows } = await sql`select from threads where started_by = ${ravi.id} and not exists (
    select from replies r where r.thread_id = threads.id)`.execute(app.db);
  expect(rows).toHaveLength(0);
});

test('one’s own reply can be changed and withdrawn, by nobody else, and neither moves the thread', async () => {
  const { id, threadId } = await outside();
  const reply = (await say(app, ravi, id, { text: 'Eerst zo' })).json;
  const standing = await placement(threadId, 2);
  const path = `/api/replies/${reply.id}`;
  expect(await edit(app, sanne, reply, { text: 'Nee' })).toMatchObject({ status: 403 });
  expect(await app.as(sanne)('DELETE', path)).toMatchObject({ status: 403 });
  const changed = await edit(app, ravi, reply, { text: 'Dan zo' });
  expect(changed.json).toMatchObject({ text: 'Dan zo', version: 2, writtenAt: reply.writtenAt });
  expect(changed.json.editedAt).not.toBeNull();
  const stale = await edit(app, ravi, reply, { text: 'Of zo' });
  expect(stale).toMatchObject({ status: 409, json: { code: 'changed_meanwhile' } });
  expect(await placement(threadId, 2)).toEqual(standing);
  const gone = await app.as(ravi)('DELETE', path);
  expect(gone.json).toMatchObject({ text: '', references: [] });
  expect((await app.as(ravi)('DELETE', path)).json).toEqual(gone.json);
  expect(await edit(app, ravi, reply, { text: 'Toch', version: 3 })).toMatchObject({ status: 410 });
  expect(await placement(threadId, 2)).toEqual({ ...standing, reply_count: 0 });
  expect((await app.as(sanne)('GET', `/api/threads/${id}`)).json.replies).toMatchObject([{ text: '', own: false }]);
});

test('who is named hears of it, and what one wrote oneself is read', async () => {
  const { id } = await outside();
  const person = { kind: 'person', id: app.ids.encode('person', sanne.id) };
  const answer = await say(app, ravi, id, { text: 'Weet jij dit, \uFFFC?', references: [person] });
  expect(answer.json.references).toEqual([{ ...person, name: 'Sanne' }]);
  const mine = await app.as(sanne)('GET', '/api/stream?mine=true');
  expect(mine.json.threads[0]).toMatchObject({ id, unread: true, follows: false });
  const own = await app.as(ravi)('GET', '/api/stream?mine=true&side=inside');
  expect(own.json.threads.find((row: { id: string }) => row.id === id)).toMatchObject({ follows: true });
  const unread = await app.as(ravi)('GET', '/api/stream?unread=true&side=inside&limit=100');
  expect(unread.json.threads.map((row: { id: string }) => row.id)).not.toContain(id);
});

test('what one saw is read, and what arrived after it is not', async () => {
  const { id } = await outside();
  await say(app, ravi, id);
  const read = async (readUpTo: string) =>
    (await app.as(sanne)('PUT', `/api/threads/${id}/attention`, { readUpTo })).json;
  const unread = async () => {
    const { json } = await app.as(sanne)('GET', '/api/stream?unread=true&limit=100');
    return json.threads.some((row: { id: string }) => row.id === id);
  };
  const { replies, mentions } = (await app.as(sanne)('GET', `/api/threads/${id}`)).json;
  expect(await unread()).toBe(true);
  await read(mentions[0].publishedAt);
  expect(await unread()).toBe(true);
  const newest = [replies[0].writtenAt, mentions[0].fetchedAt].sort().at(-1);
  const { readUpTo } = await read(newest);
  expect(await unread()).toBe(false);
  // Reading never goes back.
  expect((await read(mentions[0].publishedAt)).readUpTo).toBe(readUpTo);
  expect(await unread()).toBe(false);
  await say(app, ravi, id);
  expect(await unread()).toBe(true);
  await read(newest);
  expect(await unread()).toBe(true);
  await read('2999-01-01T00:00:00Z');
  expect(await unread()).toBe(false);
  await say(app, ravi, id);
  expect(await unread()).toBe(true);
});

test('following can be said before anybody talked, and taken back', async () => {
  const { id } = await outside();
  const put = (body: unknown) => app.as(sanne)('PUT', `/api/threads/${id}/attention`, body);
  expect((await put({ follows: true })).json).toMatchObject({ follows: true });
  await say(app, ravi, id);
  const { json } = await app.as(sanne)('GET', '/api/stream?mine=true&side=inside');
  expect(json.threads.map((row: { id: string }) => row.id)).toContain(id);
  expect((await put({ follows: false })).json).toMatchObject({ follows: false });
});

test('replies come in pages of 200, back to the first', async () => {
  const { id, threadId } = await outside();
  await say(app, ravi, id, { text: 'eerste' });
  await sql`insert into replies (thread_id, circle_id, person_id, text, written_at)
    select ${threadId}, 2, ${ravi.id}, 'nr ' || n, now() + n * interval '1 microsecond' from generate_series(1, 450) n`.execute(
    app.db,
  );
  const thread = (await app.as(sanne)('GET', `/api/threads/${id}`)).json;
  const texts = [thread.replies];
  for (let before = thread.earlierReplies; before !== null; ) {
    const page = await app.as(sanne)('GET', `/api/threads/${id}/replies?before=${before}`);
    expect(page.status).toBe(200);
    texts.unshift(page.json.replies);
    before = page.json.earlier;
  }
  expect(texts.map((page) => page.length)).toEqual([51, 200, 200]);
  expect(texts.flat().map(({ text }) => text)).toEqual([
    'eerste',
    ...Array.from({ length: 450 }, (_, n) => `nr ${n + 1}`),
  ]);
  for (const before of ['x', thread.audiences[0].token])
    expect((await app.as(sanne)('GET', `/api/threads/${id}/replies?before=${before}`)).status).toBe(400);
});

test('a reply to what is not there says so, that the text is kept, and gives nothing away', async () => {
  const gone = await say(app, ravi, app.ids.encode('thread', 999_999));
  expect(gone).toMatchObject({ status: 404, json: { code: 'not_found' } });
  expect(gone.json.detail).toMatch(/Je tekst|Your text/);
  const { threadId } = await outside();
  await sql`update placements set circle_id = 77 where thread_id = ${threadId}`.execute(app.db);
  const hidden = await say(app, ravi, app.ids.encode('thread', threadId));
  expect(hidden.text).toBe(gone.text);
});

test('a reply to a thread that went into another goes there', async () => {
  const [from, to] = [await outside(), await outside()];
  await sql`update threads set merged_into = ${to.threadId} where id = ${from.threadId}`.execute(app.db);
  await sql`delete from placements where thread_id = ${from.threadId}`.execute(app.db);
  expect((await say(app, ravi, from.id)).json).toMatchObject({ threadId: to.id });
  expect((await app.as(ravi)('GET', `/api/threads/${from.id}/replies`)).json.replies).toHaveLength(1);
});

test('the sources of a thread are the sources of its inside too', async () => {
  const { id, threadId } = await outside();
  await say(app, ravi, id);
  const sourceId = await seedSource(app.db, 'Wijkforum');
  await seedMention(app.db, { threadId, sourceId });
  await say(app, ravi, id);
  const { json } = await app.as(sanne)('GET', `/api/stream?side=inside&source=${app.ids.encode('source', sourceId)}`);
  expect(json.threads).toMatchObject([{ id, replies: { count: 2 } }]);
});
