import { type Kysely, sql } from 'kysely';
import { type Shown, stillReads } from './audiences.ts';
import { holds } from './circle-hold.ts';
import type { ReplyRefusal } from './reply-statement.ts';
import type { Tables } from './schema.ts';
import { standingsOf } from './standings.ts';

/** What an author is told of their own reply by its number, wherever it stands by now. */
export type OwnReply = {
  id: number;
  threadId: number;
  circleId: number;
  version: number;
  withdrawn: boolean;
  /** Why its author may not put other words in it, or null. Of a circle they do not see, only that they do not write there. */
  refused: ReplyRefusal | null;
};
/** Who the writer was shown reads along, in which circle; null: not asked yet. */
export type Heard = Shown & { circleId: number };

/** One's own reply, also where one no longer reads; null when it is somebody else's, or never was. */
export async function readOwnReply(db: Kysely<Tables>, personId: number, replyId: number): Promise<OwnReply | null> {
  const { rows } = await own(personId, replyId, null).execute(db);
  return rows[0] ?? null;
}

/** The same, held to the commit with its circle: whoever is muted, put out or let in meanwhile waits, or was before us. */
export async function holdOwnReply(
  trx: Kysely<Tables>,
  { personId, id, heard }: { personId: number; id: number; heard: Heard },
): Promise<OwnReply | null> {
  // Circles before replies, as everywhere. Where it was moved in between its version is another.
  await sql`select from circles where id = (select circle_id from replies where id = ${id}) for share`.execute(trx);
  const { rows } = await sql<OwnReply>`${own(personId, id, heard)} for update of r`.execute(trx);
  return rows[0] ?? null;
}

/** Other words are written there, and so asked of the policy table as a reply is (storage/reply-statement.ts), in the same order. */
const own = (personId: number, replyId: number, heard: Heard | null) => sql<OwnReply>`
  select r.id, r.thread_id as "threadId", r.circle_id as "circleId", r.version, r.withdrawn_at is not null as withdrawn, case
    when not exists (select from (${standingsOf(personId)}) s where s.circle_id = r.circle_id and ${holds('write')})
      then 'not_writable'
    when c.archived_at is not null or c.ends_on < today() then 'circle_ended'
    when exists (select from memberships m
      where m.circle_id = r.circle_id and m.person_id = ${personId} and m.muted_at is not null) then 'muted'
    when p.closed_at is not null then 'thread_closed'
    when c.frame_version > coalesce((select a.version from frame_acknowledgements a
      where a.circle_id = c.id and a.person_id = ${personId}), 0) then 'frame_changed'
    ${heard === null ? sql`` : sql`when ${overheard(heard)} then 'audience_changed'`}
  end as refused
  from replies r join circles c on c.id = r.circle_id
  join placements p on p.thread_id = r.thread_id and p.circle_id = r.circle_id
  where r.id = ${replyId} and r.person_id = ${personId}`;

/** Whether it would be heard elsewhere, or by others, than was shown. */
const overheard = ({ circleId, audienceVersion, outsiders }: Heard) => sql`(c.id <> ${circleId}::int
  or not ${stillReads(sql`${circleId}::int`, sql`${audienceVersion}::int`, sql`${outsiders}::int`)})`;
