import { type Kysely, sql } from 'kysely';
import type { CircleKind } from '#domain/circle.ts';
import { audit } from './audit-log.ts';
import { recordChanges } from './changes.ts';
import { lastsBeside } from './memberships.ts';
import { lastDayHere, ofColleague, type Relation, readRelations } from './relations.ts';
import type { Tables } from './schema.ts';
import { settlePerson } from './settle-person.ts';
import { circlesWhere, worksHere } from './standings.ts';
import type { CircleFacts } from './stream-rows.ts';

/** How somebody leaves: their last day, the circles they stay in as a guest with the last day there, and until when they read what they took part in. */
export type Leaving = {
  on: string;
  agreed: readonly { circleId: number; until: string }[];
  ownThreadsUntil: string | null;
};
/** What happens to one circle: it ends with the last day, stays until `until`, or ends by itself because only colleagues are in it. */
export type LeavingCircle = {
  circle: CircleFacts;
  what: 'ends' | 'stays' | 'by-relation';
  until: string;
  hosts: boolean;
  /** Hosts and deputies beside them who are there the day after, and to its end or as long as they would be. */
  others: number;
};
export type LeavingPlan = {
  circles: LeavingCircle[];
  desk: number;
  feeds: number;
  /** Relations as they will be. */
  relations: Relation[];
};

/** Whether somebody works here on a day. */
export async function worksHereOn(trx: Kysely<Tables>, personId: number, day: string): Promise<boolean> {
  const { rows } = await sql`
    select from relations r where r.person_id = ${personId} and ${ofColleague}
      and r.since <= ${day}::date and (r.until is null or r.until >= ${day}::date) limit 1`.execute(trx);
  return rows.length > 0;
}

/** What leaving means, circle by circle; changes nothing. Circles are held, so that nobody else who hosts them leaves at the same moment. */
export async function planLeaving(trx: Kysely<Tables>, personId: number, leaving: Leaving): Promise<LeavingPlan> {
  await sql`select from circles where id in (select m.circle_id from memberships m
    where m.person_id = ${personId} and m.left_at is null) order by id for no key update`.execute(trx);
  const { rows } = await sql<Omit<LeavingCircle, 'what'> & { circle: { kind: CircleKind } }>`
    select json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle,
      least(case when m.off_boarded_at is null then m.until else m.until_before end, ${leaving.on}::date)::text as until,
      coalesce(m.role in ('host', 'deputy') and c.archived_at is null, false) as hosts,
      (select count(*)::int from memberships o join people p on p.id = o.person_id
        where o.circle_id = c.id and o.person_id <> ${personId} and o.role in ('host', 'deputy') and o.left_at is null
          and (o.until is null or o.until >= next.day) and p.deactivated_at is null
          and ${worksHere(sql`p.id`)} and exists (select from relations r where r.person_id = p.id and ${ofColleague}
            and r.since <= next.day and (r.until is null or r.until >= next.day))
          and ${lastsBeside(personId)}) as others
    from circles c left join memberships m on m.circle_id = c.id and m.person_id = ${personId} and m.left_at is null
    -- Of a last day that is over long since, today is the day after it.
    cross join (select greatest(${leaving.on}::date + 1, today()) as day) next
    where m.person_id is not null
      or (c.kind in ('outside', 'desk', 'internal') and c.id = any(${circlesWhere('see', personId)}))
    order by c.id`.execute(trx);
  const agreed = new Map(leaving.agreed.map(({ circleId, until }) => [circleId, until]));
  const circles = rows.map((row): LeavingCircle => {
    if (row.circle.kind !== 'closed' && row.circle.kind !== 'public') return { ...row, what: 'by-relation' };
    const until = agreed.get(row.circle.id);
    return until === undefined ? { ...row, what: 'ends' } : { ...row, what: 'stays', until };
  });
  const { rows: counts } = await sql<{ desk: number; feeds: number }>`
    select (select count(*)::int from cases where holder_id = ${personId} and state = 'taken') as desk,
      (select count(*)::int from search_feeds where person_id = ${personId}) as feeds`.execute(trx);
  const relations = relationsAfter(await readRelations(trx, personId), leaving.on);
  return { circles, ...counts[0]!, relations };
}

