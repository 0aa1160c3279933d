import { sql } from 'kysely';
import { type Database, prepared } from './database.ts';
import { outsideCircle } from './schema.ts';
import { narrow, type Reader, type StreamFilter, seenCircles } from './stream-filter.ts';
import { type Cut, page, type StreamPosition } from './stream-page.ts';
import { type FlatRow, rowColumns, rowJoins, type StreamRow, told } from './stream-rows.ts';

/**
 * One page of the stream, newest first: threads of the `listed` circles in one list, each once, at its newest place there.
 * `next` is the last place *examined*: a page may be short, null means there is nothing after it.
 */
export async function readStream(
  db: Database,
  reader: Reader,
  listed: readonly number[],
  filter: StreamFilter,
  after: StreamPosition | null,
  limit: number,
  mostListed?: number,
): Promise<{ rows: StreamRow[]; next: StreamPosition | null }> {
  // What was talked about has its newest place inside: there it is looked for, unless only the outside is wanted.
  const inside = filter.outcome === 'discussed' ? listed.filter((id) => id !== outsideCircle) : [];
  const circles = inside.length > 0 ? inside : listed;
  const narrowed = await narrow(db, reader, filter, mostListed);
  if (listed.length === 0 || narrowed.ids?.length === 0) return { rows: [], next: null };
  const { rows } = await pageRows(reader, { ...narrowed, circles, filter }, after, limit).execute(db);
  const first = rows[0];
  if (!first) return { rows: [], next: null };
  const shown = await told(
    db,
    reader,
    rows.filter((row): row is PageRow => row.id !== null),
  );
  const isAll = first.examined < wantedFor(limit) && first.fresh <= limit;
  const next = isAll ? null : { sortMicros: BigInt(first.lastMicros), threadId: first.lastId };
  return { rows: shown, next };
}

/** More than shown, because what two circles hold may have been on an earlier page. */
const wantedFor = (limit: number) => limit + Math.max(1, Math.ceil(limit / 5));

/** The place the next page begins at stands on each row; the one row of a page without any has no `id`. */
type Place = { examined: number; fresh: number; lastMicros: string; lastId: number };
type PageRow = FlatRow & Place;

/** Page and rows in one query, apart so that a test can explain it. */
export function pageRows(reader: Reader, cut: Cut, after: StreamPosition | null, limit: number) {
  return sql<PageRow | ({ id: null } & Place)>`${prepared}
    with ${seenCircles(reader)}, top as materialized (${page(reader, cut, after, wantedFor(limit))}),
    page as materialized (
      select thread_id as id, sort_at from top where not shown order by sort_at desc, thread_id desc limit ${sql.lit(limit)}
    ), counted as (
      select count(*)::int as examined, (count(*) filter (where not shown))::int as fresh from top
    ), reached as (
      -- Where all that is new fits on the page, everything examined is behind us; else only what was shown.
      (select id as thread_id, sort_at from page where (select fresh from counted) > ${sql.lit(limit)}
        order by sort_at, id limit 1)
      union all
      (select thread_id, sort_at from top where (select fresh from counted) <= ${sql.lit(limit)}
        order by sort_at, thread_id limit 1)
    ), told as (select page.sort_at as "sortAt", ${rowColumns()} from page ${rowJoins(reader)})
    select told.*, counted.examined, counted.fresh, reached.thread_id as "lastId",
      (extract(epoch from reached.sort_at) * 1000000)::bigint::text as "lastMicros"
    from counted join reached on true left join told on true
    order by told."sortAt" desc, told.id desc`;
}

/** Rows for threads in an order of the caller's, each with its place there. What the reader may not see is left out. */
export async function readRows(
  db: Database,
  reader: Reader,
  places: readonly { id: number; sortAt: Date }[],
): Promise<StreamRow[]> {
  if (places.length === 0) return [];
  const { rows } = await sql<FlatRow>`
    with ${seenCircles(reader)}
    select page.sort_at as "sortAt", ${rowColumns()}
    from unnest(${places.map(({ id }) => id)}::bigint[], ${places.map(({ sortAt }) => sortAt.toISOString())}::timestamptz[])
      with ordinality as page (id, sort_at, n) ${rowJoins(reader)}
    where here.places > 0
    order by page.n`.execute(db);
  return await told(db, reader, rows);
}

/** Languages among the newest threads of the circles, most frequent first. Bounded: a language nobody wrote lately is not offered. */
export async function languagesPresent(db: Database, circles: readonly number[]): Promise<string[]> {
  const { rows } = await sql<{ language: string }>`
    select language from (
      select p.language from unnest(${circles}::int[]) c (id)
      cross join lateral (
        select language from placements where circle_id = c.id order by sort_at desc, thread_id desc limit 5000
      ) p
    ) newest where language is not null group by language order by count(*) desc, language limit 50`.execute(db);
  return rows.map((row) => row.language);
}
