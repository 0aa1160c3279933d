import { type Kysely, sql } from 'kysely';
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
  refused: Extract<ReplyRefusal, 'not_writable' | 'circle_ended' | 'muted'> | null;
};

/** One's own reply, also where one no longer reads; null when it is somebody else's, or never was. */
export async function readOwnReply(db: Kysely<Tables>, personId: number, replyId: number): Promise<OwnReply | null> {
  const { rows } = await own(personId, replyId).execute(db);
  return rows[0] ?? null;
}

/** The same, held to the commit with its circle: whoever is muted or put out meanwhile waits, or was before us. */
export async function holdOwnReply(trx: Kysely<Tables>, personId: number, replyId: number): Promise<OwnReply | null> {
  // Circles before replies, as everywhere. Where it was moved in between its version is another.
  await sql`select from circles where id = (select circle_id from replies where id = ${replyId}) for share`.execute(
    trx,
  );
  const { rows } = await sql<OwnReply>`${own(personId, replyId)} for update of r`.execute(trx);
  return rows[0] ?? null;
}

/** Other words are written there, and so asked of the policy table as a reply is (storage/reply-statement.ts), in the same order. */
const own = (personId: number, replyId: number) => sql<OwnReply>`
  select r.id, r.thread_id as "threadId", r.circle_id as "circleId", r.version, r.withdrawn_at is not null as withdrawn, case
    when not exists (select from (${standingsOf(personId)}) s where s.circle_id = r.circle_id and ${holds('write')})
      then 'not_writable'
    when c.archived_at is not null or c.ends_on < today() then 'circle_ended'
    when exists (select from memberships m
      where m.circle_id = r.circle_id and m.person_id = ${personId} and m.muted_at is not null) then 'muted'
  end as refused
  from replies r join circles c on c.id = r.circle_id where r.id = ${replyId} and r.person_id = ${personId}`;
