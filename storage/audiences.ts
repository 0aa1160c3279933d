import { type Kysely, type RawBuilder, sql } from 'kysely';
import { rowsWith } from '#domain/circle.ts';
import { rights } from '#domain/person.ts';
import type { CircleKind, Tables } from './schema.ts';
import { standingsOf, worksHere } from './standings.ts';

export type AudienceFacts = {
  circle: { id: number; kind: CircleKind; name: string };
  /** Who reads along and works here; who reads along and does not. */
  colleagues: number;
  outsiders: number;
  version: number;
  frameVersion: number;
  frameToRead: boolean;
};

/** `thread`: also the circles that are about this one only. */
export type AudiencesAsked = { personId: number; thread?: number | undefined };

/** Who will hear what is written in each of the circles in which a person can write today, in the order of the circles. */
export async function readAudiences(
  db: Kysely<Tables>,
  { personId, thread }: AudiencesAsked,
): Promise<AudienceFacts[]> {
  return await audiencesWhere(
    db,
    personId,
    sql`(c.only_thread_id is null or c.only_thread_id in (
      select ${thread ?? null}::bigint union select id from threads where merged_into = ${thread ?? null}))
      and (c.kind in ('desk', 'closed') or not exists (select from placements o where o.thread_id = ${thread ?? null} and o.home)
        or exists (select from placements h where h.thread_id = ${thread ?? null} and h.circle_id = c.id))`,
  );
}

/** Who will hear what is written in one circle, or null where this person cannot write. */
export async function readAudience(
  db: Kysely<Tables>,
  personId: number,
  circleId: number,
): Promise<AudienceFacts | null> {
  return (await audiencesWhere(db, personId, sql`c.id = ${circleId}::int`))[0] ?? null;
}

async function audiencesWhere(
  db: Kysely<Tables>,
  personId: number,
  condition: RawBuilder<unknown>,
): Promise<AudienceFacts[]> {
  const writing = sql.join(rowsWith('write').map((row) => sql.lit(row)));
  const { rows } = await sql<AudienceFacts>`
    with colleagues as materialized (
      select p.id, p.role from people p where p.deactivated_at is null and ${worksHere(sql`p.id`)}
    ), writable as materialized (
      select c.* from (${standingsOf(personId)}) s join circles c on c.id = s.circle_id
      where s.standing in (${writing}) and c.archived_at is null and (c.ends_on is null or c.ends_on >= today())
        and ${condition}
    )
    select json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle, c.audience_version as version,
      heard.colleagues, heard.outsiders, c.frame_version as "frameVersion", c.frame_version > coalesce(
        (select a.version from frame_acknowledgements a where a.circle_id = c.id and a.person_id = ${personId}), 0)
        as "frameToRead"
    from writable c cross join lateral (
      select count(*)::int as colleagues, 0 as outsiders from colleagues
      where c.kind = 'internal' or (c.kind = 'desk' and role in (${sql.join(rights.desk.map((role) => sql.lit(role)))}))
      having c.kind in ('internal', 'desk')
      union all
      select (count(*) filter (where k.id is not null))::int, (count(*) filter (where k.id is null and m.until is not null))::int
      from memberships m join people p on p.id = m.person_id and p.deactivated_at is null
      left join colleagues k on k.id = m.person_id
      where m.circle_id = c.id and ${readsAlong}
      having c.kind in ('closed', 'public')
    ) heard order by c.id`.execute(db);
  return rows;
}

/** Whether a row `m` of memberships in a circle `c` is somebody who reads what is said today (storage/standings.ts). */
export const readsAlong = sql`m.left_at is null and (m.until is null or m.until >= today() or c.after_end = 'read')`;

/** How many people from outside read along in a closed or public circle `c` today. */
export const outsidersOf = sql`(
  select count(*)::int from memberships m join people p on p.id = m.person_id and p.deactivated_at is null
  where m.circle_id = c.id and m.until is not null and ${readsAlong} and not ${worksHere(sql`m.person_id`)})`;

/** Who was shown to read along in a circle: as for a reply (storage/reply-statement.ts). */
export type Shown = { audienceVersion: number; outsiders: number };

/** Whether who reads in a circle today is who was shown; three expressions, which name no `c`. */
export const stillReads = (circle: RawBuilder<unknown>, version: RawBuilder<unknown>, outsiders: RawBuilder<unknown>) =>
  sql<boolean>`exists (select from circles c where c.id = ${circle} and (c.kind not in ('closed', 'public')
    or (c.audience_version = ${version} and ${outsidersOf} <= ${outsiders})))`;
