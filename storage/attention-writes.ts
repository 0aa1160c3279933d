import { type Kysely, sql } from 'kysely';
import { isHome } from './homes.ts';
import type { Tables } from './schema.ts';
import { circlesWhere } from './standings.ts';
import type { Reader } from './stream-filter.ts';

export type AttentionFacts = { readUpTo: Date | null; follows: boolean };

/** Makes a person follow a thread in the circles they are in; for who takes it, tips it or says so. */
export async function follow(
  trx: Kysely<Tables>,
  { personId, circles }: Reader,
  threadId: number,
  follows = true,
): Promise<void> {
  // Where colleagues will talk about it is followed already before they do.
  await sql`
    insert into attention (person_id, thread_id, circle_id, follows)
    select ${personId}, ${threadId}, c.id, ${follows} from unnest(${circles}::int[]) c (id)
    where c.id = any(${circlesWhere('write', personId)})
      or exists (select from placements p where p.thread_id = ${threadId} and p.circle_id = c.id)
    order by c.id on conflict (person_id, thread_id, circle_id) do update set follows = excluded.follows`.execute(trx);
}

/**
 * Notes that a person has seen a thread up to a moment. A placement of which they have seen the newest is read as far as its
 * own news goes, which is later than the times that are shown (a mention is news when it was saved, not when it was fetched);
 * never further than the news there is, so that what arrives meanwhile stays new. Reading never goes back.
 */
export async function markRead(
  trx: Kysely<Tables>,
  { personId, circles }: Reader,
  threadId: number,
  upTo: Date,
): Promise<void> {
  // Clients know whole milliseconds.
  await sql`
    insert into attention as a (person_id, thread_id, circle_id, read_at)
    select ${personId}, p.thread_id, p.circle_id, case when newest.at is null or newest.at <= u.at then p.news_at
      else least(u.at, p.news_at) end
    from placements p
    cross join (select ${upTo.toISOString()}::timestamptz + interval '999 microseconds' as at) u
    cross join lateral (
      select greatest(
        (select max(r.written_at) from replies r where r.thread_id = p.thread_id and r.circle_id = p.circle_id),
        (select max(m.fetched_at) from mentions m where m.thread_id = p.thread_id and ${isHome('p')})) as at
    ) newest
    where p.thread_id = ${threadId} and p.circle_id = any(${circles}::int[])
    order by p.circle_id on conflict (person_id, thread_id, circle_id)
    do update set read_at = greatest(a.read_at, excluded.read_at)`.execute(trx);
}

/** What a person has read of a thread and whether they follow it, over the circles in which it stands. */
export async function readAttention(
  db: Kysely<Tables>,
  { personId, circles }: Reader,
  threadId: number,
): Promise<AttentionFacts> {
  const { rows } = await sql<AttentionFacts>`
    select coalesce(bool_or(a.follows), false) as follows, max(greatest(a.read_at, c.read_up_to)) as "readUpTo"
    from placements p
    left join attention a on a.person_id = ${personId} and a.thread_id = p.thread_id and a.circle_id = p.circle_id
    left join circle_readings c on c.person_id = ${personId} and c.circle_id = p.circle_id
    where p.thread_id = ${threadId} and p.circle_id = any(${circles}::int[])`.execute(db);
  return rows[0]!;
}
