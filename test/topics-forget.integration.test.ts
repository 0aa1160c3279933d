import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withdrawMentions } from '#storage/retention.ts';
import { hoursAgo, type TopicWorld, topicWorld } from './topic-world.ts';

let world: TopicWorld;
let sourceId: number;
let topicId: string;
const item = { id: '1', title: 'Bericht 1', text: 'Over de sluisbrug wordt nog veel gepraat.', at: hoursAgo(5) };

/** A mention that the first version found, and a run of the second took away. */
beforeEach(async () => {
  world = await topicWorld();
  topicId = await world.topic('Brug', 'sluisbrug');
  sourceId = await world.follow('/a', [item]);
  await world.poll();
  const version = { after: 1, query: 'noodbrug', apply: { from: 'days', days: 2 } };
  await world.api.ask('POST', `/api/topics/${topicId}/versions`, version);
  await world.runs();
  expect(await kept()).toEqual([{ gone: true, spans: [105, 105] }]);
});
afterEach(() => world.close());

const kept = async () =>
  (await sql`select gone, spans from topic_run_removed order by mention_id`.execute(world.api.db)).rows;
async function undo(): Promise<void> {
  const { json } = await world.api.ask('GET', `/api/topics/${topicId}/runs`);
  const asked = await world.api.ask('POST', `/api/topics/${topicId}/runs/${json.runs[0].id}/undo`);
  expect(asked.status).toBe(202);
  await world.runs();
}
async function found() {
  const { rows } = await sql`select version, spans from mention_topics order by mention_id`.execute(world.api.db);
  return rows;
}

describe('what a run took away', () => {
  test('comes back with the words it was found by', async () => {
    await undo();
    expect(await found()).toEqual([{ version: 1, spans: [105, 105] }]);
  });

  test('says nothing of words that were withdrawn since', async () => {
    const { rows } = await sql<{ id: number }>`select id from mentions`.execute(world.api.db);
    await withdrawMentions(
      world.api.db,
      rows.map(({ id }) => id),
    );
    expect(await kept()).toEqual([{ gone: true, spans: [] }]);
  });

  test('does not come back once it was removed with its source', async () => {
    const path = `/api/sources/${world.api.ids.encode('source', sourceId)}?mentions=remove`;
    expect((await world.api.ask('DELETE', path)).status).toBeLessThan(300);
    expect(await kept()).toEqual([]);
    await undo();
    expect(await found()).toEqual([]);
  });

  test('does not come back when its words were edited since and say something else', async () => {
    world.show('/a', [{ ...item, text: 'Nu over heel iets anders.' }]);
    await world.poll();
    await undo();
    expect(await world.stories(topicId)).toEqual([]);
    expect(await found()).toEqual([]);
  });
});
