import { createHash, randomBytes } from 'node:crypto';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { mostGuestDays } from '#domain/circle.ts';
import type { RelationKind } from '#domain/relation.ts';
import { audit } from './audit-log.ts';
import { type PersonNamed, personNamed } from './badges.ts';
import { holds } from './circle-hold.ts';
import type { Tables } from './schema.ts';
import { circlesWhere, standingsOf } from './standings.ts';
import type { CircleFacts } from './stream-rows.ts';

export type InvitationState = 'waiting' | 'used' | 'expired' | 'revoked';
export type InvitationRow = {
  id: number;
  circle: CircleFacts;
  mention: { id: number; threadId: number } | null;
  name: string;
  relation: RelationKind;
  reason: string;
  /** A day, as YYYY-MM-DD. */
  until: string;
  state: InvitationState;
  madeBy: PersonNamed;
  madeAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  usedBy: PersonNamed | null;
  /** Whether who used it is in the circle today. */
  inside: boolean;
  author: 'claimed' | 'confirmed' | null;
};
export type NewInvitation = {
  circleId: number;
  /** The mention whose author is invited. */
  mentionId: number | null;
  name: string;
  relation: RelationKind;
  reason: string;
  until: string;
  madeBy: number;
};

/** A link works for two weeks, and never beyond the guest's last day. */
const lifetimeDays = 14;

/** What of a link is kept: it can be looked up by this and not made from it. */
export const hashOf = (token: string) => createHash('sha256').update(token).digest();

/**
 * Invites somebody into a circle, in the caller's transaction, which has made sure that the inviter may; null when the last day is not
 * 1 to 180 days on. The token, 256 random bits, is in no row.
 */
export async function makeInvitation(
  trx: Kysely<Tables>,
  { circleId, mentionId, name, relation, reason, until, madeBy }: NewInvitation,
): Promise<{ id: number; token: string; expiresAt: Date } | null> {
  const token = randomBytes(32).toString('base64url');
  const { rows } = await sql<{ id: number; expiresAt: Date }>`
    insert into invitations (token_hash, circle_id, mention_id, name, relation, reason, until, made_by, expires_at)
    select ${hashOf(token)}, ${circleId}, ${mentionId}, ${name}, ${relation}, ${reason}, d.day, ${madeBy},
      least(now() + ${lifetimeDays} * interval '1 day', (d.day + 1)::timestamp at time zone i.time_zone)
    from installation i cross join (select ${until}::date as day) d
    where d.day between today() + 1 and today() + ${mostGuestDays}::int
    returning id, expires_at as "expiresAt"`.execute(trx);
  const made = rows[0];
  if (!made) return null;
  await audit(trx, { personId: madeBy, action: 'guest.invited', circleId, detail: { name, relation, until } });
  return { ...made, token };
}

/** What a link is worth, of a row `i` joined with its circle `c`: nothing once who made it takes no part there any more. */
export const stateOf = sql<InvitationState>`case when i.revoked_at is not null then 'revoked'
  when i.used_at is not null then 'used'
  when not exists (select from (${standingsOf(sql`i.made_by`)}) s where s.circle_id = i.circle_id and ${holds('write')}) then 'revoked'
  when i.expires_at <= now() or c.archived_at is not null or c.ends_on < today() then 'expired' else 'waiting' end`;

/** The invitations that a person may look after, newest first: of one circle, to the author of one mention, or one. */
export async function readInvitations(
  db: Kysely<Tables>,
  personId: number,
  which: { circleId: number } | { mentionId: number } | { id: number },
): Promise<InvitationRow[]> {
  const one: RawBuilder<unknown> =
    'id' in which
      ? sql`i.id = ${which.id}`
      : 'circleId' in which
        ? sql`i.circle_id = ${which.circleId}`
        : sql`i.mention_id = ${which.mentionId}`;
  const { rows } = await sql<InvitationRow>`
    select i.id, json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle,
      case when n.id is not null then json_build_object('id', n.id, 'threadId', n.thread_id) end as mention,
      i.name, i.relation, i.reason, i.until, ${stateOf} as state,
      ${personNamed('b')} as "madeBy", i.made_at as "madeAt", i.expires_at as "expiresAt",
      i.used_at as "usedAt", case when u.id is not null then ${personNamed('u')} end as "usedBy",
      coalesce(m.person_id is not null and m.left_at is null and (m.until is null or m.until >= today()), false) as inside,
      case when n.id is null or u.id is null then null when a.person_id is null then 'claimed' else 'confirmed' end as author
    from invitations i join circles c on c.id = i.circle_id
    join people b on b.id = i.made_by
    left join people u on u.id = i.used_by
    left join mentions n on n.id = i.mention_id
    left join memberships m on m.circle_id = i.circle_id and m.person_id = i.used_by
    left join mention_authors a on a.mention_id = i.mention_id and a.circle_id = i.circle_id and a.person_id = i.used_by
    where ${one} and i.circle_id = any(${circlesWhere('invite', personId)})
    order by i.made_at desc, i.id desc limit 500`.execute(db);
  return rows;
}

/** Takes a waiting link back; false when it is not waiting any more. Whoever comes in by it at this moment goes before or finds it gone. */
export async function revokeInvitation(
  trx: Kysely<Tables>,
  { id, personId }: { id: number; personId: number },
): Promise<boolean> {
  const { rows } = await sql<{ circleId: number; name: string }>`
    update invitations set revoked_at = now(), revoked_by = ${personId}
    where id = ${id} and used_at is null and revoked_at is null
    returning circle_id as "circleId", name`.execute(trx);
  if (!rows[0]) return false;
  const { circleId, name } = rows[0];
  await audit(trx, { personId, action: 'guest.revoked', circleId, detail: { name } });
  return true;
}

export type InvitationFacts = {
  name: string;
  inviter: string;
  organisation: string | null;
  circleName: string;
  question: string;
  oneThread: boolean;
  until: string;
  expiresAt: Date;
  state: InvitationState;
};

/** What somebody who holds the link may know, and what it is worth now; null for one that never was. Changes nothing. */
export async function readInvitation(db: Kysely<Tables>, token: string): Promise<InvitationFacts | null> {
  const { rows } = await sql<InvitationFacts>`
    select i.name, b.name as inviter, n.organisation, c.name as "circleName", coalesce(f.question, '') as question,
      c.only_thread_id is not null as "oneThread", i.until, i.expires_at as "expiresAt", ${stateOf} as state
    from invitations i join circles c on c.id = i.circle_id join people b on b.id = i.made_by cross join installation n
    left join circle_frames f on f.circle_id = c.id and f.version = c.frame_version
    where i.token_hash = ${hashOf(token)}`.execute(db);
  return rows[0] ?? null;
}

/** Whether somebody may let people in anywhere. */
export async function invitesAnywhere(db: Kysely<Tables>, personId: number): Promise<boolean> {
  const { rows } = await sql`select from (${standingsOf(personId)}) s where ${holds('invite')} limit 1`.execute(db);
  return rows.length > 0;
}
