import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { outsideCircle } from './schema.ts';

/** Who reads: the circles they may see, and whose marks of reading and following count. */
export type Reader = { personId: number; circles: readonly number[] };

export type StreamFilter = {
  sourceId?: number | undefined;
  language?: string | undefined;
  /** null asks for threads whose tone is unclear. */
  tone?: number | null | undefined;
  /** Something arrived that the reader has not opened. */
  unread?: boolean | undefined;
  /** What the reader follows or was named in. */
  mine?: boolean | undefined;
  /** Days of a time zone on which the story was first told, both included; none for a thread without an outside. */
  days?: { from?: string | undefined; to?: string | undefined; timeZone: string } | undefined;
  /** What became of a story from outside: talked about inside, or so closed by the desk. */
  outcome?: 'discussed' | 'answered' | 'unanswered' | undefined;
};

/**
 * A condition on whole threads in both of its forms: what must hold of the thread of `p`, and the list of all threads of
 * which it holds (each at least once). They look at every circle the reader may see, as the marks on a row do, whichever side is listed.
 */
export type Condition = { holds: RawBuilder<unknown>; list: RawBuilder<unknown> };

/** From so many on a list is not made: the stream in its order holds enough of them. */
const mostListed = 3_000;

/**
 * The conditions on whole threads. A list that is short beats walking the stream in search of its few; one that is long is
 * met soon on the walk. So one list is tried after the other, the likely shortest first, and given up when it grows long.
 */
export async function narrow(
  db: Database,
  reader: Reader,
  filter: StreamFilter,
  most = mostListed,
): Promise<{ ids: number[] | null; holds: RawBuilder<unknown>[] }> {
  const conditions = conditionsOf(reader, filter);
  for (const [at, { list }] of conditions.entries()) {
    const { rows } = await sql<{ id: number }>`${list} limit ${most}`.execute(db);
    if (rows.length >= most) continue;
    const others = conditions.filter((_, other) => other !== at);
    return { ids: [...new Set(rows.map(({ id }) => id))], holds: others.map(({ holds }) => holds) };
  }
  return { ids: null, holds: conditions.map(({ holds }) => holds) };
}

function conditionsOf(reader: Reader, { mine, outcome, unread, days }: StreamFilter): Condition[] {
  return [
    ...(mine ? [mineOf(reader)] : []),
    ...(outcome === undefined ? [] : [cameTo(reader, outcome)]),
    ...(unread ? [unreadBy(reader)] : []),
    ...(days === undefined ? [] : [firstToldOn(reader, days)]),
  ];
}

/** Threads that the reader follows or was named in. */
export function mineOf({ personId, circles }: Reader): Condition {
  const mine = sql`a.person_id = ${personId} and a.circle_id = any(${circles}::int[])
    and (a.follows or a.mentioned_at is not null)`;
  return {
    holds: sql`exists (select from attention a where a.thread_id = p.thread_id and ${mine})`,
    list: sql`select a.thread_id as id from attention a where ${mine}`,
  };
}

/** Threads in which something arrived that the reader has not opened. */
export function unreadBy({ personId, circles }: Reader): Condition {
  const unread = sql`news.news_at > coalesce((
      select w.read_up_to from circle_readings w where w.person_id = ${personId} and w.circle_id = c.id
    ), '-infinity') and not exists (
      select from attention a where a.person_id = ${personId} and a.thread_id = news.thread_id and a.circle_id = c.id
        and a.read_at >= news.news_at)`;
  return {
    holds: sql`exists (select from unnest(${circles}::int[]) c (id)
      join placements news on news.thread_id = p.thread_id and news.circle_id = c.id where ${unread})`,
    list: sql`select news.thread_id as id from unnest(${circles}::int[]) c (id)
      join placements news on news.circle_id = c.id where ${unread}`,
  };
}

/** What stands outside has the time of its first mention (mentions.sort_at) as its place there; copies and replies do not move it. */
function firstToldOn({ circles }: Reader, { from, to, timeZone }: NonNullable<StreamFilter['days']>): Condition {
  const since = from === undefined ? sql`'-infinity'` : sql`${from}::date::timestamp at time zone ${timeZone}::text`;
  const until = to === undefined ? sql`'infinity'` : sql`(${to}::date + 1)::timestamp at time zone ${timeZone}::text`;
  const told = sql`o.circle_id = ${outsideCircle} and o.circle_id = any(${circles}::int[])
    and o.sort_at >= ${since} and o.sort_at < ${until}`;
  return {
    holds: sql`exists (select from placements o where o.thread_id = p.thread_id and ${told})`,
    list: sql`select o.thread_id as id from placements o where ${told}`,
  };
}

function cameTo({ circles }: Reader, outcome: NonNullable<StreamFilter['outcome']>): Condition {
  if (outcome !== 'discussed') {
    const closed = sql`k.state = ${outcome} and k.closed_at is not null and ${outsideCircle} = any(${circles}::int[])`;
    return {
      holds: sql`exists (select from cases k where k.thread_id = p.thread_id and ${closed})`,
      list: sql`select k.thread_id as id from cases k where ${closed}`,
    };
  }
  const discussed = sql`i.circle_id = any(${circles}::int[]) and i.circle_id <> ${outsideCircle} and i.reply_count > 0
    and exists (select from placements o where o.thread_id = i.thread_id and o.circle_id = ${outsideCircle}
      and o.circle_id = any(${circles}::int[]))`;
  return {
    holds: sql`exists (select from placements i where i.thread_id = p.thread_id and ${discussed})`,
    list: sql`select i.thread_id as id from placements i where ${discussed}`,
  };
}
