import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PreparedMention } from '#domain/mention.ts';
import { addedSource, aMention } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { aPoll, brokenPromises, leased } from '#test/saving.ts';
import { installationSecret } from './installation.ts';
import { createKeys, type Keys } from './keys.ts';
import { savePolls } from './mentions.ts';

const rounds = process.env.FULL ? 1_000 : 200;
let database: FreshDatabase;
let keys: Keys;

beforeAll(async () => {
  database = await freshDatabase();
  keys = createKeys(await installationSecret(database.db));
});
afterAll(() => database.drop());

/** Three copies of one story and some noise, in another order for each source, so that locks would cross. */
function batch(round: number, source: number): PreparedMention[] {
  const story = (n: number) =>
    aMention({
      namespace: `feed:${source}`,
      urlKey: n === 0 ? `krant.example/${round}` : null,
      textKey: `story ${round} ${n}`,
      text: `verhaal ${round} ${n}`,
    });
  const stories = Array.from({ length: 8 }, (_, n) => story(n));
  return source % 2 ? stories : stories.reverse();
}

test(`savers with the same copies at the same moment end in one thread each, ${rounds} times`, async () => {
  const { db } = database;
  const sources = [await addedSource(db), await addedSource(db), await addedSource(db)];
  for (let round = 0; round < rounds; round++) {
    const polls = await leased(db, ...sources.map((source) => aPoll(keys, source, batch(round, source))));
    await Promise.all(polls.map((poll) => savePolls(db, keys, [poll])));
  }
  const { rows } = await sql<{ mentions: number; threads: number }>`
    select count(*)::int as mentions, count(distinct thread_id)::int as threads from mentions`.execute(db);
  expect(rows).toEqual([{ mentions: rounds * 24, threads: rounds * 8 }]);
  expect(await brokenPromises(db)).toEqual([]);
}, 120_000);

test('the same job delivered several times at once has the effect of one', async () => {
  const { db } = database;
  const source = await addedSource(db);
  for (let round = 0; round < rounds / 4; round++) {
    const mentions = Array.from({ length: 5 }, () => aMention({ namespace: 'dup' }));
    const [poll] = await leased(db, aPoll(keys, source, mentions, { connector: 'dup/1' }));
    const times = 2 + (round % 4);
    const reports = await Promise.all(Array.from({ length: times }, () => savePolls(db, keys, [poll!])));
    expect(reports.reduce((sum, report) => sum + report.new, 0)).toBe(5);
  }
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from mentions where connector = 'dup/1'`.execute(
    db,
  );
  expect(rows[0]!.n).toBe((rounds / 4) * 5);
  expect(await brokenPromises(db)).toEqual([]);
}, 120_000);
