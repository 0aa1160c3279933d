import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { markRead as markAllRead } from '#storage/attention-marks.ts';
import { follow, markRead, readAttention } from '#storage/attention-writes.ts';
import { everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedMention } from '#test/seed.ts';
import { seedAttention, seedCircle, seedInsideThread, seedReply } from '#test/seed-inside.ts';

let it: TestApp;
let sanne: SeededPerson;
let joris: SeededPerson;
let asSanne: TestApp['ask'];
beforeAll(async () => {
  it = await testApp();
});
afterAll(() => it.drop());
beforeEach(async () => {
  sanne = await seedPerson(it.db, { name: 'Sanne' });
  joris = await seedPerson(it.db, { name: 'Joris' });
  asSanne = it.as(sanne);
});

const unread = async () =>
  (await asSanne('GET', '/api/stream?unread=true')).json.threads.map((row: { id: string }) => row.id);
const counts = async (ask = asSanne) => (await ask('GET', '/api/stream/counts')).json;
const now = () => new Date().toISOString();

test('counts say what waits for this reader: new to them, theirs, the desk’s, and sources only for who can help', async () => {
  const first = await seedMention(it.db);
  const inside = await seedInsideThread(it.db, { personId: joris.id, at: now() });
  await seedReply(it.db, { threadId: inside, personId: joris.id, at: now() });
  await seedAttention(it.db, { personId: sanne.id, threadId: inside, mentionedAt: now() });
  await sql`insert into cases (thread_id, waiting_since) values (${first.threadId}, now())`.execute(it.db);
  await sql`update sources set last_error = '{"kind":"refused"}', failing_since = now()`.execute(it.db);
  expect(await counts()).toEqual({ unread: 2, mine: 1, deskOpen: 1, deskMine: 0, sourcesNeedYou: 0 });
  expect(await counts(it.as(joris))).toMatchObject({ mine: 0 });
  expect(await counts(it.ask)).toMatchObject({ sourcesNeedYou: 1 });
  await sql`update cases set state = 'taken', holder_id = ${sanne.id}`.execute(it.db);
  expect(await counts()).toMatchObject({ deskOpen: 1, deskMine: 1 });
  await sql`update cases set state = 'answered', holder_id = null, closed_by = ${sanne.id}, closed_at = now()`.execute(
    it.db,
  );
  expect(await counts()).toMatchObject({ deskOpen: 0, deskMine: 0 });
  await sql`update sources set last_error = null`.execute(it.db);
});

test('a count ends at a hundred', async () => {
  for (let i = 0; i < 103; i += 1) await seedMention(it.db);
  expect(await counts()).toMatchObject({ unread: 100 });
});

test('mark all read empties what waits, and its undo brings back exactly that', async () => {
  await seedMention(it.db);
  const inside = await seedInsideThread(it.db, { personId: joris.id, at: now() });
  const before = await unread();
  expect(before).toHaveLength(2);
  const marked = await asSanne('POST', '/api/stream/read');
  expect(marked.status).toBe(200);
  expect(await unread()).toEqual([]);
  expect(await counts()).toMatchObject({ unread: 0, mine: 0 });
  expect((await it.as(joris)('GET', '/api/stream?unread=true')).json.threads.length).toBeGreaterThan(0);
  await seedReply(it.db, { threadId: inside, personId: joris.id, at: now() });
  expect(await unread()).toEqual([it.ids.encode('thread', inside)]);
  expect((await asSanne('POST', '/api/stream/unread', { undo: marked.json.undo })).status).toBe(204);
  expect((await unread()).toSorted()).toEqual(before.toSorted());
});

test('reading and following leave no mark in a circle that the reader does not see, and tell nothing of one', async () => {
  const closed = await sql<{
    id: number;
  }>`insert into circles (kind, name) values ('closed', 'Elders') returning id`.execute(it.db);
  const elsewhere = closed.rows[0]!.id;
  const threadId = await seedInsideThread(it.db, { personId: joris.id, at: now() });
  await sql`insert into placements (thread_id, circle_id, sort_at, news_at)
    values (${threadId}, ${elsewhere}, now() + interval '1 day', now() + interval '1 day')`.execute(it.db);
  const reader = { personId: sanne.id, circles: [everyoneCircle] };
  await markRead(it.db, reader, threadId, new Date());
  await it.db.transaction().execute((trx) => follow(trx, reader, threadId));
  const marks = await sql<{ circle: number }>`
    select circle_id as circle from attention where person_id = ${sanne.id}`.execute(it.db);
  expect(marks.rows).toEqual([{ circle: everyoneCircle }]);
  const { at } = await markAllRead(it.db, reader);
  expect(Number(at) / 1000).toBeLessThanOrEqual(Date.now());
  await follow(it.db, reader, threadId, false);
  await seedAttention(it.db, { personId: sanne.id, threadId, circleId: elsewhere, follows: true });
  expect(await readAttention(it.db, reader, threadId)).toMatchObject({ follows: false });
  await sql`delete from placements where circle_id = ${elsewhere}`.execute(it.db);
  // Where nobody writes, nobody will talk about it: what was begun inside is not followed outside.
  await follow(it.db, { ...reader, circles: [outsideCircle, everyoneCircle] }, threadId);
  const { rows } = await sql`select from attention
    where thread_id = ${threadId} and circle_id = ${outsideCircle}`.execute(it.db);
  expect(rows).toEqual([]);
});

