import { Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { streamFilters } from '#bench/stream-filters.ts';
import { seedStreamWorld } from '#bench/stream-world.ts';
import type { Database } from '#storage/database.ts';
import { everyoneCircle, outsideCircle, type Tables } from '#storage/schema.ts';
import { readStream } from '#storage/stream.ts';
import type { StreamPosition } from '#storage/stream-page.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type SeededPerson, seedPerson } from './people.ts';

const stories = process.env.FULL ? 100_000 : 20_000;
const circles = [outsideCircle, everyoneCircle];
/** What grows with use; the others hold a row per colleague, source or circle. */
const large = [
  'threads',
  'placements',
  'placement_sources',
  'placement_topics',
  'mentions',
  'mention_texts',
  'replies',
  'attention',
  'cases',
];

let fresh: FreshDatabase;
let reader: SeededPerson;
let sourceId: number;
const asked: { sql: string; parameters: readonly unknown[] }[] = [];
let db: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  reader = await seedPerson(fresh.db);
  await seedStreamWorld(fresh.db, reader.id, stories);
  const { rows } = await sql<{ id: number }>`select min(id) as id from sources`.execute(fresh.db);
  sourceId = rows[0]!.id;
  // Told of every query, to ask for its plan.
  db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: fresh.pool }),
    log: ({ query }) => {
      asked.push({ sql: query.sql, parameters: query.parameters });
    },
  });
}, 120_000);
afterAll(() => fresh.drop());

const names = Object.keys(streamFilters(circles, 1, 0));

test.each(names)('%s: no page reads a table through, and a late one costs what the first costs', async (name) => {
  const { listed, filter } = streamFilters(circles, sourceId, Date.now())[name]!;
  const page = async (after: StreamPosition | null, limit = 50) =>
    await readStream(db, { personId: reader.id, circles }, listed, filter, after, limit);
  const first = await costOf(() => page(null));
  let late: StreamPosition | null = null;
  for (let pages = 0; pages < 10; pages += 1) late = (await page(late, 100)).next ?? late;
  const then = await costOf(() => page(late));
  for (const { through } of [first, then]) expect(through).toEqual([]);
  expect(then.blocks).toBeLessThan(1.3 * first.blocks + 300);
});

/** Blocks that the queries of one reading touch, with the plan for all readers, and the large tables they read through. */
async function costOf(read: () => Promise<unknown>): Promise<{ blocks: number; through: string[] }> {
  asked.length = 0;
  await read();
  const client = await fresh.pool.connect();
  try {
    await client.query('set plan_cache_mode = force_generic_plan');
    let blocks = 0;
    const through: string[] = [];
    for (const { sql: text, parameters } of [...asked]) {
      const { rows } = await client.query(`explain (analyze, buffers, format json) ${text}`, [...parameters]);
      const plan = rows[0]['QUERY PLAN'][0].Plan as Plan;
      blocks += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
      for (const node of nodesOf(plan))
        if (node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0 && large.includes(node['Relation Name'] ?? ''))
          through.push(node['Relation Name']!);
    }
    return { blocks, through };
  } finally {
    await client.query('reset plan_cache_mode');
    client.release();
  }
}

type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Loops': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
};
function* nodesOf(plan: Plan): Generator<Plan> {
  yield plan;
  for (const child of plan.Plans ?? []) yield* nodesOf(child);
}