/** The day after, as YYYY-MM-DD. */
export const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** What somebody is once they left: whoever worked here is an alumnus from the day after. */
export function relationsAfter(relations: readonly Relation[], on: string): Relation[] {
  const next = dayAfter(on);
  const stay = relations.flatMap((one): Relation[] => {
    if (one.kind === 'employee' || one.kind === 'freelancer') {
      if (one.since > on) return [];
      return [one.until === null || one.until > on ? { ...one, until: on } : one];
    }
    // What they would be later they are now.
    return one.kind === 'alumnus' && one.since > on ? [] : [one];
  });
  const isAlumnus = stay.some(({ kind, until }) => kind === 'alumnus' && (until === null || until >= next));
  return isAlumnus ? stay : [...stay, { kind: 'alumnus', since: next, until: null }];
}

/**
 * Lets somebody leave as planned: at the first moment after their last day exactly what was planned holds, by their relations and the
 * last days of their memberships. What they held at the desk is free again once that day has come. Whoever calls replaces their relations.
 */
export async function leaveOrganisation(
  trx: Kysely<Tables>,
  { personId, by, leaving, plan }: { personId: number; by: number; leaving: Leaving; plan: LeavingPlan },
): Promise<void> {
  const bounded = plan.circles.filter(({ what }) => what !== 'by-relation');
  await sql`
    update memberships m set off_boarded_at = now(), until = u.until,
      until_before = case when m.off_boarded_at is null then m.until else m.until_before end
    from unnest(${bounded.map(({ circle }) => circle.id)}::int[], ${bounded.map(({ until }) => until)}::date[]) u (id, until)
    where m.circle_id = u.id and m.person_id = ${personId} and m.left_at is null`.execute(trx);
  await sql`update people set own_threads_until = ${leaving.ownThreadsUntil}::date, version = version + 1
    where id = ${personId}`.execute(trx);
  await nameHosts(trx, personId, by, plan.circles);
  const of = { personId: by, subjectId: personId };
  const detail = { on: leaving.on, ownThreadsUntil: leaving.ownThreadsUntil };
  await audit(trx, { ...of, action: 'person.off-boarded', detail });
  for (const { circle, what, until } of bounded)
    await audit(trx, { ...of, action: `person.circle-${what}`, circleId: circle.id, detail: { until } });
  const changed = (those: readonly LeavingCircle[]) => those.map(({ circle }) => circle.id);
  const hosted = changed(plan.circles.filter(({ hosts }) => hosts));
  await recordChanges(trx, { members: changed(plan.circles), circles: hosted });
  const { rows } = await sql<{ come: boolean }>`select ${leaving.on}::date <= today() as come`.execute(trx);
  await settlePerson(trx, personId, { by, isLast: rows[0]!.come });
}

/** Where only they were host, a deputy becomes it: who stays longest, and of those who was there first. */
async function nameHosts(
  trx: Kysely<Tables>,
  personId: number,
  by: number,
  circles: readonly LeavingCircle[],
): Promise<void> {
  const hosted = circles.filter(({ hosts }) => hosts).map(({ circle }) => circle.id);
  const { rows } = await sql<{ circleId: number; personId: number }>`
    update memberships m set role = 'host' from (
      select distinct on (d.circle_id) d.circle_id, d.person_id from memberships d join people p on p.id = d.person_id
      where d.circle_id = any(${hosted}::int[]) and d.role = 'deputy' and d.left_at is null and d.person_id <> ${personId}
        and p.deactivated_at is null and ${worksHere(sql`p.id`)}
        and not exists (select from memberships h where h.circle_id = d.circle_id and h.role = 'host' and h.left_at is null
          and h.person_id <> ${personId})
      order by d.circle_id, least(d.until, ${lastDayHere(sql`p.id`)}::date, 'infinity') desc, d.joined_at, d.person_id) named
    where m.circle_id = named.circle_id and m.person_id = named.person_id
    returning m.circle_id as "circleId", m.person_id as "personId"`.execute(trx);
  for (const { circleId, personId: host } of rows)
    await audit(trx, { personId: by, action: 'member.role', circleId, subjectId: host, detail: { role: 'host' } });
}
