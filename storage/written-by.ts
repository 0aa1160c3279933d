import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './schema.ts';
import type { Reader } from './stream-filter.ts';

/** What one person wrote, a hundred at a time in the order in which it was made; `after` is the number of the last one seen. */
const each = 100;

/** The thread of something they wrote, as far as they may still see it. */
type InThread = { id: number; threadId: number | null; title: string | null };
export type StartedFacts = { id: number; title: string; startedAt: Date };
export type ReplyWritten = InThread & {
  text: string;
  writtenAt: Date;
  editedAt: Date | null;
  withdrawnAt: Date | null;
};
export type ActWritten = InThread & { kind: string; detail: Record<string, unknown>; at: Date };
export type TipWritten = InThread & {
  address: string | null;
  text: string | null;
  note: string | null;
  state: string;
  madeAt: Date;
};

/** Conversations they began. */
export async function threadsBy(db: Kysely<Tables>, { personId }: Reader, after: number): Promise<StartedFacts[]> {
  const { rows } = await sql<StartedFacts>`
    select id, title, created_at as "startedAt" from threads
    where started_by = ${personId} and id > ${after} order by id limit ${each}`.execute(db);
  return rows;
}

/** Their replies; of a withdrawn one only that it was there is left. */
export async function repliesBy(db: Kysely<Tables>, reader: Reader, after: number): Promise<ReplyWritten[]> {
  const { rows } = await sql<ReplyWritten>`
    select r.id, r.text, r.written_at as "writtenAt", r.edited_at as "editedAt", r.withdrawn_at as "withdrawnAt", seen.*
    from replies r ${seen(reader, sql.ref('r.thread_id'))}
    where r.person_id = ${reader.personId} and r.id > ${after} order by r.id limit ${each}`.execute(db);
  return rows;
}

/** What they did at the desk, with the words that went with it. */
export async function actsBy(db: Kysely<Tables>, reader: Reader, after: number): Promise<ActWritten[]> {
  const { rows } = await sql<ActWritten>`
    select e.id, e.kind, e.detail - 'to' as detail, e.at, seen.*
    from thread_events e ${seen(reader, sql.ref('e.thread_id'))}
    where e.person_id = ${reader.personId} and e.id > ${after} order by e.id limit ${each}`.execute(db);
  return rows;
}

/** What they handed in. */
export async function tipsBy(db: Kysely<Tables>, reader: Reader, after: number): Promise<TipWritten[]> {
  const { rows } = await sql<TipWritten>`
    select i.id, i.address, i.text, i.note, i.state, i.made_at as "madeAt", seen.*
    from tips i ${seen(reader, sql.ref('i.thread_id'))}
    where i.person_id = ${reader.personId} and i.id > ${after} order by i.id limit ${each}`.execute(db);
  return rows;
}

/** Threads they follow. */
export async function followedBy(
  db: Kysely<Tables>,
  { personId, circles }: Reader,
  after: number,
): Promise<{ id: number }[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct a.thread_id as id from attention a
    join placements p on p.thread_id = a.thread_id and p.circle_id = any(${circles}::int[])
    where a.person_id = ${personId} and a.follows and a.thread_id > ${after} order by 1 limit ${each}`.execute(db);
  return rows;
}

/** Searches they keep. */
export async function searchesBy(db: Kysely<Tables>, { personId }: Reader, after: number): Promise<SearchWritten[]> {
  const { rows } = await sql<SearchWritten>`
    select id, name, query, sort, shared, created_at as "createdAt" from saved_searches
    where owner_id = ${personId} and id > ${after} order by id limit ${each}`.execute(db);
  return rows;
}
type SearchWritten = { id: number; name: string; query: string; sort: string; shared: boolean; createdAt: Date };

/** Circles they are or were in, by name where they still see them. */
export async function membershipsOf(db: Kysely<Tables>, reader: Reader, after: number): Promise<MembershipWritten[]> {
  const { rows } = await sql<MembershipWritten>`
    select m.circle_id as id, ${nameOf(reader)} as circle, m.role, m.joined_at as "joinedAt", m.until::text as until,
      m.left_at as "leftAt", m.muted_at as "mutedAt", m.muted_reason as "mutedReason"
    from memberships m join circles c on c.id = m.circle_id
    where m.person_id = ${reader.personId} and m.circle_id > ${after} order by 1 limit ${each}`.execute(db);
  return rows;
}
type MembershipWritten = {
  id: number;
  circle: string | null;
  role: string;
  joinedAt: Date;
  until: string | null;
  leftAt: Date | null;
  mutedAt: Date | null;
  mutedReason: string | null;
};

/** Invitations they came in by. */
export async function invitationsOf(db: Kysely<Tables>, reader: Reader, after: number): Promise<InvitationWritten[]> {
  const { rows } = await sql<InvitationWritten>`
    select i.id, ${nameOf(reader)} as circle, i.name, i.relation, i.reason, i.until::text as until, i.made_at as "madeAt",
      i.used_at as "usedAt"
    from invitations i join circles c on c.id = i.circle_id
    where i.used_by = ${reader.personId} and i.id > ${after} order by i.id limit ${each}`.execute(db);
  return rows;
}
type InvitationWritten = {
  id: number;
  circle: string | null;
  name: string;
  relation: string;
  reason: string;
  until: string;
  madeAt: Date;
  usedAt: Date;
};

/** What they were told in their inbox. */
export async function noticesOf(db: Kysely<Tables>, reader: Reader, after: number): Promise<NoticeWritten[]> {
  const { rows } = await sql<NoticeWritten>`
    select n.id, n.kind, ${nameOf(reader)} as circle, n.at, n.read_at as "readAt"
    from notices n left join circles c on c.id = n.circle_id
    where n.person_id = ${reader.personId} and n.id > ${after} order by n.id limit ${each}`.execute(db);
  return rows;
}
type NoticeWritten = { id: number; kind: string; circle: string | null; at: Date; readAt: Date | null };

const nameOf = ({ circles }: Reader) => sql`case when c.id = any(${circles}::int[]) then c.name end`;

function seen({ circles }: Reader, threadId: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    left join lateral (
      select t.id as "threadId", coalesce(t.title, x.title) as title
      from threads asked join threads t on t.id = coalesce(asked.merged_into, asked.id)
      left join mentions m on m.id = t.origin_mention_id
      left join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
      where asked.id = ${threadId}
        and exists (select from placements p where p.thread_id = t.id and p.circle_id = any(${circles}::int[]))
    ) seen on true`;
}
