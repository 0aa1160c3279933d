import { type RawBuilder, sql } from 'kysely';
import { type Database, prepared } from './database.ts';
import { startOfDay } from './days.ts';
import { homesAmong, isHome } from './homes.ts';
import { deskCircle } from './schema.ts';

/** Who reads: the circles they may see, and whose marks of reading and following count. */
export type Reader = { personId: number; circles: readonly number[] };

export type StreamFilter = {
  sourceId?: number | undefined;
  topicId?: number | undefined;
  language?: string | undefined;
  /** null asks for threads whose tone is unclear. */
  tone?: number | null | undefined;
  /** Something arrived that the reader has not opened. */
  unread?: boolean | undefined;
  /** What the reader follows or was named in. */
  mine?: boolean | undefined;
  /** Days of a time zone on which the story was first told, both included; none for a thread without an outside. */
  days?: { from?: string | undefined; to?: string | undefined; timeZone: string } | undefined;
  /** Of a circle in which both can stand (the desk), only what stands there as outside, or only what is said there. */
  side?: 'outside' | 'inside' | undefined;
  /** What became of a story from outside: talked about inside, or so closed by the desk. */
  outcome?: 'discussed' | 'answered' | 'unanswered' | undefined;
};

/**
 * The circles of a reader as a table, `seen`, each with up to where they marked it as read; goes first among the queries of a
 * `with`. The limit changes nothing but tells the planner how many there are, without which it plans each time anew rather
 * than for any reader at once.
 */
export function seenCircles({ personId, circles }: Reader): RawBuilder<unknown> {
  return sql`seen (id, read_up_to) as materialized (
    select c.id, coalesce(w.read_up_to, '-infinity')
    from (select unnest(${circles}::int[]) as id limit ${sql.lit(circles.length)}) c
    left join circle_readings w on w.person_id = ${personId} and w.circle_id = c.id
  )`;
}

/**
 * A condition on whole threads in both of its forms: what must hold of the thread of `p`, and the list of all threads of
 * which it holds (each at least once), in the order of an index, so that it is read from there and only as far as needed. They
 * look at every circle of `seen`, as the marks on a row do, whichever side is listed.
 */
export type Condition = { holds: RawBuilder<unknown>; list: RawBuilder<unknown> };
/** A span of time, `until` not included. */
export type Span = { since: RawBuilder<unknown>; until: RawBuilder<unknown> };

/** From so many on a list is not made: of 100,000 threads a page of them is found on a walk past 6,000. */
const mostListed = 1_000;

/**
 * The conditions on whole threads. A list that is short beats walking the stream in search of its few; one that is long is
 * met soon on the walk. So one list is tried after the other, the likely shortest first, and given up when it grows long.
 */
export async function narrow(db: Database, reader: Reader, filter: StreamFilter, most = mostListed): Promise<Narrowed> {
  const conditions = conditionsOf(reader, filter);
  const told = filter.days === undefined ? null : spanOf(filter.days);
  for (const [at, { list }] of conditions.entries()) {
    const { rows } = await sql<{ id: number }>`${prepared}
      with ${seenCircles(reader)} ${list} limit ${sql.lit(most)}`.execute(db);
    if (rows.length >= most) continue;
    const others = conditions.filter((_, other) => other !== at).map(({ holds }) => holds);
    return { ids: [...new Set(rows.map(({ id }) => id))], holds: [...others, ...onSide(reader, filter)], told };
  }
  return { ids: null, holds: [...conditions.map(({ holds }) => holds), ...onSide(reader, filter)], told };
}

/** What is left of the conditions: the only threads there can be (null: any), what must hold of each, and when all were first told. */
export type Narrowed = { ids: number[] | null; holds: RawBuilder<unknown>[]; told: Span | null };

function conditionsOf({ personId, circles }: Reader, { mine, outcome, unread, days }: StreamFilter): Condition[] {
  return [
    ...(mine ? [mineOf(personId)] : []),
    ...(outcome === undefined ? [] : [cameTo(outcome)]),
    ...(unread ? [unreadBy(personId)] : []),
    ...(days === undefined ? [] : [firstToldOn(circles, days)]),
  ];
}

