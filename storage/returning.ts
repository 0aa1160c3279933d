import { type Kysely, sql } from 'kysely';
import { colleagueRelations } from '#domain/relation.ts';
import { audit } from './audit-log.ts';
import { recordChanges } from './changes.ts';
import type { Relation } from './relations.ts';
import type { Tables } from './schema.ts';
import { settlePerson } from './settle-person.ts';
import type { CircleFacts } from './stream-rows.ts';

const isColleague = ({ kind }: Relation) => colleagueRelations.includes(kind);
const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

/**
 * What somebody is once they are back from a day on, as what they were last: when they never were away on it, their leaving is undone.
 * null: they never worked here, or nothing says that they leave.
 */
export function relationsBack(relations: readonly Relation[], on: string): Relation[] | null {
  const last = relations
    .filter(isColleague)
    .sort((a, b) => (a.until ?? '9').localeCompare(b.until ?? '9'))
    .at(-1);
  if (last?.until == null) return null;
  const rest = relations.flatMap((one): Relation[] => {
    if (one.kind !== 'alumnus') return [one];
    if (one.since >= on) return [];
    return one.until === null || one.until >= on ? [{ ...one, until: dayBefore(on) }] : [one];
  });
  if (last.until >= dayBefore(on)) return rest.map((one) => (one === last ? { ...last, until: null } : one));
  return [...rest, { kind: last.kind, since: on, until: null }];
}

/** The circles that off-boarding ended or bounded, and from which nobody took them since. */
export async function circlesToReturnTo(trx: Kysely<Tables>, personId: number): Promise<CircleFacts[]> {
  const { rows } = await sql<CircleFacts>`
    select c.id, c.kind, c.name from memberships m join circles c on c.id = m.circle_id
    where m.person_id = ${personId} and m.off_boarded_at is not null and m.left_at is null
    order by c.id for no key update of c`.execute(trx);
  return rows;
}

/** Gives back what off-boarding took. Whoever comes back in is somebody more who reads there. Whoever calls replaces their relations. */
export async function returnToOrganisation(
  trx: Kysely<Tables>,
  { personId, by, on, circles }: { personId: number; by: number; on: string; circles: readonly CircleFacts[] },
): Promise<void> {
  const ids = circles.map(({ id }) => id);
  await sql`update memberships set until = until_before, until_before = null, off_boarded_at = null
    where person_id = ${personId} and circle_id = any(${ids}::int[])`.execute(trx);
  await sql`update circles set audience_version = audience_version + 1 where id = any(${ids}::int[])`.execute(trx);
  await sql`update people set own_threads_until = null, version = version + 1 where id = ${personId}`.execute(trx);
  const of = { personId: by, subjectId: personId };
  await audit(trx, { ...of, action: 'person.returned', detail: { on } });
  for (const circleId of ids) await audit(trx, { ...of, action: 'person.circle-back', circleId });
  await recordChanges(trx, { members: ids });
  await settlePerson(trx, personId, { by });
}