test('whoever never marked a circle gets its beginning back', async () => {
  await sql`delete from circle_readings where person_id = ${sanne.id}`.execute(it.db);
  const before = await counts();
  const { undo } = (await asSanne('POST', '/api/stream/read')).json;
  expect(await counts()).toMatchObject({ unread: 0 });
  expect((await asSanne('POST', '/api/stream/unread', { undo })).status).toBe(204);
  expect(await counts()).toEqual(before);
  const { rows } = await sql`select from circle_readings where person_id = ${sanne.id}`.execute(it.db);
  expect(rows).toHaveLength(0);
});

test('an undo that is made up, another’s, used or older than the last marking is refused by name', async () => {
  await seedMention(it.db);
  const { undo } = (await asSanne('POST', '/api/stream/read')).json;
  const refused = async (ask: TestApp['ask'], text: string) => {
    const answer = await ask('POST', '/api/stream/unread', { undo: text });
    expect([answer.status, answer.json.code, answer.json.errors[0].path]).toEqual([400, 'invalid_request', 'undo']);
  };
  await refused(it.as(joris), undo);
  for (const text of ['', 'x', `${undo.slice(0, -2)}AA`, it.seal.close(sanne.viewer.key, 'stream', [1n, 2n, 3n])])
    await refused(asSanne, text);
  expect(await unread()).toEqual([]);
  await seedMention(it.db);
  const { undo: second } = (await asSanne('POST', '/api/stream/read')).json;
  await refused(asSanne, undo);
  expect((await asSanne('POST', '/api/stream/unread', { undo: second })).status).toBe(204);
  await refused(asSanne, second);
});

test('the stream is read by side, by what is mine and by day, and a cursor holds for that alone', async () => {
  const day = new Date('2025-03-30T10:00:00Z');
  const { threadId } = await seedMention(it.db, { publishedAt: day });
  await seedMention(it.db, { publishedAt: day });
  const inside = await seedInsideThread(it.db, { personId: joris.id, at: now() });
  await seedAttention(it.db, { personId: sanne.id, threadId, circleId: outsideCircle, follows: true });
  const page = async (query: string) => (await asSanne('GET', `/api/stream?${query}`)).json;
  const ids = async (query: string) => (await page(query)).threads.map((row: { id: string }) => row.id);
  expect(await ids('side=inside&limit=1')).toEqual([it.ids.encode('thread', inside)]);
  expect(await ids('mine=true')).toEqual([it.ids.encode('thread', threadId)]);
  expect(await ids('from=2025-03-30&to=2025-03-30')).toHaveLength(2);
  expect(await ids('from=2025-03-30&to=2025-03-30&mine=true&side=outside')).toEqual([
    it.ids.encode('thread', threadId),
  ]);
  expect(await ids('from=2025-03-31&to=2025-03-30')).toEqual([]);
  const { cursor } = await page('from=2025-03-30&to=2025-03-30&limit=1');
  expect(await ids(`from=2025-03-30&to=2025-03-30&limit=1&cursor=${cursor}`)).toHaveLength(1);
  for (const query of ['from=2025-03-30', 'side=outside&from=2025-03-30&to=2025-03-30', 'unread=true']) {
    const { status, json } = await asSanne('GET', `/api/stream?${query}&cursor=${cursor}`);
    expect([status, json.errors[0].path]).toEqual([400, 'cursor']);
  }
  const theirs = await it.as(joris)('GET', `/api/stream?from=2025-03-30&to=2025-03-30&cursor=${cursor}`);
  expect(theirs.status).toBe(400);
});

test.each([
  ['from=0000-01-01', 'from'],
  ['from=2026-02-30', 'from'],
  ['to=gisteren', 'to'],
  ['side=boven', 'side'],
  ['unread=misschien', 'unread'],
  ['outcome=open', 'outcome'],
])('the stream refuses %s and says which part', async (query, path) => {
  const { status, json } = await asSanne('GET', `/api/stream?${query}`);
  expect([status, json.errors[0].path]).toEqual([400, path]);
  expect((await asSanne('GET', '/api/stream?from=0001-01-01&to=9999-12-31&unread=false&mine=false')).status).toBe(200);
});

test('what somebody followed in a circle they left is followed by them no more, where else the thread stands', async () => {
  const { threadId } = await seedMention(it.db);
  const left = await seedCircle(it.db, 'Verlaten kring');
  await sql`insert into placements (thread_id, circle_id, sort_at, news_at) values (${threadId}, ${left}, now(), now())`.execute(
    it.db,
  );
  await seedAttention(it.db, { personId: sanne.id, threadId, circleId: left, follows: true, readAt: '2999-01-01' });
  const { status, json } = await asSanne('GET', `/api/threads/${it.ids.encode('thread', threadId)}`);
  expect([status, json.follows, json.readUpTo > '2999']).toEqual([200, false, false]);
});
