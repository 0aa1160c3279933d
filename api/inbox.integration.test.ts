import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { notify } from '#storage/notices.ts';
import { everyoneCircle } from '#storage/schema.ts';
import { type TestApp, testApp } from '#test/api-app.ts';
import { type SeededPerson, seedPerson } from '#test/people.ts';
import { seedAttention, seedCircle, seedInsideThread, seedReply } from '#test/seed-inside.ts';

let it: TestApp;
let sanne: SeededPerson;
let joris: SeededPerson;
let closed: number;
beforeAll(async () => {
  it = await testApp();
});
afterAll(() => it.drop());
beforeEach(async () => {
  sanne = await seedPerson(it.db, { name: 'Sanne' });
  joris = await seedPerson(it.db, { name: 'Joris' });
  // They were here for long.
  await sql`delete from circle_readings`.execute(it.db);
  closed = await seedCircle(it.db, 'Bestuur');
  for (const { id } of [sanne, joris])
    await sql`insert into memberships (circle_id, person_id) values (${closed}, ${id})`.execute(it.db);
});

const ask = (method: string, path: string, body?: unknown) => it.as(sanne)(method, path, body);
const inbox = async (query = '') => (await ask('GET', `/api/inbox${query}`)).json;
const count = async () => (await ask('GET', '/api/inbox/count')).json.unread;
const kinds = async () =>
  (await inbox()).items.map(({ kind, read }: { kind: string; read: boolean }) => `${kind}${read ? ' read' : ''}`);
const level = (given: { circle?: number; thread?: number | null; level: string | null }) =>
  ask('PUT', '/api/notice-levels', {
    circle: it.ids.encode('circle', given.circle ?? everyoneCircle),
    thread: given.thread ? it.ids.encode('thread', given.thread) : null,
    level: given.level,
  });
let seconds = 0;
/** Moments that rise, all of the last hour. */
const next = () => new Date(Date.now() - 3_600_000 + 1_000 * ++seconds).toISOString();
const thread = (circleId = everyoneCircle) => seedInsideThread(it.db, { personId: joris.id, at: next(), circleId });
const reply = (threadId: number, circleId = everyoneCircle, personId = joris.id) =>
  seedReply(it.db, { threadId, personId, at: next(), circleId });
const named = async (threadId: number, circleId = everyoneCircle) => {
  const at = next();
  const id = await seedReply(it.db, {
    threadId,
    personId: joris.id,
    at,
    circleId,
    references: [{ kind: 'person', ref: sanne.id }],
  });
  await seedAttention(it.db, { personId: sanne.id, threadId, circleId, mentionedAt: at });
  return id;
};
const notice = (given: object) =>
  it.db
    .transaction()
    .execute((trx) => notify(trx, [{ personId: sanne.id, kind: 'handed-over', byPersonId: joris.id, ...given }]));

test('it holds who named me, news where I follow and notices, newest first and one line a thread', async () => {
  const mentioned = await thread();
  const replyId = await named(mentioned);
  const followed = await thread(closed);
  await seedAttention(it.db, { personId: sanne.id, threadId: followed, circleId: closed, follows: true });
  await reply(followed, closed);
  await reply(await thread());
  await notice({ circleId: closed, detail: { note: 'x' } });
  const { items } = await inbox();
  expect(items).toMatchObject([
    {
      kind: 'handed-over',
      thread: null,
      circle: { name: 'Bestuur' },
      person: { name: 'Joris' },
      detail: { note: 'x' },
    },
    {
      kind: 'news',
      thread: { id: it.ids.encode('thread', followed), title: 'Wie kan zaterdag?' },
      circle: { name: 'Bestuur' },
      person: { name: 'Joris' },
      read: false,
    },
    {
      kind: 'mention',
      id: it.ids.encode('thread', mentioned),
      replyId: it.ids.encode('reply', replyId),
      person: { name: 'Joris' },
    },
  ]);
  expect(await count()).toBe(3);
  // Named and more said since: one line, because I was named.
  await reply(mentioned);
  await sql`update attention set follows = true where person_id = ${sanne.id}`.execute(it.db);
  expect((await kinds()).sort()).toEqual(['handed-over', 'mention', 'news']);
});

