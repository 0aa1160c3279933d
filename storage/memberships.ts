import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CircleKind } from '#domain/circle.ts';
import { tellOfPeople } from './accounts.ts';
import { audit } from './audit-log.ts';
import { type PersonNamed, personNamed } from './badges.ts';
import { recordChanges } from './changes.ts';
import { lastDayHere } from './relations.ts';
import type { Tables } from './schema.ts';
import { worksHere } from './standings.ts';

export type MemberRole = 'member' | 'host' | 'deputy';

/** Whether a row `m` of memberships counts today. `person`: an expression for whose it is. */
export const isIn = (person: RawBuilder<unknown>) => sql<boolean>`(m.left_at is null
  and (m.until is null or m.until >= today()) and (m.until is not null or ${worksHere(person)}))`;

type Entering = {
  circle: { id: number; kind: CircleKind };
  people: readonly number[];
  /** null: by themselves. */
  by: number | null;
  role?: MemberRole;
  /** Their last day; who comes from outside has one. */
  until?: string | null;
  reason?: string | null;
  /** What the audit log calls it: of one act there is one line. */
  action?: 'member.added' | 'guest.came';
};

/**
 * Puts people in a circle whose row the transaction holds; answers who was not in it. Nobody who was asked to be silent may write again by coming back. A
 * sending that showed the audience of before is refused from the commit on, but for an internal circle: all colleagues read there anyway.
 */
export async function enter(trx: Kysely<Tables>, entering: Entering): Promise<number[]> {
  const { circle, people, by, role = 'member', until = null, reason = null, action = 'member.added' } = entering;
  if (people.length === 0) return [];
  const { rows } = await sql<{ personId: number }>`
    insert into memberships as m (circle_id, person_id, role, until, added_by, reason)
    select ${circle.id}, u.id, ${role}, ${until}::date, ${by}::bigint, ${reason} from unnest(${people}::bigint[]) u (id)
    order by u.id
    on conflict (circle_id, person_id) do update set role = excluded.role, until = excluded.until, joined_at = now(),
      left_at = null, added_by = excluded.added_by, reason = excluded.reason
      where m.left_at is not null or m.until < today()
    returning person_id as "personId"`.execute(trx);
  const entered = rows.map(({ personId }) => personId);
  if (entered.length === 0) return [];
  if (circle.kind !== 'internal')
    await sql`update circles set audience_version = audience_version + 1 where id = ${circle.id}`.execute(trx);
  // What was said before they came is no news to them.
  await sql`insert into circle_readings (person_id, circle_id, read_up_to)
    select u.id, ${circle.id}, now() from unnest(${entered}::bigint[]) u (id) order by 1 on conflict do nothing`.execute(
    trx,
  );
  for (const personId of entered)
    await audit(trx, {
      personId: action === 'guest.came' ? personId : (by ?? personId),
      action,
      circleId: circle.id,
      subjectId: personId,
      detail: { role, until },
    });
  await tellOfSight(trx, circle.id, entered, { hosts: role !== 'member' });
  return entered;
}

/** Takes somebody out of a circle whose row the transaction holds; false when they are not in it. Leaving never refuses what others send. */
export async function leave(
  trx: Kysely<Tables>,
  { circleId, personId, by }: { circleId: number; personId: number; by: number },
): Promise<boolean> {
  const { rows } = await sql<{ role: MemberRole }>`
    update memberships m set left_at = now(), role = 'member' from memberships was
    where m.circle_id = ${circleId} and m.person_id = ${personId} and m.left_at is null
      and was.circle_id = m.circle_id and was.person_id = m.person_id returning was.role`.execute(trx);
  if (!rows[0]) return false;
  const action = by === personId ? 'member.left' : 'member.removed';
  await audit(trx, { personId: by, action, circleId, subjectId: personId });
  await tellOfSight(trx, circleId, [personId], { hosts: rows[0].role !== 'member' });
  return true;
}

/**
 * Whether a row `m` of memberships of a person `p` lasts, with their working here, to the end of a circle `c`, or as long as that of
 * `beside` does (a number): who is gone before covers nothing that is left behind.
 */
export const lastsBeside = (beside: number) => sql<boolean>`(
  least(m.until, ${lastDayHere(sql`p.id`)}::date, 'infinity') >= (
    select least(c.ends_on, o.until, ${lastDayHere(sql`${beside}::bigint`)}::date, 'infinity')
    from (select) one left join memberships o on o.circle_id = c.id and o.person_id = ${beside} and o.left_at is null))`;

/** Whether a circle would keep a host who can act, were it not for one person: to its end, or as long as they would. */
export async function hasHostBeside(trx: Kysely<Tables>, circleId: number, personId: number): Promise<boolean> {
  const { rows } = await sql`
    select from memberships m join people p on p.id = m.person_id join circles c on c.id = m.circle_id
    where m.circle_id = ${circleId} and m.role = 'host' and m.person_id <> ${personId} and p.deactivated_at is null
      and ${isIn(sql`m.person_id`)} and ${worksHere(sql`m.person_id`)} and ${lastsBeside(personId)} limit 1`.execute(
    trx,
  );
  return rows.length > 0;
}

