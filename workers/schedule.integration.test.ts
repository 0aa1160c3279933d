import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '#platform/log.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import type { PollJob } from './poll.ts';
import { startSchedule } from './schedule.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('few jobs wait, however long nobody begins one; each that is begun makes room for another at once', async () => {
  await sql`
    with added as (insert into sources (connector, settings, place, label)
      select 'feed', '{}', n::text, 'Bron' from generate_series(1, 30) n returning id)
    insert into source_polls (source_id) select id from added`.execute(database.db);
  const waiting: PollJob[] = [];
  const begun: PollJob[] = [];
  const schedule = startSchedule({
    databaseUrl: database.url,
    db: database.db,
    log: createLog('fatal'),
    sourcesPerJob: 3,
    queue: { add: async (job) => void waiting.push(job), waitingCount: async () => waiting.length },
  });
  try {
    // Over more than one of its ticks.
    await setTimeout(1_500);
    expect(waiting).toHaveLength(4);
    for (let n = 0; n < 6; n++) {
      begun.push(waiting.shift()!);
      const before = performance.now();
      schedule.begun();
      while (waiting.length < 4 && performance.now() - before < 400) await setTimeout(5);
      expect(waiting).toHaveLength(4);
    }
  } finally {
    await schedule.close();
  }
  const ids = [...begun, ...waiting].flatMap(({ sourceIds }) => sourceIds);
  expect(ids).toHaveLength(30);
  expect(new Set(ids).size).toBe(30);
});