test('what somebody may no longer see is not in it, nor in its count; a queued notice neither', async () => {
  await named(await thread(closed), closed);
  await notice({ circleId: closed });
  await notice({ threadId: await thread(closed) });
  await level({ circle: closed, level: 'all' });
  expect(await count()).toBe(4);
  await sql`update memberships set until = today() - 1 where person_id = ${sanne.id}`.execute(it.db);
  expect(await count()).toBe(0);
  expect((await inbox()).items).toEqual([]);
  expect((await ask('GET', '/api/notice-levels')).json.levels).toEqual([]);
});

test('nobody reads another inbox, nor goes on in it with their cursor, nor marks or unmarks there', async () => {
  await named(await thread());
  await notice({});
  await notice({});
  const page = await inbox('?limit=1');
  const others = it.as(joris);
  expect((await others('GET', '/api/inbox')).json.items).toEqual([]);
  expect((await others('GET', `/api/inbox?cursor=${page.cursor}`)).status).toBe(400);
  const [mine] = (await inbox()).items.filter((one: { id: string }) => one.id.startsWith('n_'));
  expect((await others('POST', '/api/inbox/read', { items: [mine.id] })).status).toBe(404);
  const { undo } = (await ask('POST', '/api/inbox/read', { items: [mine.id] })).json;
  expect((await others('POST', '/api/inbox/read', { undo })).status).toBe(400);
  expect(await count()).toBe(2);
});

