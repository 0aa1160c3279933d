import { type RawBuilder, sql } from 'kysely';
import type { ChangePosition } from './changes.ts';
import type { Database } from './database.ts';
import { changeKinds } from './schema.ts';

/** A place in the stream: the sort time in microseconds since 1970 (a Date would lose the last three digits) and the thread. */
export type StreamPosition = { sortMicros: bigint; threadId: number };
export type StreamFilter = {
  sourceId?: number | undefined;
  language?: string | undefined;
  /** null asks for threads whose tone is unclear. */
  tone?: number | null | undefined;
};
export type SourceFacts = { id: number; label: string; kind: string };
export type StreamRow = {
  id: number;
  born: 'outside' | 'inside';
  title: string | null;
  excerpt: string | null;
  language: string | null;
  source: SourceFacts | null;
  kind: string | null;
  state: 'live' | 'withdrawn' | 'erased' | 'expired' | 'removed' | null;
  tone: number | null;
  confidence: number | null;
  method: string | null;
  ratingValue: number | null;
  ratingBest: number | null;
  mentionCount: number;
  sortAt: Date;
  lastAt: Date;
};

const excerptCharacters = 280;

/**
 * One page of the stream of several circles, newest first. `next` is the last place *examined*: a page may be short, null
 * means there is nothing after it. Traps-data section 4: from each circle only as many rows as may matter, then on in those
 * circles that still reach above the page's last place.
 */
export async function readStream(
  db: Database,
  circles: readonly number[],
  filter: StreamFilter,
  after: StreamPosition | null,
  limit: number,
): Promise<{ rows: StreamRow[]; next: StreamPosition | null }> {
  if (circles.length === 0) return { rows: [], next: null };
  const wanted = limit + Math.max(1, Math.ceil(limit / 5));
  const { rows: examined } = await page(circles, filter, after, wanted).execute(db);
  const fresh = examined.filter((row) => !row.shown);
  const shown = fresh.slice(0, limit);
  const last = fresh.length > limit ? shown.at(-1) : examined.length === wanted ? examined.at(-1) : undefined;
  return {
    rows: await loadRows(db, shown),
    next: last ? { sortMicros: BigInt(last.micros), threadId: last.id } : null,
  };
}

type Examined = { id: number; sortAt: Date; micros: string; shown: boolean };

/** The query itself, apart so that a test can explain it. */
export function page(
  circles: readonly number[],
  filter: StreamFilter,
  after: StreamPosition | null,
  wanted: number,
): RawBuilder<Examined> {
  const each = Math.min(wanted, Math.max(4, Math.ceil((wanted * 4) / circles.length)));
  const from = filter.sourceId === undefined ? sql`placements` : sql`placement_sources`;
  const place = after ? sql`(${instant(after.sortMicros)}, ${after.threadId}::bigint)` : null;
  const matches = filterOf(filter);
  const below = place ? sql`and (p.sort_at, p.thread_id) < ${place}` : sql``;
  // A thread that stands in two circles was shown at its newer place.
  const shown = place
    ? sql`exists (select from ${from} p where p.thread_id = top.thread_id and p.circle_id = any(${circles}::int[])
        and (p.sort_at, p.thread_id) >= ${place} ${matches})`
    : sql`false`;
  return sql<Examined>`
    with heads as materialized (
      select c.id as circle_id, head.*
      from unnest(${circles}::int[]) c (id)
      cross join lateral (
        select x.thread_id, x.sort_at, row_number() over (order by x.sort_at desc, x.thread_id desc) as n from (
          select p.thread_id, p.sort_at from ${from} p where p.circle_id = c.id ${below} ${matches}
          order by p.sort_at desc, p.thread_id desc limit ${each}
        ) x
      ) head
    ), bound as materialized (
      select coalesce((
        select max(sort_at) from heads group by thread_id order by 1 desc offset ${wanted - 1} limit 1
      ), '-infinity') as sort_at
    ), rest as materialized (
      select more.*
      from (select * from heads where n = ${each} and sort_at >= (select sort_at from bound)) h
      cross join lateral (
        select p.thread_id, p.sort_at from ${from} p
        where p.circle_id = h.circle_id and (p.sort_at, p.thread_id) < (h.sort_at, h.thread_id)
          and p.sort_at >= (select sort_at from bound) ${matches}
        order by p.sort_at desc, p.thread_id desc limit ${wanted}
      ) more
    ), top as (
      select thread_id, max(sort_at) as sort_at from (
        select thread_id, sort_at from heads where sort_at >= (select sort_at from bound)
        union all select thread_id, sort_at from rest
      ) u group by thread_id order by 2 desc, 1 desc limit ${wanted}
    )
    select top.thread_id as "id", top.sort_at as "sortAt", ${shown} as "shown",
      (extract(epoch from top.sort_at) * 1000000)::bigint::text as "micros"
    from top order by top.sort_at desc, top.thread_id desc`;
}

