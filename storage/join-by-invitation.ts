import { type Kysely, sql } from 'kysely';
import type { RelationKind } from '#domain/relation.ts';
import { tellOfPerson } from './accounts.ts';
import { audit } from './audit-log.ts';
import { recordChanges } from './changes.ts';
import { hashOf, type InvitationState, stateOf } from './invitations.ts';
import { enter } from './memberships.ts';
import { notify } from './notices.ts';
import type { Tables } from './schema.ts';
import { worksHere } from './standings.ts';
import type { CircleFacts } from './stream-rows.ts';

export type HeldInvitation = {
  id: number;
  circle: CircleFacts;
  threadId: number | null;
  relation: RelationKind;
  reason: string;
  until: string;
  madeBy: number;
  state: InvitationState;
};

/**
 * The invitation of a link, held to the end of the transaction: of two who use it at the same moment the second finds it used. Its circle
 * is held as well, so that no reply is placed for the audience of before (reply-statement.ts). null for a link that never was.
 */
export async function holdInvitation(trx: Kysely<Tables>, token: string): Promise<HeldInvitation | null> {
  const held = await sql`select from invitations i join circles c on c.id = i.circle_id
    where i.token_hash = ${hashOf(token)} for update`.execute(trx);
  if (held.rows.length === 0) return null;
  const { rows } = await sql<HeldInvitation>`
    select i.id, json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle,
      coalesce(n.thread_id, c.only_thread_id) as "threadId", i.relation, i.reason, i.until, i.made_by as "madeBy",
      ${stateOf} as state
    from invitations i join circles c on c.id = i.circle_id left join mentions n on n.id = i.mention_id
    where i.token_hash = ${hashOf(token)}`.execute(trx);
  return rows[0]!;
}

/**
 * Lets a person in by an invitation that is held and waiting: member until its last day, with what they are to the organisation added
 * where they come from outside and are not that yet. Who is in already stays as they are, for longer where the invitation says so.
 */
export async function joinByInvitation(
  trx: Kysely<Tables>,
  { id, circle, threadId, relation, reason, until, madeBy }: HeldInvitation,
  personId: number,
): Promise<void> {
  const works = worksHere(sql`${personId}::bigint`);
  await sql`update invitations set used_at = now(), used_by = ${personId} where id = ${id}`.execute(trx);
  await sql`insert into relations (person_id, kind)
    select ${personId}, ${relation} where not ${works} and not exists (
      select from relations r where r.person_id = ${personId} and r.kind = ${relation} and r.since <= today()
        and (r.until is null or r.until >= today()))`.execute(trx);
  const own = sql`circle_id = ${circle.id} and person_id = ${personId} and left_at is null`;
  // Who worked here when they were put in, without a last day, is not in it any more.
  await sql`update memberships set left_at = now() where ${own} and until is null and not ${works}`.execute(trx);
  await sql`update memberships set until = greatest(until, ${until}::date)
    where ${own} and until >= today()`.execute(trx);
  const entering = { circle, people: [personId], by: madeBy, until, reason, action: 'guest.came' } as const;
  const [entered] = await enter(trx, entering);
  // Who is in already used the link all the same.
  if (entered === undefined)
    await audit(trx, { personId, action: 'guest.came', circleId: circle.id, subjectId: personId, detail: { until } });
  const { rows: hosts } = await sql<{ id: number }>`
    select person_id as id from memberships where circle_id = ${circle.id} and role <> 'member' and left_at is null
      and person_id <> ${personId} order by person_id`.execute(trx);
  const news = { kind: 'guest-came', circleId: circle.id, threadId, byPersonId: personId, detail: { until } };
  await notify(
    trx,
    hosts.map((host) => ({ ...news, personId: host.id })),
  );
  await recordChanges(trx, { people: [personId] });
  await tellOfPerson(trx, personId);
}