/**
 * What holds where there is such a row. Asked of one thread after the other, as the walk comes by: without the offset the
 * planner would rather read the whole table beforehand.
 */
export function eachTime(rows: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (select from ${rows} offset 0)`;
}

/** Where the desk is: the outside that stands there, or what is said there. */
function onSide({ circles }: Reader, { side }: StreamFilter): RawBuilder<unknown>[] {
  if (side === undefined || !circles.includes(deskCircle)) return [];
  const stands = side === 'outside' ? isHome('s') : sql`(not ${isHome('s')} or s.reply_count > 0)`;
  return [eachTime(sql`placements s where s.thread_id = p.thread_id and s.circle_id = p.circle_id and ${stands}`)];
}

/** Threads that a person follows or was named in. */
export function mineOf(personId: number): Condition {
  const mine = sql`attention a join seen c on c.id = a.circle_id
    where a.person_id = ${personId} and (a.follows or a.mentioned_at is not null)`;
  return {
    holds: eachTime(sql`${mine} and a.thread_id = p.thread_id`),
    list: sql`select a.thread_id as id from ${mine}`,
  };
}

/** Threads in which something arrived that a person has not opened. */
export function unreadBy(personId: number): Condition {
  const unread = sql`news.news_at > c.read_up_to and not exists (
      select from attention a where a.person_id = ${personId} and a.thread_id = news.thread_id and a.circle_id = c.id
        and a.read_at >= news.news_at)`;
  return {
    holds: eachTime(
      sql`seen c join placements news on news.thread_id = p.thread_id and news.circle_id = c.id where ${unread}`,
    ),
    list: sql`select news.thread_id as id from seen c join placements news on news.circle_id = c.id where ${unread}`,
  };
}

const homeIsSeen = sql`${isHome('o')} and o.circle_id in (select id from seen)`;

/** What stands outside has the time of its first mention (mentions.sort_at) as its place there; copies and replies do not move it. */
function firstToldOn(circles: readonly number[], days: NonNullable<StreamFilter['days']>): Condition {
  const { since, until } = spanOf(days);
  const told = sql`${isHome('o')} and o.sort_at >= ${since} and o.sort_at < ${until}`;
  return {
    holds: eachTime(sql`seen c join placements o on o.thread_id = p.thread_id and o.circle_id = c.id where ${told}`),
    list: sql`select o.id from (select id from seen where id = any(${homesAmong(circles)}::int[])) c cross join lateral (
      select o.thread_id as id from placements o where o.circle_id = c.id and ${told} order by o.sort_at desc
      limit ${sql.lit(mostListed)}) o`,
  };
}

function spanOf({ from, to, timeZone }: NonNullable<StreamFilter['days']>): Span {
  return {
    since: from === undefined ? sql`'-infinity'::timestamptz` : startOfDay(sql`${from}::date`, timeZone),
    until: to === undefined ? sql`'infinity'::timestamptz` : startOfDay(sql`${to}::date + 1`, timeZone),
  };
}

function cameTo(outcome: NonNullable<StreamFilter['outcome']>): Condition {
  if (outcome === 'discussed') {
    const hasOutside = eachTime(sql`placements o where o.thread_id = i.thread_id and ${homeIsSeen}`);
    const discussed = sql`placements i
      where i.circle_id = c.id and i.reply_count > 0 and ${hasOutside}`;
    return {
      holds: eachTime(sql`seen c cross join lateral (select from ${discussed} and i.thread_id = p.thread_id) x`),
      list: sql`select i.thread_id as id from seen c cross join lateral (
        select i.thread_id from ${discussed} order by i.sort_at desc limit ${sql.lit(mostListed)}) i`,
    };
  }
  const closed = sql`cases k where k.state = ${outcome} and k.closed_at is not null
    and ${eachTime(sql`placements o where o.thread_id = k.thread_id and ${homeIsSeen}`)}`;
  return {
    holds: eachTime(sql`${closed} and k.thread_id = p.thread_id`),
    list: sql`select k.thread_id as id from ${closed} order by k.closed_at desc`,
  };
}
