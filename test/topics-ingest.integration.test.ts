import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '#platform/log.ts';
import { startTopicMatcher } from '#workers/match-topics.ts';
import { hoursAgo, type TopicWorld, topicWorld } from './topic-world.ts';

let world: TopicWorld;
beforeEach(async () => {
  world = await topicWorld();
});
afterEach(() => world.close());

const bridge = 'Fietsers rijden om zolang de Sluisbrug dicht blijft.';
const market = 'Op de markt staan vanaf zaterdag tien kramen meer.';

test('what comes in and answers a topic says by which version and with which words, and stands in its stream', async () => {
  const topic = await world.topic('Sluisbrug', 'sluisbrug (dicht OF open)');
  await world.follow('/a', [
    { id: '1', title: 'Weer een omweg', text: bridge, at: hoursAgo(2) },
    { id: '2', title: 'Meer kramen', text: market, at: hoursAgo(1) },
  ]);
  await world.poll();
  expect(await world.stories(topic)).toEqual(['Weer een omweg']);
  const { threadId } = await world.mentionCalled('Weer een omweg');
  const why = (await world.api.ask('GET', `/api/threads/${threadId}/topics`)).json.topics;
  expect(why).toMatchObject([
    {
      topic: { id: topic, name: 'Sluisbrug' },
      version: 1,
      current: true,
      byRun: false,
      words: ['Sluisbrug dicht'],
      spans: [{ part: 'text', from: bridge.indexOf('Sluisbrug'), to: bridge.indexOf(' blijft') }],
    },
  ]);
  const [found] = (
    await sql<{ topics: number[]; version: number; now: number }>`
    select d.topics, d.version, m.version as now from search_documents d join mentions m on m.id = d.ref
    where d.kind = 1 and d.topics <> '{}'`.execute(world.api.db)
  ).rows;
  expect(found).toEqual({ topics: [world.api.ids.decode('topic', topic)], version: 1, now: 1 });
  const { json: figures } = await world.api.ask('GET', '/api/figures');
  expect(figures.topics).toMatchObject([{ topic: { id: topic }, stories: 1, mentions: 1 }]);
  const { json: own } = await world.api.ask('GET', `/api/figures?topic=${topic}`);
  expect([own.totals.stories, own.totals.mentions, figures.totals.stories]).toEqual([1, 1, 2]);
});

test('a topic asks only in its own sources, and not at all while it is paused or a draft', async () => {
  const first = await world.follow('/a', [{ id: '1', title: 'Hier', text: bridge }]);
  await world.follow('/b', [{ id: '2', title: 'Daar', text: bridge }]);
  const sources = [world.api.ids.encode('source', first)];
  const here = await world.topic('Alleen hier', 'sluisbrug', { sources });
  const paused = await world.topic('Gepauzeerd', 'sluisbrug');
  expect((await world.api.ask('POST', `/api/topics/${paused}/pause`)).json.state).toBe('paused');
  const draft = await world.api.ask('POST', '/api/topics', { name: 'Nog niets', kind: 'theme', query: 'sluisbrug' });
  await world.poll();
  expect(await world.stories(here)).toEqual(['Hier']);
  expect(await world.stories(paused)).toEqual([]);
  expect(await world.stories(draft.json.id)).toEqual([]);
});

test('an edit is matched again; what somebody said is about us stays', async () => {
  const topic = await world.topic('Sluisbrug', 'sluisbrug');
  const both = (first: string, second: string, third: string) => [
    { id: '1', title: 'Een', text: first },
    { id: '2', title: 'Twee', text: second },
    { id: '3', title: 'Drie', text: third },
  ];
  await world.follow('/a', both(bridge, market, `${bridge} Zegt de wethouder.`));
  await world.poll();
  expect((await world.stories(topic)).sort()).toEqual(['Drie', 'Een']);
  const { id, threadId } = await world.mentionCalled('Drie');
  await world.api.ask('PUT', `/api/mentions/${id}/topics/${topic}`, { about: true });
  world.show('/a', both(market, bridge, `${market} Zegt de wethouder.`));
  await world.poll();
  expect((await world.stories(topic)).sort()).toEqual(['Drie', 'Twee']);
  expect((await world.api.ask('GET', `/api/threads/${threadId}/topics`)).json.topics).toMatchObject([
    { words: [], spans: [], judged: true },
  ]);
});

test('a copy that joins a story brings its topics to it, and a reply takes them into its circle', async () => {
  const topic = await world.topic('Sluisbrug', 'sluisbrug');
  const link = 'https://krant.example/nieuws/verkeer-2026';
  await world.follow('/a', [{ id: '1', title: 'Verkeer', text: market, link }]);
  await world.poll();
  expect(await world.stories(topic)).toEqual([]);
  const { threadId } = await world.mentionCalled('Verkeer');
  const { audiences } = (await world.api.ask('GET', '/api/audiences')).json;
  const heard = { circle: audiences[0].circle.id, audience: audiences[0].token };
  const reply = (text: string) =>
    world.api.ask(
      'POST',
      `/api/threads/${threadId}/replies`,
      { ...heard, text },
      { 'idempotency-key': crypto.randomUUID() },
    );
  expect((await reply('Wie weet meer?')).status).toBe(201);
  const other = await world.follow('/b', [{ id: '2', title: 'Nog eens', text: bridge, link }]);
  await world.poll();
  expect(await world.stories(topic)).toEqual(['Verkeer']);
  expect(await world.stories(topic, '&side=inside')).toEqual(['Verkeer']);
  expect((await reply('De brug, dus.')).status).toBe(201);
  const { rows } =
    await sql`select p.circle_id from placement_topics p join placements o using (thread_id, circle_id, sort_at)
    order by 1`.execute(world.api.db);
  expect(rows).toEqual([{ circle_id: 1 }, { circle_id: 2 }]);
  // Gone with its source, and with it what made the story one of this topic.
  await world.api.ask('DELETE', `/api/sources/${world.api.ids.encode('source', other)}?mentions=remove`);
  expect(await world.stories(topic)).toEqual([]);
});