test('pages follow one another without a gap or a double, unread ones alone too', async () => {
  for (let i = 0; i < 5; i += 1) await named(await thread());
  for (let i = 0; i < 4; i += 1) await notice({});
  for (const only of ['', '&unread=true']) {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { id: string }[]; cursor: string | null } = await inbox(
        `?limit=2${only}${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    }
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
  }
});

test('levels: all of a circle, only where I am named, nothing; a thread’s own goes first, and the stream keeps its dot', async () => {
  const [first, second] = [await thread(closed), await thread(closed)];
  await reply(first, closed);
  await reply(second, closed);
  expect(await kinds()).toEqual([]);
  expect((await level({ circle: closed, level: 'all' })).json.levels).toMatchObject([{ thread: null, level: 'all' }]);
  expect(await kinds()).toEqual(['news', 'news']);
  await level({ circle: closed, thread: first, level: 'nothing' });
  expect((await inbox()).items).toMatchObject([{ id: it.ids.encode('thread', second) }]);
  const dots = (await ask('GET', '/api/stream?unread=true')).json.threads.map(({ id }: { id: string }) => id);
  expect(dots).toContain(it.ids.encode('thread', first));
  await level({ circle: closed, level: 'mentions' });
  await seedAttention(it.db, { personId: sanne.id, threadId: second, circleId: closed, follows: true });
  expect(await kinds()).toEqual([]);
  await level({ circle: closed, level: null });
  expect(await kinds()).toEqual(['news']);
  await level({ circle: closed, level: 'nothing' });
  expect(await count()).toBe(0);
  await level({ circle: closed, thread: second, level: 'all' });
  expect(await kinds()).toEqual(['news']);
});

test('a level is for who set it', async () => {
  const followed = await thread(closed);
  await seedAttention(it.db, { personId: sanne.id, threadId: followed, circleId: closed, follows: true });
  await reply(followed, closed);
  const circle = it.ids.encode('circle', closed);
  await it.as(joris)('PUT', '/api/notice-levels', { circle, thread: null, level: 'nothing' });
  expect(await kinds()).toEqual(['news']);
  expect((await ask('GET', '/api/notice-levels')).json.levels).toEqual([]);
});

test('a level is said of what one sees: of another circle, or of a thread that does not stand there, it is 404', async () => {
  const elsewhere = await seedCircle(it.db, 'Elders');
  const never = await level({ circle: 999_999, level: 'all' });
  expect(never.status).toBe(404);
  expect((await level({ circle: elsewhere, level: 'all' })).text).toBe(never.text);
  expect((await level({ circle: closed, thread: await thread(), level: 'all' })).status).toBe(404);
  expect((await ask('GET', '/api/notice-levels')).json.levels).toEqual([]);
});

test('what is marked is read here and in the stream, and its undo brings back exactly that', async () => {
  const followed = await thread();
  await seedAttention(it.db, { personId: sanne.id, threadId: followed, follows: true });
  await reply(followed);
  const mentioned = await thread(closed);
  await named(mentioned, closed);
  await notice({});
  const items = (await inbox()).items.map(({ id }: { id: string }) => id);
  expect(items).toHaveLength(3);
  const { undo } = (await ask('POST', '/api/inbox/read', { items })).json;
  expect(await count()).toBe(0);
  // What was addressed to me stays as read; news is over.
  expect((await kinds()).sort()).toEqual(['handed-over read', 'mention read']);
  const row = async () =>
    (await ask('GET', '/api/stream')).json.threads.find(
      ({ id }: { id: string }) => id === it.ids.encode('thread', followed),
    );
  expect((await row()).unread).toBe(false);
  expect((await ask('POST', '/api/inbox/read', { undo })).json.undo).toBeNull();
  expect(await count()).toBe(3);
  expect((await row()).unread).toBe(true);
  await ask('POST', '/api/inbox/read', { undo: 'x' }).then(({ status }) => expect(status).toBe(400));
});

test('what somebody else read first is not what an undo brings back', async () => {
  const threadId = await thread(closed);
  await reply(threadId, closed);
  await level({ circle: closed, level: 'all' });
  const items = [it.ids.encode('thread', threadId)];
  await it.as(joris)('POST', '/api/inbox/read', { items });
  const { undo } = (await ask('POST', '/api/inbox/read', { items })).json;
  await ask('POST', '/api/inbox/read', { undo });
  expect(await count()).toBe(1);
});

test('of a conversation that one does not see nothing is marked', async () => {
  const elsewhere = await seedCircle(it.db, 'Elders');
  const mark = (threadId: number) => ask('POST', '/api/inbox/read', { items: [it.ids.encode('thread', threadId)] });
  const never = await mark(9e6);
  const unseen = await mark(await thread(elsewhere));
  expect([unseen.status, unseen.text]).toEqual([404, never.text]);
});

test('everything up to a moment is read here and stays new in the stream; what comes later is not read', async () => {
  const mentioned = await seedInsideThread(it.db, { personId: joris.id, at: new Date().toISOString() });
  await seedAttention(it.db, {
    personId: sanne.id,
    threadId: mentioned,
    mentionedAt: new Date(Date.now() - 50).toISOString(),
  });
  await notice({});
  expect(await count()).toBe(2);
  const upTo = new Date().toISOString();
  const { undo } = (await ask('POST', '/api/inbox/read', { upTo })).json;
  expect(await count()).toBe(0);
  const dots = (await ask('GET', '/api/stream?unread=true')).json.threads.map(({ id }: { id: string }) => id);
  expect(dots).toContain(it.ids.encode('thread', mentioned));
  await notice({});
  expect(await count()).toBe(1);
  expect((await ask('POST', '/api/inbox/read', { upTo: '2026-01-01T00:00:00Z' })).json.undo).toBeNull();
  await ask('POST', '/api/inbox/read', { undo });
  expect(await count()).toBe(3);
  expect((await ask('POST', '/api/inbox/read', { undo })).status).toBe(400);
  // The future is not read yet.
  await ask('POST', '/api/inbox/read', { upTo: '2999-01-01T00:00:00Z' });
  await notice({});
  expect(await count()).toBe(1);
});

test('a count ends at a hundred', async () => {
  await it.db.transaction().execute((trx) =>
    notify(
      trx,
      Array.from({ length: 103 }, () => ({ personId: sanne.id, kind: 'handed-over' })),
    ),
  );
  expect(await count()).toBe(100);
});
