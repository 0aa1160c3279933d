import { type Kysely, sql } from 'kysely';
import type { MentionState } from '#domain/mention.ts';
import { dropCases } from './cases.ts';
import { type Identity, noteWiped } from './erasures.ts';
import { isHome, settleHomes } from './homes.ts';
import type { Tables } from './schema.ts';
import { dropMentionDocuments } from './search-documents.ts';
import { placeThreads } from './topic-matches.ts';

/**
 * Held shared by every save and exclusively by who erases an author: a save that looked before the erasure is through before
 * its texts are wiped, one that starts later sees it. Any number that nobody else takes.
 */
export const authorsLock = 0x6275_6975;

export type Wiped = { mentionId: number; threadId: number };

/**
 * The one way in which words go, whatever the reason: every edition of the text is deleted; from the mention go address, ids
 * and hashes; what stays is a tombstone with times, kind, language and judgement, so that a discussion still reads and
 * counts still add up. Its keys stay as keyed hashes, so that it does not come back. Answers those that were live.
 */
export async function wipe(
  trx: Kysely<Tables>,
  mentionIds: readonly number[],
  state: Exclude<MentionState, 'live'>,
): Promise<Wiped[]> {
  if (mentionIds.length === 0) return [];
  const { rows } = await sql<Wiped & Identity & { textMonth: string }>`
    update mentions m set state = ${state}, state_at = now(), namespace = null, external_id = null, canonical_url = null,
      content_hash = null, fingerprint = null, recheck_at = null, gone_seen_at = null, version = m.version + 1
    from (select id, namespace, external_id from mentions
      where id = any(${mentionIds}::bigint[]) and state = 'live' order by id for update) l
    where m.id = l.id
    returning m.id as "mentionId", m.thread_id as "threadId", m.text_month as "textMonth", l.namespace,
      l.external_id as "externalId"`.execute(trx);
  if (rows.length === 0) return [];
  await noteWiped(trx, rows, state);
  await sql`
    delete from mention_texts x
    using unnest(${rows.map((row) => row.mentionId)}::bigint[], ${rows.map((row) => row.textMonth)}::date[]) u (id, month)
    where x.mention_id = u.id and x.month = u.month`.execute(trx);
  // Where its words stood says something of them too.
  await sql`update mention_topics set spans = '{}'
    where mention_id = any(${rows.map((row) => row.mentionId)}::bigint[]) and spans <> '{}'`.execute(trx);
  await sql`update topic_run_removed set spans = '{}'
    where mention_id = any(${rows.map((row) => row.mentionId)}::bigint[]) and spans <> '{}'`.execute(trx);
  await dropMentionDocuments(
    trx,
    rows.map(({ mentionId }) => mentionId),
  );
  // Quotes of it have no words of their own; by this the words could still be guessed.
  await sql`update reply_references set digest = null
    where mention_id = any(${rows.map((row) => row.mentionId)}::bigint[]) and digest is not null`.execute(trx);
  // Nor does anything say any more which of the people here wrote it.
  await sql`delete from mention_authors where mention_id = any(${rows.map((row) => row.mentionId)}::bigint[])`.execute(
    trx,
  );
  await sql`update invitations set mention_id = null where mention_id = any(${rows.map((row) => row.mentionId)}::bigint[])`.execute(
    trx,
  );
  await sql`update tips set address = null where mention_id = any(${rows.map((row) => row.mentionId)}::bigint[])`.execute(
    trx,
  );
  await sql`
    update threads t set version = t.version + 1
    from (select id from threads where id = any(${rows.map((row) => row.threadId)}::bigint[]) order by id for update) l
    where t.id = l.id`.execute(trx);
  // What went with its source, somebody wanted gone: that a topic found it says nothing of its thread any more.
  if (state === 'removed') {
    await sql`delete from mention_topics where mention_id = any(${rows.map((row) => row.mentionId)}::bigint[])`.execute(
      trx,
    );
    await sql`delete from topic_run_removed where mention_id = any(${rows.map((row) => row.mentionId)}::bigint[])`.execute(
      trx,
    );
    const threads = rows.map((row) => row.threadId);
    await placeThreads(trx, threads);
    await settleHomes(trx, threads);
  }
  return rows.map(({ mentionId, threadId }) => ({ mentionId, threadId }));
}

/**
 * Takes threads out of the outside stream that have no words left and were never discussed, with the keys under which copies
 * would still come to them.
 */
export async function unplaceEmpty(trx: Kysely<Tables>, threadIds: readonly number[]): Promise<void> {
  if (threadIds.length === 0) return;
  const { rows } = await sql<{ id: number; circle: number }>`
    delete from placements p where p.thread_id = any(${threadIds}::bigint[]) and ${isHome('p')}
      and not exists (select from placements d where d.thread_id = p.thread_id and d.reply_count > 0)
      and not exists (select from mentions m where m.thread_id = p.thread_id and m.state = 'live')
    returning p.thread_id as id, p.circle_id as circle`.execute(trx);
  if (rows.length === 0) return;
  const gone = rows.map(({ id }) => id);
  await dropCases(trx, gone);
  const places = sql`unnest(${gone}::bigint[], ${rows.map(({ circle }) => circle)}::int[])`;
  await sql`delete from placement_sources p using ${places} u (id, circle)
    where p.thread_id = u.id and p.circle_id = u.circle`.execute(trx);
  await sql`delete from placement_topics p using ${places} u (id, circle)
    where p.thread_id = u.id and p.circle_id = u.circle`.execute(trx);
  await sql`delete from join_keys k using mentions m
    where m.thread_id = any(${gone}::bigint[]) and k.mention_id = m.id`.execute(trx);
}
