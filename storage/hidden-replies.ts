import { type Kysely, sql } from 'kysely';
import { recordChanges } from './changes.ts';
import { keptKinds, literals } from './circle-hold.ts';
import type { Tables } from './schema.ts';
import { dropReplyDocuments, remakeReplyDocuments } from './search-documents.ts';

export type ReplyPlace = { id: number; circleId: number; threadId: number; personId: number; kept: boolean };

/** Where a reply stands and who wrote it, when it is in one of the circles; or null. `kept`: in a circle that hosts keep. */
export async function placeOfReply(
  db: Kysely<Tables>,
  circles: readonly number[],
  replyId: number,
): Promise<ReplyPlace | null> {
  const { rows } = await sql<ReplyPlace>`
    select r.id, r.circle_id as "circleId", r.thread_id as "threadId", r.person_id as "personId",
      c.kind in (${literals(keptKinds)}) as kept
    from replies r join circles c on c.id = r.circle_id
    where r.id = ${replyId} and r.circle_id = any(${circles}::int[])`.execute(db);
  return rows[0] ?? null;
}

/**
 * Hides the words of a reply from all but its author and the hosts, or shows them again: out of search, and back. False where that is how it
 * stands already, or where its author withdrew it.
 */
export async function setHidden(
  trx: Kysely<Tables>,
  replyId: number,
  { by, reason }: { by: number; reason: string | null },
): Promise<boolean> {
  const hide = reason !== null;
  const { rows } = await sql<{ threadId: number; circleId: number }>`
    update replies set version = version + 1, hidden_reason = ${reason},
      hidden_at = case when ${hide} then date_trunc('milliseconds', clock_timestamp()) end,
      hidden_by = case when ${hide} then ${by}::bigint end
    where id = ${replyId} and withdrawn_at is null and (hidden_at is null) = ${hide}
    returning thread_id as "threadId", circle_id as "circleId"`.execute(trx);
  const found = rows[0];
  if (!found) return false;
  if (hide) await dropReplyDocuments(trx, [replyId]);
  else await remakeReplyDocuments(trx, [replyId]);
  await recordChanges(trx, { inside: [found], replies: [{ replyId, circleId: found.circleId }] });
  return true;
}
