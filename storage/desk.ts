import { type RawBuilder, sql } from 'kysely';
import { type Marks, marksOf, type PersonNamed } from './badges.ts';
import { seenBy } from './cases.ts';
import type { Database } from './database.ts';
import { readRows } from './stream.ts';
import type { Reader } from './stream-filter.ts';
import type { StreamPosition } from './stream-page.ts';
import type { StreamRow } from './stream-rows.ts';

export type DeskList = 'open' | 'mine' | 'answered' | 'unanswered';
/** `waiting`: who waits longest first; `newest`: the other way round. What was closed is always newest first. */
export type DeskOrder = 'waiting' | 'newest';

/** A page of the desk. `sortAt` of a row is since when it waits, or when it was closed. */
export async function readDesk(
  db: Database,
  reader: Reader,
  { list, order }: { list: DeskList; order: DeskOrder },
  after: StreamPosition | null,
  limit: number,
): Promise<{ rows: StreamRow[]; next: StreamPosition | null }> {
  const isClosed = list === 'answered' || list === 'unanswered';
  const at = isClosed ? sql`c.closed_at` : sql`c.waiting_since`;
  const [direction, beyond] = !isClosed && order === 'waiting' ? [sql`asc`, sql`>`] : [sql`desc`, sql`<`];
  const place =
    after &&
    sql`(timestamptz 'epoch' + ${after.sortMicros.toString()}::bigint * interval '1 microsecond',
    ${after.threadId}::bigint)`;
  const { rows } = await sql<{ id: number; sortAt: Date; micros: string }>`
    select c.thread_id as id, ${at} as "sortAt", (extract(epoch from ${at}) * 1000000)::bigint::text as micros
    from cases c where ${belongs(list, reader.personId)} and ${seenBy(reader.circles)}
      ${place ? sql`and (${at}, c.thread_id) ${beyond} ${place}` : sql``}
    order by ${at} ${direction}, c.thread_id ${direction} limit ${limit + 1}`.execute(db);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: await readRows(db, reader, shown),
    next: last ? { sortMicros: BigInt(last.micros), threadId: last.id } : null,
  };
}

function belongs(list: DeskList, me: number): RawBuilder<unknown> {
  switch (list) {
    case 'open':
      return sql`c.state in ('open', 'taken')`;
    case 'mine':
      return sql`c.state in ('open', 'taken') and c.holder_id = ${me}`;
    default:
      return sql`c.state = ${list} and c.closed_at is not null`;
  }
}

export type DeskSummary = {
  counts: Record<DeskList, number>;
  /** By name. */
  holders: { person: PersonNamed; count: number }[];
  nobody: number;
  today: { answered: number; unanswered: number; medianMinutes: number | null };
};

/** What was closed is counted up to here. */
export const mostCounted = 1_000;

/** Who has how many, how many there are of each, and what was closed since midnight in the time zone. */
export async function summariseDesk(
  db: Database,
  { personId, circles }: Reader,
  timeZone: string,
): Promise<DeskSummary> {
  const closed = (state: string) => sql`(select count(*)::int from (
    select from cases c where c.state = ${state} and c.closed_at is not null and ${seenBy(circles)} limit ${mostCounted}) x)`;
  const [open, rest] = await Promise.all([
    sql<{ id: number | null; name: string | null; marks: Marks | null; count: number }>`
      select h.id, h.name, case when h.id is not null then ${marksOf(sql`h.id`)} end as marks, count(*)::int as count from cases c left join people h on h.id = c.holder_id
      where c.state in ('open', 'taken') and ${seenBy(circles)}
      group by h.id, h.name order by lower(h.name), h.id`.execute(db),
    sql<{ answered: number; unanswered: number; today: DeskSummary['today'] }>`
      select ${closed('answered')} as answered, ${closed('unanswered')} as unanswered, (
        select json_build_object('answered', count(*) filter (where c.state = 'answered'),
          'unanswered', count(*) filter (where c.state = 'unanswered'), 'medianMinutes', round(percentile_cont(0.5)
            within group (order by extract(epoch from c.closed_at - c.waiting_since)) filter (where c.state = 'answered') / 60))
        from cases c where c.state in ('answered', 'unanswered') and c.closed_at >= date_trunc('day', now(), ${timeZone}::text)
          and ${seenBy(circles)}
      ) as today`.execute(db),
  ]);
  const count = (id: number | null) => open.rows.find((row) => row.id === id)?.count ?? 0;
  const { answered, unanswered, today } = rest.rows[0]!;
  return {
    counts: { open: open.rows.reduce((sum, row) => sum + row.count, 0), mine: count(personId), answered, unanswered },
    holders: open.rows.flatMap(({ id, name, marks, count }) =>
      id === null ? [] : [{ person: { id, name: name!, marks }, count }],
    ),
    nobody: count(null),
    today,
  };
}
