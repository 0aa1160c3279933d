import { type Kysely, sql } from 'kysely';
import { type PersonNamed, personNamed } from './badges.ts';
import type { Tables } from './schema.ts';
import { circlesWhere } from './standings.ts';
import type { Reader } from './stream-filter.ts';
import type { CircleFacts } from './stream-rows.ts';

/** What a thread is to one person besides what was said in it and happened to it. */
export type InsideFacts = {
  starter: PersonNamed | null;
  /** Who handed it in, by name. */
  tippedBy: PersonNamed[];
  follows: boolean;
  readUpTo: Date | null;
  /** The circles inside in which it stands; `closedAt` is an ISO text: it comes out of JSON. */
  places: { circle: CircleFacts; pinned: boolean; closedAt: string | null; host: boolean }[];
};

/** Who brought a thread here, and what one person has read of it. */
export async function readInside(
  db: Kysely<Tables>,
  { personId, circles }: Reader,
  threadId: number,
): Promise<InsideFacts> {
  const { rows } = await sql<InsideFacts>`
    select case when s.id is null then null else ${personNamed('s')} end as starter,
      tipped.by as "tippedBy", coalesce(own.follows, false) as follows, own.read_up_to as "readUpTo", placed.places
    from threads t
    left join people s on s.id = t.started_by
    cross join lateral (
      select coalesce(json_agg(${personNamed('p')} order by p.name, p.id), '[]') as by
      from people p where p.id in (select i.person_id from tips i where i.thread_id = t.id)
    ) tipped
    cross join lateral (
      select bool_or(a.follows) as follows, max(greatest(a.read_at, c.read_up_to)) as read_up_to
      from placements p
      left join attention a on a.person_id = ${personId} and a.thread_id = p.thread_id and a.circle_id = p.circle_id
      left join circle_readings c on c.person_id = ${personId} and c.circle_id = p.circle_id
      where p.thread_id = t.id and p.circle_id = any(${circles}::int[])
    ) own
    cross join lateral (
      select coalesce(json_agg(json_build_object(
        'circle', json_build_object('id', c.id, 'kind', c.kind, 'name', c.name), 'pinned', p.pinned_at is not null,
        'closedAt', to_char(p.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'host', c.archived_at is null and c.id = any(${circlesWhere('host', personId)})) order by c.id), '[]') as places
      from placements p join circles c on c.id = p.circle_id
      where p.thread_id = t.id and p.circle_id = any(${circles}::int[]) and c.kind <> 'outside'
    ) placed
    where t.id = ${threadId}`.execute(db);
  return rows[0]!;
}