test('of a source that keeps only what a topic matches, no word of the rest is stored, nor looked at again until it is edited', async () => {
  const topic = await world.topic('Sluisbrug', 'sluisbrug');
  const items = (text: string) => [
    { id: '1', title: 'Weer een omweg', text: bridge },
    { id: '2', title: 'Zwijgakkoord', text },
  ];
  await world.follow('/a', items('Niets over bruggen, wel over een Kwetsbaarwoord.'), { keeps: 'matched' });
  await world.poll();
  expect(await world.stories(topic)).toEqual(['Weer een omweg']);
  expect(await placesOf(/zwijgakkoord|kwetsbaarwoord/i)).toEqual([]);
  expect((await sql`select key from not_kept`.execute(world.api.db)).rows).toHaveLength(1);
  const looked = world.prepared();
  await world.poll();
  expect(world.prepared()).toBe(looked);
  // In these words it does.
  world.show('/a', items('Toch iets over de Sluisbrug.'));
  await world.poll();
  expect((await world.stories(topic)).sort()).toEqual(['Weer een omweg', 'Zwijgakkoord']);
});

test('of such a source an edit that no topic matches is not stored: the words before it stay as long as an earlier version does', async () => {
  const topic = await world.topic('Sluisbrug', 'sluisbrug');
  const items = (text: string) => [{ id: '1', title: 'Omweg', text }];
  const source = await world.follow('/a', items(bridge), { keeps: 'matched' });
  await world.poll();
  world.show('/a', items('Nu over iets anders, met een Kwetsbaarwoord.'));
  await world.poll();
  expect(await placesOf(/kwetsbaarwoord/i)).toEqual([]);
  expect(await world.stories(topic)).toEqual(['Omweg']);
  const daysLeft = async () => {
    const { rows } = await sql<{ days: number }>`
      select round(extract(epoch from expires_at - now()) / 86400)::int as days from mention_texts where edition = 0`.execute(
      world.api.db,
    );
    return rows.map(({ days }) => days);
  };
  expect(await daysLeft()).toEqual([30]);
  const looked = world.prepared();
  await world.poll();
  expect(world.prepared()).toBe(looked);
  // In these words it fits again, and is kept as anything that does.
  world.show('/a', items('Toch weer over de Sluisbrug.'));
  await world.poll();
  expect(await placesOf(/toch weer/i)).not.toEqual([]);
  expect(await daysLeft()).toEqual([180]);
  // What somebody said is about us is followed whatever it says.
  const { id } = await world.mentionCalled('Omweg');
  await world.api.ask('PUT', `/api/mentions/${id}/topics/${topic}`, { about: true });
  world.show('/a', items('Nu over een Marktkraam.'));
  await world.poll();
  expect(await placesOf(/marktkraam/i)).not.toEqual([]);
  // A source that keeps everything follows every edit.
  await world.api.ask('PUT', `/api/mentions/${id}/topics/${topic}`, { about: null });
  await sql`update sources set keeps = 'everything' where id = ${source}`.execute(world.api.db);
  world.show('/a', items('En nu over Schaatsen.'));
  await world.poll();
  expect(await placesOf(/schaatsen/i)).not.toEqual([]);
});

test('while a topic cannot be asked, what it might have found is looked at again', async () => {
  const source = await world.follow('/b', [], { label: 'Bode' });
  await world.topic('Bode', 'bron:Bode sluisbrug');
  await sql`update sources set label = 'Nieuwe naam' where id = ${source}`.execute(world.api.db);
  await world.follow('/a', [{ id: '1', title: 'Een', text: bridge }], { keeps: 'matched' });
  await world.poll();
  expect((await sql`select key from not_kept`.execute(world.api.db)).rows).toEqual([]);
  const { rows } = await sql`select id from mentions`.execute(world.api.db);
  expect(rows).toEqual([]);
  expect((await world.api.ask('GET', '/api/topics')).json.topics).toMatchObject([{ name: 'Bode', broken: true }]);
});

test('workers hear of a change by themselves', async () => {
  const { db, url } = world.api;
  const matcher = startTopicMatcher({ db, databaseUrl: url, timeZone: 'Europe/Amsterdam', log: createLog('fatal') });
  const document = {
    words: new Map([['sluisbrug', [1]]]),
    inexact: false,
    terms: ['side:outside'],
    stems: [],
    sortAt: Date.now(),
  };
  const found = async () => (await matcher.ready()).match(document).length;
  expect(await found()).toBe(0);
  const topic = await world.topic('Sluisbrug', 'sluisbrug');
  await expect.poll(found, { timeout: 5_000, interval: 20 }).toBe(1);
  await world.api.ask('DELETE', `/api/topics/${topic}`);
  await expect.poll(found, { timeout: 5_000, interval: 20 }).toBe(0);
  await matcher.close();
});

/** Tables with a row in which something stands, whatever its type. */
async function placesOf(words: RegExp): Promise<string[]> {
  const { db } = world.api;
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
    order by 1`.execute(db);
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(db);
    if (rows.some(({ row }) => words.test(row))) found.push(name);
  }
  return found;
}
