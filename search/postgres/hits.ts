import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import type { Place, Scope } from '#search/engine.ts';
import { type HitRow, hitColumns, isAfter, newestFirst, visible } from './places.ts';

/** So many of the newest documents are looked at one by one: where the words are common this is all that is needed. */
const firstWalk = 500;
/** A span of time is longer than the hits so far say it must be: by two standard deviations of their number, then, if need be, much. */
const margins = [(found: number) => 1 + 2 / Math.sqrt(found), (found: number) => 4 * (1 + 2 / Math.sqrt(found))];
/** A span as long as so many short walks is walked too. */
const mostWalks = 20;
/** A span that would hold this part of everything, or more, is no span. */
const mostOfAll = 0.3;

export type Newest = { condition: RawBuilder<boolean>; scope: Scope; after: Place | null; most: number };
/** An order for the newest `most`, in place of newest first; of these the first `limit`. `score` is an expression about `d`. */
export type Ranking = { score: RawBuilder<number>; limit: number };

/**
 * The newest rows for which a condition holds. The planner must not choose between walking the index of dates and asking the index of
 * words for all there is: with a limit it guesses that hits lie evenly in time, and for a word of last year walks past everything
 * (performance.md, 1.6). So first a short walk over the newest documents, which tells how common the hits are, then a span of
 * time in which there should be enough, then everything; the latter two without a limit to be guessed with.
 */
export async function newestRows(
  db: QueryExecutorProvider,
  asked: Newest,
  ranking: Ranking | null = null,
): Promise<HitRow[]> {
  const walk = await walkNewest(db, asked);
  if (walk.examined < firstWalk || (walk.rows.length >= asked.most && !ranking)) {
    if (!ranking) return walk.rows.slice(0, asked.most);
    return (await rowsSince(db, asked, null, ranking)).rows;
  }
  const found = walk.rows.length;
  // Of what did not stand among the newest there is little: all of it is asked for at once.
  for (const margin of found > 0 ? margins : []) {
    const walks = Math.ceil((asked.most / found) * margin(found));
    if (walks * firstWalk >= walk.all * mostOfAll) break;
    const newest = walk.newest!.getTime();
    const since = new Date(newest - Math.max(1, newest - walk.oldest!.getTime()) * walks);
    const span = { since, isShort: walks <= mostWalks };
    const { rows, found: enough } = await rowsSince(db, asked, span, ranking);
    if (enough >= asked.most) return rows;
  }
  return (await rowsSince(db, asked, null, ranking)).rows;
}

/** `all`: roughly how many documents there are, as the last ANALYZE saw it. */
type Walk = { rows: HitRow[]; examined: number; newest: Date | null; oldest: Date | null; all: number };

async function walkNewest(db: QueryExecutorProvider, { condition, scope, after }: Newest): Promise<Walk> {
  const { rows } = await sql<HitRow & Omit<Walk, 'rows'>>`
    with walked as materialized (
      select * from search_documents d where ${isAfter(after)} order by ${newestFirst} limit ${sql.lit(firstWalk)}
    ), hits as (
      select ${hitColumns} from walked d where ${visible(scope)} and ${condition}
    )
    select h.kind, h.ref, h.thread_id as "threadId", h.circle_id as "circleId", h.sort_at as "sortAt", h.inexact,
      w.examined, w.newest, w.oldest, c.reltuples as all
    from (select count(*)::int as examined, max(sort_at) as newest, min(sort_at) as oldest from walked) w
    join pg_class c on c.oid = 'search_documents'::regclass
    left join hits h on true order by h.sort_at desc, h.kind desc, h.ref desc`.execute(db);
  const { examined, newest, oldest, all } = rows[0]!;
  return { rows: rows.filter(({ kind }) => kind !== null), examined, newest, oldest, all };
}

/** `isShort`: holds so few documents that each may be looked at. */
type Span = { since: Date; isShort: boolean };

async function rowsSince(
  db: QueryExecutorProvider,
  { condition, scope, after, most }: Newest,
  span: Span | null,
  ranking: Ranking | null,
): Promise<{ rows: HitRow[]; found: number }> {
  const since = span ? sql`and d.sort_at >= ${span.since.toISOString()}::timestamptz` : sql``;
  // @NOTE An offset keeps the planner from asking for all the hits there are where it is less to look at each document of the span.
  const walked = span?.isShort ? sql`offset 0` : sql``;
  // Words are fetched for those that are put in order, not carried along by all.
  const scored = ranking
    ? sql`select n.*, ${ranking.score} as score from newest n join search_documents d on d.ctid = n.at`
    : sql`select * from newest`;
  const order = ranking ? sql`score desc, ${newestFirst}` : newestFirst;
  const { rows } = await sql<HitRow & { found: number }>`
    with hits as materialized (
      select ${hitColumns}, d.at from (
        select *, ctid as at from search_documents d where ${isAfter(after)} ${since} ${walked}
      ) d where ${visible(scope)} and ${condition}
    ), newest as materialized (
      select * from hits order by ${newestFirst} limit ${sql.lit(most)}
    )
    select d.kind, d.ref, d.thread_id as "threadId", d.circle_id as "circleId", d.sort_at as "sortAt", d.inexact,
      (count(*) over ())::int as found
    from (${scored}) d order by ${order} limit ${sql.lit(ranking?.limit ?? most)}`.execute(db);
  return { rows, found: rows[0]?.found ?? 0 };
}
