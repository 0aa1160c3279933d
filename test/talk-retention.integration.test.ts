import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { installationSecret } from '#storage/installation.ts';
import { createKeys, type Keys } from '#storage/keys.ts';
import { expireTexts } from '#storage/retention.ts';
import { type TestApp, testApp } from './api-app.ts';
import { addedSource, aMention } from './builders.ts';
import { type SeededPerson, seedPerson } from './people.ts';
import { brokenPromises, fetchedAt, saved } from './saving.ts';
import { say } from './talk.ts';

let app: TestApp;
let keys: Keys;
let ravi: SeededPerson;
let sourceId: number;

beforeAll(async () => {
  app = await testApp();
  keys = createKeys(await installationSecret(app.db));
  ravi = await seedPerson(app.db, { name: 'Ravi' });
  sourceId = await addedSource(app.db);
});
afterAll(() => app.drop());

const at = (days: number) => new Date(fetchedAt.getTime() + days * 86_400_000);
/** A story that came in, told of once; its thread. */
async function arrived(mention: Parameters<typeof aMention>[0] = {}, source = sourceId) {
  await saved(app.db, keys, source, [aMention(mention)]);
  const { rows } = await sql<{
    threadId: number;
  }>`select thread_id as "threadId" from mentions order by id desc limit 1`.execute(app.db);
  const { threadId } = rows[0]!;
  return { threadId, id: app.ids.encode('thread', threadId) };
}
const talkedOn = (threadId: number, day: number) =>
  sql`update placements set sort_at = ${at(day)} where thread_id = ${threadId} and circle_id = 2`.execute(app.db);
const look = async (id: string) => {
  const { status, json } = await app.as(ravi)('GET', `/api/threads/${id}`);
  return { status, text: json.mentions?.[0]?.text, state: json.mentions?.[0]?.state, replies: json.replies?.length };
};

test('words are kept while they are talked about: 180 days after the newest reply, two years at most', async () => {
  const talked = await arrived({ text: 'Hier praten we over' });
  const silent = await arrived({ text: 'Hier niet over' });
  await say(app, ravi, talked.id);
  await talkedOn(talked.threadId, 100);
  await expireTexts(app.db, at(181));
  expect(await look(talked.id)).toMatchObject({ text: 'Hier praten we over', state: 'live' });
  expect((await look(silent.id)).status).toBe(404);
  // It does not hold its month up.
  const { rows } = await sql`select from mention_texts where month >= '2000-01-01'`.execute(app.db);
  expect(rows).toHaveLength(0);
  await talkedOn(talked.threadId, 250);
  await expireTexts(app.db, at(281));
  expect(await look(talked.id)).toMatchObject({ text: 'Hier praten we over' });
  await talkedOn(talked.threadId, 700);
  await expireTexts(app.db, at(431));
  expect(await look(talked.id)).toMatchObject({ text: 'Hier praten we over' });
  await expireTexts(app.db, at(731));
  expect(await look(talked.id)).toEqual({ status: 200, text: null, state: 'expired', replies: 1 });
  expect((await say(app, ravi, talked.id)).status).toBe(201);
  expect(await brokenPromises(app.db)).toEqual([]);
});

test('a thread of which every reply was withdrawn was not discussed; it still can be where it stands', async () => {
  const { id, threadId } = await arrived();
  const reply = (await say(app, ravi, id)).json;
  await app.as(ravi)('DELETE', `/api/replies/${reply.id}`);
  await talkedOn(threadId, 100);
  await expireTexts(app.db, at(181));
  expect(await look(id)).toMatchObject({ status: 200, text: null, replies: 1 });
  const { rows } = await sql<{
    circle: number;
  }>`select circle_id as circle from placements where thread_id = ${threadId}`.execute(app.db);
  expect(rows).toEqual([{ circle: 2 }]);
  expect((await say(app, ravi, id)).status).toBe(201);
});

test('what a mention turns out to say is true of its inside as well', async () => {
  const edited = { externalId: 'edited', namespace: 'edits' };
  const { id, threadId } = await arrived({ ...edited, language: 'nl' });
  await say(app, ravi, id);
  const sentiment = { score: -1, confidence: 0.9, tone: 'negative', method: 'test-1' } as const;
  await saved(app.db, keys, sourceId, [aMention({ ...edited, text: 'Anders', language: 'de', sentiment })]);
  const { rows } =
    await sql`select circle_id, language, tone from placements where thread_id = ${threadId} order by 1`.execute(
      app.db,
    );
  expect(rows).toEqual([
    { circle_id: 1, language: 'de', tone: -1 },
    { circle_id: 2, language: 'de', tone: -1 },
  ]);
});

test('a copy from another source puts the inside in the stream of that source too, and moves nothing', async () => {
  const { id, threadId } = await arrived({ urlKey: 'krant.example/kopie' });
  await say(app, ravi, id);
  const before = await sql`select * from placements where thread_id = ${threadId}`.execute(app.db);
  const other = await addedSource(app.db);
  await saved(app.db, keys, other, [aMention({ urlKey: 'krant.example/kopie', namespace: 'other' })]);
  const { rows } = await sql<{ circle: number; source: number }>`select circle_id as circle, source_id as source
    from placement_sources where thread_id = ${threadId} order by 1, 2`.execute(app.db);
  expect(rows).toEqual([1, 2].flatMap((circle) => [sourceId, other].map((source) => ({ circle, source }))));
  const after = await sql`select * from placements where thread_id = ${threadId}`.execute(app.db);
  expect(after.rows).toEqual(before.rows);
});

test('first replies and edits at the same moment: the inside never keeps what the outside no longer is', async () => {
  for (let round = 0; round < (process.env.FULL ? 200 : 15); round += 1) {
    const same = { externalId: `race-${round}`, namespace: 'race' };
    const { id, threadId } = await arrived(same);
    await Promise.all([
      say(app, ravi, id),
      saved(app.db, keys, sourceId, [aMention({ ...same, text: `Nu ${round}`, language: 'en' })]),
      say(app, ravi, id),
    ]);
    const { rows } = await sql<{
      language: string;
    }>`select language from placements where thread_id = ${threadId}`.execute(app.db);
    expect(rows.map(({ language }) => language)).toEqual(['en', 'en']);
  }
});