/** Whether a circle could end on a day with somebody who looks after it: no later than now, or with a host or deputy who is there that long. */
export async function isKeptUntil(trx: Kysely<Tables>, circleId: number, day: string): Promise<boolean> {
  const { rows } = await sql`
    select from circles c where c.id = ${circleId} and (c.ends_on >= ${day}::date or exists (
      select from memberships m join people p on p.id = m.person_id
      where m.circle_id = c.id and m.role in ('host', 'deputy') and p.deactivated_at is null and ${isIn(sql`m.person_id`)}
        and ${worksHere(sql`m.person_id`)} and least(m.until, ${lastDayHere(sql`p.id`)}::date, 'infinity') >= ${day}::date))`.execute(
    trx,
  );
  return rows.length > 0;
}

export type MemberFacts = {
  person: PersonNamed;
  colleague: boolean;
  role: MemberRole;
  joinedAt: Date;
  /** Days, as YYYY-MM-DD. */
  until: string | null;
  past: boolean;
  department: string | null;
  mutedAt: Date | null;
  mutedReason: string | null;
};

const mostMembers = 1_000;

/** Who is in a circle: hosts first, then by name. Whoever calls knows that its reader may see who that is. */
export async function readMembers(db: Kysely<Tables>, circleId: number): Promise<MemberFacts[]> {
  return await members(db, sql`m.circle_id = ${circleId}`);
}

/** Whether a host took writing in a circle from somebody, who may have left it since. */
export async function isMuted(trx: Kysely<Tables>, circleId: number, personId: number): Promise<boolean> {
  const { rows } = await sql`select from memberships
    where circle_id = ${circleId} and person_id = ${personId} and muted_at is not null`.execute(trx);
  return rows.length > 0;
}

/** One member of a circle, or null. */
export async function readMember(db: Kysely<Tables>, circleId: number, personId: number): Promise<MemberFacts | null> {
  return (await members(db, sql`m.circle_id = ${circleId} and m.person_id = ${personId}`))[0] ?? null;
}

async function members(db: Kysely<Tables>, which: RawBuilder<unknown>): Promise<MemberFacts[]> {
  const { rows } = await sql<MemberFacts>`
    select ${personNamed('p')} as person, works.here as colleague, m.role, m.joined_at as "joinedAt",
      m.until::text as until, m.until < today() is true as past, p.department, m.muted_at as "mutedAt",
      m.muted_reason as "mutedReason"
    from memberships m join people p on p.id = m.person_id
    cross join lateral (select ${worksHere(sql`p.id`)} as here) works
    -- Who left the organisation and was let in by nobody since is not in it.
    where ${which} and m.left_at is null and p.deactivated_at is null and (works.here or m.until is not null)
    order by array_position(array['host', 'deputy'], m.role), works.here desc, lower(p.name), p.id
    limit ${mostMembers}`.execute(db);
  return rows;
}

/** Everybody in a circle today but one. */
export async function othersIn(trx: Kysely<Tables>, circleId: number, personId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select m.person_id as id from memberships m join people p on p.id = m.person_id and p.deactivated_at is null
    where m.circle_id = ${circleId} and m.person_id <> ${personId} and ${isIn(sql`m.person_id`)} order by 1`.execute(
    trx,
  );
  return rows.map(({ id }) => id);
}

/** Gives a member another role; who keeps a circle may write in it. */
export async function setRole(
  trx: Kysely<Tables>,
  { circleId, personId, role, by }: { circleId: number; personId: number; role: MemberRole; by: number },
): Promise<void> {
  const silenced = (column: 'muted_at' | 'muted_by' | 'muted_reason') =>
    sql`${sql.ref(column)} = case when ${role}::text = 'member' then ${sql.ref(column)} end`;
  await sql`update memberships set role = ${role}, ${silenced('muted_at')}, ${silenced('muted_by')}, ${silenced('muted_reason')}
    where circle_id = ${circleId} and person_id = ${personId}`.execute(trx);
  await audit(trx, { personId: by, action: 'member.role', circleId, subjectId: personId, detail: { role } });
  await tellOfSight(trx, circleId, [personId], { hosts: true });
}

/** Gives a member another last day. */
export async function setUntil(
  trx: Kysely<Tables>,
  { circleId, personId, until, by }: { circleId: number; personId: number; until: string | null; by: number },
): Promise<void> {
  await sql`update memberships set until = ${until}::date where circle_id = ${circleId} and person_id = ${personId}`.execute(
    trx,
  );
  await audit(trx, { personId: by, action: 'member.until', circleId, subjectId: personId, detail: { until } });
  await tellOfSight(trx, circleId, [personId]);
}

/** Takes writing in this circle from a member, with the reason; null gives it back. */
export async function setMuted(
  trx: Kysely<Tables>,
  { circleId, personId, reason, by }: { circleId: number; personId: number; reason: string | null; by: number },
): Promise<void> {
  await sql`
    update memberships set muted_at = case when ${reason}::text is null then null else coalesce(muted_at, now()) end,
      muted_by = case when ${reason}::text is null then null else ${by}::bigint end, muted_reason = ${reason}
    where circle_id = ${circleId} and person_id = ${personId}`.execute(trx);
  await audit(trx, {
    personId: by,
    action: reason === null ? 'member.unmuted' : 'member.muted',
    circleId,
    subjectId: personId,
  });
  await tellOfSight(trx, circleId, [personId]);
}

/**
 * Tells, at the commit, that these people may see or do something else than before, whose open pages ask anew; that they stand otherwise in a
 * circle, to who sees who is in it; and its `hosts` to who sees it.
 */
async function tellOfSight(
  trx: Kysely<Tables>,
  circleId: number,
  people: readonly number[],
  { hosts = false } = {},
): Promise<void> {
  await recordChanges(trx, { people, members: [circleId], circles: hosts ? [circleId] : [] });
  await tellOfPeople(trx, people);
}
