import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { seedMention, seedPlacements, seedSource } from '#test/seed.ts';
import { deskCircle, outsideCircle } from './schema.ts';
import { languagesPresent, readStream } from './stream.ts';
import type { StreamFilter } from './stream-filter.ts';
import { seenCircles } from './stream-filter.ts';
import { page, type StreamPosition } from './stream-page.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const outside = [outsideCircle];

/** Every page from the newest on; `between` runs after each. */
async function wholeStream(
  circles: readonly number[],
  filter: StreamFilter = {},
  limit = 7,
  between: () => Promise<unknown> = async () => undefined,
) {
  const seen: number[] = [];
  let after: StreamPosition | null = null;
  for (let pages = 0; pages < 500; pages += 1) {
    const { rows, next } = await readStream(fresh.db, { personId: 0, circles }, circles, filter, after, limit);
    expect(rows.length).toBeLessThanOrEqual(limit);
    seen.push(...rows.map((row) => row.id));
    if (!next) return seen;
    after = next;
    await between();
  }
  throw new Error('The stream has no end');
}

async function placed(circles: readonly number[], condition = sql`true`): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select thread_id as id from placements
    where circle_id = any(${circles}::int[]) and ${condition}
    group by thread_id order by max(sort_at) desc, thread_id desc`.execute(fresh.db);
  return rows.map((row) => row.id);
}

async function place(threadId: number, circleId: number, sortAt: string) {
  await sql`insert into placements (thread_id, circle_id, sort_at) values (${threadId}, ${circleId}, ${sortAt})`.execute(
    fresh.db,
  );
}

test('pages hold every thread once, in order, while new threads arrive on top', async () => {
  // Ten threads to a microsecond, so that neither the clock of JavaScript nor equal times decide anything.
  for (let i = 0; i < 60; i += 1)
    await seedMention(fresh.db, { sortAt: `2026-11-19 10:00:00.00000${Math.floor(i / 10)}+00` });
  const before = await placed(outside);
  const seen = await wholeStream(outside, {}, 7, () =>
    seedMention(fresh.db, { publishedAt: new Date('2026-11-21T10:00:00Z') }),
  );
  expect(seen).toEqual(before);
});

test('a thread in two circles stands at its newer place, once', async () => {
  const circles = [outsideCircle];
  for (const name of ['zorg', 'verkeer', 'stil']) {
    const { rows } = await sql<{
      id: number;
    }>`insert into circles (kind, name) values ('internal', ${name}) returning id`.execute(fresh.db);
    circles.push(rows[0]!.id);
  }
  const [, zorg, verkeer, stil] = circles as [number, number, number, number];
  const threads = await placed(outside);
  for (const [i, id] of threads.entries()) {
    if (i % 2 === 0) await place(id, zorg, `2026-11-1${i % 9} 08:00:00.00000${i % 7}+00`);
    if (i % 3 === 0) await place(id, verkeer, `2026-11-2${i % 4} 08:00:00+00`);
  }
  await place(threads[5]!, stil, '2020-01-01 00:00:00+00');
  for (const some of [circles, [zorg], [verkeer, stil], [stil], [zorg, verkeer]])
    for (const limit of [3, 10, 50]) expect(await wholeStream(some, {}, limit)).toEqual(await placed(some));
  await sql`delete from placements where circle_id <> ${outsideCircle}`.execute(fresh.db);
});

test('one busy circle among many quiet ones is read on as far as the page needs', async () => {
  const { rows } = await sql<{ id: number }>`insert into circles (kind, name)
    select 'internal', 'kring ' || n from generate_series(1, 12) n returning id`.execute(fresh.db);
  const circles = rows.map(({ id }) => id);
  const threads = await placed(outside);
  for (const [i, id] of threads.entries()) {
    await place(id, circles[0]!, `2026-11-20 08:00:00.${String(1000 - i).padStart(6, '0')}+00`);
    if (i % 5 === 0) await place(id, circles[1 + (i % 11)]!, `2026-10-${10 + (i % 9)} 08:00:00+00`);
  }
  for (const limit of [20, 50]) expect(await wholeStream(circles, {}, limit)).toEqual(await placed(circles));
  await sql`delete from placements where circle_id <> ${outsideCircle}`.execute(fresh.db);
});

test('filters by source, language and tone leave out the rest and page as well', async () => {
  const forum = await seedSource(fresh.db, 'Wijkforum De Hoven', 'forum');
  const english = [];
  for (let i = 0; i < 12; i += 1) {
    const { threadId } = await seedMention(fresh.db, {
      sourceId: forum,
      language: i % 2 ? 'en' : 'nl',
      tone: i % 3 ? -1 : null,
      publishedAt: new Date(Date.UTC(2026, 10, 18, i)),
    });
    if (i % 2) english.push(threadId);
  }
  expect(await wholeStream(outside, { sourceId: forum }, 5)).toHaveLength(12);
  expect(await wholeStream(outside, { sourceId: forum, language: 'en' }, 5)).toEqual(english.reverse());
  expect(await wholeStream(outside, { language: 'en' }, 5)).toEqual(await placed(outside, sql`language = 'en'`));
  expect(await wholeStream(outside, { tone: null }, 3)).toEqual(await placed(outside, sql`tone is null`));
  expect(await wholeStream(outside, { tone: -1, sourceId: forum, language: 'en' }, 2)).toHaveLength(4);
  expect(await wholeStream(outside, { language: 'fy' })).toEqual([]);
  expect(await languagesPresent(fresh.db, outside)).toEqual(['nl', 'en']);
  // What is spoken in a circle is told to nobody else.
  const { threadId: unseen } = await seedMention(fresh.db, { language: 'pl' });
  await sql`update placements set circle_id = ${deskCircle} where thread_id = ${unseen}`.execute(fresh.db);
  expect(await languagesPresent(fresh.db, outside)).toEqual(['nl', 'en']);
  expect(await languagesPresent(fresh.db, [deskCircle])).toEqual(['pl']);
});

test('a row tells of its first mention, its copies and the newest of them', async () => {
  const source = await seedSource(fresh.db, 'Radio Lindewaard');
  const publishedAt = new Date('2026-11-22T08:00:00Z');
  const { threadId } = await seedMention(fresh.db, {
    sourceId: source,
    title: 'Wachttijden lopen op',
    text: `De wachttijd is ${'lang '.repeat(100)}`,
    tone: -1,
    publishedAt,
  });
  await seedMention(fresh.db, { threadId, publishedAt: new Date('2026-11-22T11:00:00Z') });
  const { rows } = await readStream(fresh.db, { personId: 0, circles: outside }, outside, {}, null, 1);
  expect(rows[0]).toMatchObject({
    id: threadId,
    title: 'Wachttijden lopen op',
    source: { id: source, label: 'Radio Lindewaard', kind: 'news' },
    tone: -1,
    state: 'live',
    mentionCount: 2,
    sortAt: publishedAt,
    lastAt: new Date('2026-11-22T11:00:00Z'),
  });
  expect(rows[0]!.excerpt).toHaveLength(280);
});

test('at 20,000 threads the last pages cost what the first ones cost: the index, and few rows', async () => {
  await seedPlacements(fresh.db, 20_000);
  const reader = { personId: 1, circles: outside };
  const cut = { circles: outside, filter: {}, ids: null, holds: [], told: null };
  const cost = async (after: StreamPosition | null) => {
    const { rows } = await sql<{
      'QUERY PLAN': [{ Plan: Plan }];
    }>`explain (analyze, buffers, format json)
      with ${seenCircles(reader)}, top as materialized (${page(reader, cut, after, 60)}) select * from top`.execute(
      fresh.db,
    );
    const plan = rows[0]!['QUERY PLAN'][0].Plan;
    const nodes = [...nodesOf(plan)];
    expect(
      nodes.filter((node) => node['Relation Name'] === 'placements').map((node) => node['Node Type']),
    ).not.toContain('Seq Scan');
    return plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  };
  const first = await cost(null);
  const { rows } = await sql<{ id: number; micros: string }>`select thread_id as id,
    (extract(epoch from sort_at) * 1000000)::bigint::text as micros from placements where circle_id = ${outsideCircle}
    order by sort_at desc, thread_id desc offset 10000 limit 1`.execute(fresh.db);
  const late = await cost({ sortMicros: BigInt(rows[0]!.micros), threadId: rows[0]!.id });
  expect(first).toBeLessThan(100);
  expect(late).toBeLessThan(400);
});

type Plan = {
  'Node Type': string;
  'Relation Name'?: string;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: Plan[];
};
function* nodesOf(plan: Plan): Generator<Plan> {
  yield plan;
  for (const child of plan.Plans ?? []) yield* nodesOf(child);
}