function instant(micros: bigint): RawBuilder<Date> {
  return sql`(timestamptz 'epoch' + ${micros.toString()}::bigint * interval '1 microsecond')`;
}

function filterOf({ sourceId, language, tone }: StreamFilter): RawBuilder<unknown> {
  const conditions = [
    ...(language === undefined ? [] : [sql`language = ${language}`]),
    ...(tone === undefined ? [] : [tone === null ? sql`tone is null` : sql`tone = ${tone}::smallint`]),
  ];
  if (sourceId === undefined)
    return conditions.length === 0
      ? sql``
      : sql`and ${sql.join(
          conditions.map((c) => sql`p.${c}`),
          sql` and `,
        )}`;
  const ofSource = sql`and p.source_id = ${sourceId}::bigint`;
  if (conditions.length === 0) return ofSource;
  return sql`${ofSource} and exists (select from placements f where f.thread_id = p.thread_id
    and f.circle_id = p.circle_id and ${sql.join(
      conditions.map((c) => sql`f.${c}`),
      sql` and `,
    )})`;
}

async function loadRows(db: Database, shown: Examined[]): Promise<StreamRow[]> {
  if (shown.length === 0) return [];
  const { rows } = await sql<Omit<StreamRow, 'sortAt'>>`
    select t.id, t.born, coalesce(x.title, t.title) as title, left(x.text, ${excerptCharacters}) as excerpt, m.language,
      case when s.id is null then null else json_build_object('id', s.id, 'label', s.label, 'kind', s.kind) end as source,
      m.kind, m.state, m.tone, m.sentiment_confidence as confidence, m.sentiment_method as method,
      m.rating_value as "ratingValue", m.rating_best as "ratingBest", t.mention_count as "mentionCount",
      coalesce(last.sort_at, m.sort_at, t.created_at) as "lastAt"
    from unnest(${shown.map((row) => row.id)}::bigint[]) with ordinality as wanted (id, n)
    join threads t on t.id = wanted.id
    left join mentions m on m.id = t.origin_mention_id
    left join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    left join sources s on s.id = m.source_id
    left join lateral (
      select l.sort_at from mentions l where l.thread_id = t.id order by l.sort_at desc, l.id desc limit 1
    ) last on true
    order by wanted.n`.execute(db);
  const places = new Map(shown.map((row) => [row.id, row.sortAt]));
  return rows.map((row) => ({ ...row, sortAt: places.get(row.id)! }));
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

/**
 * Which of these threads, or of the threads that hold these mentions, stand in the circles; with the time each was made.
 * For the live stream: a change says only that something changed.
 */
export async function changedThreads(
  db: Database,
  circles: readonly number[],
  changed: { threads: readonly number[]; mentions: readonly number[] },
): Promise<{ id: number; createdAt: Date }[]> {
  const { rows } = await sql<{ id: number; createdAt: Date }>`
    select t.id, t.created_at as "createdAt" from threads t
    where t.id in (
      select unnest(${changed.threads}::bigint[])
      union select m.thread_id from mentions m where m.id = any(${changed.mentions}::bigint[])
    ) and exists (select from placements p where p.thread_id = t.id and p.circle_id = any(${circles}::int[]))
    order by t.id`.execute(db);
  return rows;
}

const recentChanges = 2_000;

/** The threads in the 2,000 changes up to a place: what a reader at that place has heard of lately. */
export async function threadsChangedBefore(db: Database, { xid, seq }: ChangePosition): Promise<number[]> {
  const { rows } = await sql<{ ref: number }>`
    select c.ref from (
      select kind, ref from changes where (xid, seq) <= (${xid}::xid8, ${seq}::bigint)
      order by xid desc, seq desc limit ${recentChanges}
    ) c where c.kind = ${changeKinds.thread}`.execute(db);
  return rows.map(({ ref }) => ref);
}
