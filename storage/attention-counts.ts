import { sql } from 'kysely';
import type { HealthFacts } from '#domain/health.ts';
import { type Database, prepared } from './database.ts';
import { isHome } from './homes.ts';
import { mineOf, type Reader, seenCircles, unreadBy } from './stream-filter.ts';

/** From here on people only want to know that it is much. */
const mostCounted = 100;

export type WaitingCounts = { unread: number; mine: number; deskOpen: number; deskMine: number };

/**
 * What waits for one reader, each count up to 100: threads they have not opened since something arrived, those among them that
 * they follow or were named in, what is not answered yet at the desk and what they hold there themselves.
 */
export async function countWaiting(db: Database, reader: Reader): Promise<WaitingCounts> {
  const { personId } = reader;
  const unread = unreadBy(personId);
  const mine = mineOf(personId);
  // Whoever sees a thread at home sees its case.
  const isSeen = sql`exists (select from placements h join seen on seen.id = h.circle_id
    where h.thread_id = cases.thread_id and ${isHome('h')})`;
  const upTo = sql.lit(mostCounted);
  const { rows } = await sql<WaitingCounts>`${prepared} with ${seenCircles(reader)} select
    (select count(*)::int from (select distinct id from (${unread.list}) l limit ${upTo}) n) as unread,
    (select count(*)::int from (
      select from (select distinct id as thread_id from (${mine.list}) l) p where ${unread.holds} limit ${upTo}) n) as mine,
    (select count(*)::int from (
      select from cases where state in ('open', 'taken') and ${isSeen} limit ${upTo}) n) as "deskOpen",
    (select count(*)::int from (
      select from cases where state = 'taken' and holder_id = ${personId} and ${isSeen} limit ${upTo}) n) as "deskMine"`.execute(
    db,
  );
  return rows[0]!;
}

/** The sources whose health is not fine for a reason of their own: a failure, or an end. `recent` is left out. */
export async function troubledSources(db: Database): Promise<HealthFacts[]> {
  const { rows } = await sql<HealthFacts>`
    select s.state, s.created_at, p.next_poll_at, s.failures, s.failing_since, s.last_error, p.last_polled_at, p.last_ok_at,
      s.last_new_at, '{}'::bigint[] as recent, s.new_on, s.new_count
    from sources s join source_polls p on p.source_id = s.id
    where s.state = 'stopped' or (s.state = 'active' and s.last_error is not null)`.execute(db);
  return rows;
}
