import { type Kysely, sql } from 'kysely';
import { audit } from './audit-log.ts';
import { type PersonNamed, personNamed } from './badges.ts';
import { recordChanges } from './changes.ts';
import type { Tables } from './schema.ts';
import type { CircleFacts } from './stream-rows.ts';

export type MentionAuthorRow = {
  mentionId: number;
  person: PersonNamed;
  circle: CircleFacts;
  state: 'claimed' | 'confirmed';
  confirmedBy: PersonNamed | null;
  at: Date;
};

/** Who in these circles wrote a mention of a thread, as they say or as a host confirmed. */
export async function readAuthors(
  db: Kysely<Tables>,
  circles: readonly number[],
  threadId: number,
): Promise<MentionAuthorRow[]> {
  const { rows } = await sql<MentionAuthorRow>`
    with known as (
      select a.mention_id, a.circle_id, a.person_id, a.confirmed_by, a.at from mention_authors a
      union all
      select i.mention_id, i.circle_id, i.used_by, null, i.used_at from invitations i
      where i.used_by is not null and not exists (select from mention_authors a
        where a.mention_id = i.mention_id and a.circle_id = i.circle_id and a.person_id = i.used_by)
    )
    select n.id as "mentionId", ${personNamed('p')} as person,
      json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle,
      case when b.id is null then 'claimed' else 'confirmed' end as state,
      case when b.id is not null then ${personNamed('b')} end as "confirmedBy", k.at
    from mentions n join known k on k.mention_id = n.id join people p on p.id = k.person_id
    join circles c on c.id = k.circle_id left join people b on b.id = k.confirmed_by
    where n.thread_id = ${threadId} and k.circle_id = any(${circles}::int[])
    order by n.id, k.at, p.id`.execute(db);
  return rows;
}

/**
 * Notes that a person wrote a mention, by the hand of a host, whose right to is the caller's question; null when they are not in the
 * circle or the mention is not talked about there. Once more changes nothing.
 */
export async function confirmAuthor(
  trx: Kysely<Tables>,
  given: { circleId: number; mentionId: number; personId: number; by: number },
): Promise<MentionAuthorRow | null> {
  const { circleId, mentionId, personId, by } = given;
  const { rows } = await sql<{ threadId: number }>`
    select n.thread_id as "threadId" from mentions n
    join placements p on p.thread_id = n.thread_id and p.circle_id = ${circleId}
    join memberships m on m.circle_id = p.circle_id and m.person_id = ${personId} and m.left_at is null
    where n.id = ${mentionId}`.execute(trx);
  if (!rows[0]) return null;
  const { threadId } = rows[0];
  const made = await sql`
    insert into mention_authors (circle_id, mention_id, person_id, how, confirmed_by)
    values (${circleId}, ${mentionId}, ${personId}, 'confirmed-by-host', ${by}) on conflict do nothing returning 1`.execute(
    trx,
  );
  if (made.rows.length > 0) {
    await audit(trx, { personId: by, action: 'author.confirmed', circleId, subjectId: personId });
    await recordChanges(trx, { inside: [{ threadId, circleId }] });
  }
  const authors = await readAuthors(trx, [circleId], threadId);
  return authors.find((one) => one.mentionId === mentionId && one.person.id === personId)!;
}
