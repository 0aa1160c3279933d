import { type RawBuilder, sql } from 'kysely';
import { outsideCircle } from './schema.ts';
import { eachTime, type Narrowed, type Reader, type StreamFilter } from './stream-filter.ts';

/** A place in the stream: the sort time in microseconds since 1970 (a Date would lose the last three digits) and the thread. */
export type StreamPosition = { sortMicros: bigint; threadId: number };

/** What a page is cut from: circles in one list, by topic, source, language and tone, and what was narrowed down before. */
export type Cut = Narrowed & {
  /** The circles that are listed. */
  circles: readonly number[];
  filter: Pick<StreamFilter, 'topicId' | 'sourceId' | 'language' | 'tone'>;
};

/**
 * Rows (thread_id, sort_at, shown): the next `wanted` threads after a place, newest first; goes after `seen` (stream-filter.ts).
 * `shown`: seen before that place.
 */
export function page(reader: Reader, cut: Cut, after: StreamPosition | null, wanted: number): RawBuilder<unknown> {
  return cut.ids ? pageOfThese({ ...cut, ids: cut.ids }, after, wanted) : pageOfAll(reader, cut, after, wanted);
}

/** From every circle the newest; of a thread that stands in several, its newest place. A page costs what it shows, wherever it stands in the list. */
function pageOfAll(reader: Reader, cut: Cut, after: StreamPosition | null, wanted: number): RawBuilder<unknown> {
  const { circles } = cut;
  // All that the reader may see, or some of it.
  const listed = circles.length === reader.circles.length ? sql`id from seen` : sql`unnest(${circles}::int[])`;
  const table = tableOf(cut);
  const matches = matching(cut);
  const place = after && placeOf(after);
  // A thread that stands in two circles was shown at its newer place.
  const shown = place
    ? sql`exists (select from listed c join ${table} p on p.thread_id = top.thread_id and p.circle_id = c.id
        where (p.sort_at, p.thread_id) >= ${place} ${matches})`
    : sql`false`;
  return sql`
    with listed (id) as materialized (
      -- The limit changes nothing but tells the planner how many there are.
      select ${listed} limit ${sql.lit(circles.length)}
    ), ${newestOfEach(cut, place, wanted)}, top as (
      select thread_id, max(sort_at) as sort_at from newest group by thread_id order by 2 desc, 1 desc limit ${sql.lit(wanted)}
    )
    select thread_id, sort_at, ${shown} as shown from top`;
}

/**
 * `newest`: of the listed circles together at least the `wanted` newest threads. Where there are many circles (traps-data section
 * 4), from each only as many rows as may matter, then on in those that still reach above the page's last place.
 */
function newestOfEach(cut: Cut, place: RawBuilder<unknown> | null, wanted: number): RawBuilder<unknown> {
  const table = tableOf(cut);
  const matches = matching(cut);
  const { told } = cut;
  const below = place ? sql`and (p.sort_at, p.thread_id) < ${place}` : sql``;
  // In the outside a thread has the place of its first telling, inside it is talked about later: so the index leads there.
  const since = told ? sql`and p.sort_at >= ${told.since}` : sql``;
  const within = told
    ? sql`${since} and p.sort_at < case when c.id = ${outsideCircle} then ${told.until} else 'infinity' end`
    : sql``;
  const each = Math.min(wanted, Math.max(2, Math.ceil((wanted * 4) / cut.circles.length)));
  const head = sql`
    select p.thread_id, p.sort_at from ${table} p where p.circle_id = c.id ${below} ${within} ${matches}
    order by p.sort_at desc, p.thread_id desc limit ${sql.lit(each)}`;
  if (each === wanted) return sql`newest as (select x.* from listed c cross join lateral (${head}) x)`;
  return sql`
    heads as materialized (
      select c.id as circle_id, head.* from listed c cross join lateral (${head}) head
    ), bound as materialized (
      select coalesce((
        select max(sort_at) from heads group by thread_id order by 1 desc offset ${sql.lit(wanted - 1)} limit 1
      ), '-infinity') as sort_at
    ), rest as materialized (
      select more.*
      from (
        -- All that was taken may matter: so may what comes after the last of it.
        select circle_id, min(sort_at) as sort_at, (array_agg(thread_id order by sort_at, thread_id))[1] as thread_id
        from heads where sort_at >= (select sort_at from bound) group by circle_id having count(*) = ${sql.lit(each)}
      ) h
      cross join lateral (
        select p.thread_id, p.sort_at from ${table} p
        where p.circle_id = h.circle_id and (p.sort_at, p.thread_id) < (h.sort_at, h.thread_id)
          and p.sort_at >= (select sort_at from bound) ${since} ${matches}
        order by p.sort_at desc, p.thread_id desc limit ${sql.lit(wanted)}
      ) more
    ), newest as (
      select thread_id, sort_at from heads where sort_at >= (select sort_at from bound)
      union all select thread_id, sort_at from rest
    )`;
}

/** Of a few threads: each at its newest place, then in order. */
function pageOfThese(
  cut: Cut & { ids: readonly number[] },
  after: StreamPosition | null,
  wanted: number,
): RawBuilder<unknown> {
  const below = after ? sql`having (max(p.sort_at), p.thread_id) < ${placeOf(after)}` : sql``;
  return sql`
    select p.thread_id, max(p.sort_at) as sort_at, false as shown from ${tableOf(cut)} p
    where p.thread_id = any(${cut.ids}::bigint[]) and p.circle_id = any(${cut.circles}::int[]) ${matching(cut)}
    group by p.thread_id ${below} order by 2 desc, 1 desc limit ${sql.lit(wanted)}`;
}

function placeOf({ sortMicros, threadId }: StreamPosition): RawBuilder<unknown> {
  return sql`(timestamptz 'epoch' + ${sortMicros.toString()}::bigint * interval '1 microsecond', ${threadId}::bigint)`;
}

/** The stream of a topic, and of a source, is an index of its own, in the same order. */
function tableOf({ filter }: Cut): RawBuilder<unknown> {
  if (filter.topicId !== undefined) return sql`placement_topics`;
  return filter.sourceId === undefined ? sql`placements` : sql`placement_sources`;
}

function matching({ filter, holds }: Cut): RawBuilder<unknown> {
  const { topicId, sourceId, language, tone } = filter;
  const isOfAll = topicId === undefined && sourceId === undefined;
  const of = isOfAll ? sql`p` : sql`f`;
  const worded = [
    ...(language === undefined ? [] : [sql`${of}.language = ${language}`]),
    ...(tone === undefined ? [] : [tone === null ? sql`${of}.tone is null` : sql`${of}.tone = ${tone}::smallint`]),
  ];
  const beside = (table: RawBuilder<unknown>, conditions: RawBuilder<unknown>) =>
    eachTime(sql`${table} f where f.thread_id = p.thread_id and f.circle_id = p.circle_id and ${conditions}`);
  const conditions = isOfAll ? [...worded, ...holds] : [...holds];
  if (!isOfAll && worded.length > 0) conditions.push(beside(sql`placements`, sql.join(worded, sql` and `)));
  if (topicId !== undefined) {
    conditions.unshift(sql`p.topic_id = ${topicId}::int`);
    if (sourceId !== undefined) conditions.push(beside(sql`placement_sources`, sql`f.source_id = ${sourceId}::bigint`));
  } else if (sourceId !== undefined) conditions.unshift(sql`p.source_id = ${sourceId}::bigint`);
  return conditions.length === 0 ? sql`` : sql`and ${sql.join(conditions, sql` and `)}`;
}
