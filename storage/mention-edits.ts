import { type Kysely, sql } from 'kysely';
import { textArray } from './binary-arrays.ts';
import { keepEarlierDays, keepTextDays, textColumns, toneOf } from './mention-rows.ts';
import type { Edited } from './mentions.ts';
import type { Outgrown } from './save-types.ts';
import type { Tables } from './schema.ts';
import { remakeMentionDocuments } from './search-documents.ts';

/** Earlier versions kept of one mention: a live blog changes all day. */
const mostEarlier = 10;

/**
 * Puts new words in the place of the old and keeps the old as an earlier version for 30 days. The rows of `mentions` are
 * locked by the caller. The month of the text does not move.
 */
export async function storeEdits(trx: Kysely<Tables>, edited: readonly Edited[]): Promise<void> {
  if (edited.length === 0) return;
  const ids = edited.map(({ mentionId }) => mentionId);
  const months = edited.map(({ known }) => known.textMonth!);
  await sql`
    insert into mention_texts (mention_id, month, edition, title, html, text, author_name, author_handle, author_url, author_key,
      in_reply_to, media, written_at, expires_at)
    select x.mention_id, x.month, (select max(y.edition) + 1 from mention_texts y
        where y.mention_id = x.mention_id and y.month = x.month),
      x.title, x.html, x.text, x.author_name, x.author_handle, x.author_url, x.author_key, x.in_reply_to, x.media, x.written_at,
      least(x.expires_at, now() + ${keepEarlierDays} * interval '1 day')
    from unnest(${ids}::bigint[], ${months}::date[]) u (id, month)
    join mention_texts x on x.mention_id = u.id and x.month = u.month and x.edition = 0`.execute(trx);
  await sql`
    delete from mention_texts x using unnest(${ids}::bigint[], ${months}::date[]) u (id, month)
    where x.mention_id = u.id and x.month = u.month and x.edition between 1 and (
      select max(y.edition) - ${mostEarlier} from mention_texts y where y.mention_id = u.id and y.month = u.month)`.execute(
    trx,
  );
  await storeWords(trx, edited, ids, months);
  await storeJudgement(trx, edited, ids);
}

async function storeWords(trx: Kysely<Tables>, edited: readonly Edited[], ids: number[], months: string[]) {
  const texts = edited.map((one) => textColumns(one, one.prepared.editedAt ?? one.fetchedAt));
  const of = <Name extends keyof (typeof texts)[number]>(name: Name) => texts.map((row) => row[name]);
  await sql`
    update mention_texts x set title = u.title, html = u.html, text = u.text, author_name = u.name, author_handle = u.handle,
      author_url = u.url, author_key = decode(u.author_key, 'hex'), in_reply_to = u.reply, media = u.media,
      written_at = u.written_at, expires_at = greatest(x.expires_at, m.fetched_at + ${keepTextDays} * interval '1 day')
    from unnest(${ids}::bigint[], ${months}::date[], ${textArray(of('title'))}::text[], ${textArray(of('html'))}::text[], ${textArray(of('text'))}::text[],
      ${of('authorName')}::text[], ${of('authorHandle')}::text[], ${of('authorUrl')}::text[], ${of('authorKey')}::text[],
      ${of('inReplyTo')}::text[], ${of('media')}::jsonb[], ${of('writtenAt')}::timestamptz[])
      u (id, month, title, html, text, name, handle, url, author_key, reply, media, written_at)
    join mentions m on m.id = u.id
    where x.mention_id = u.id and x.month = u.month and x.edition = 0`.execute(trx);
}

async function storeJudgement(trx: Kysely<Tables>, edited: readonly Edited[], ids: number[]) {
  const p = edited.map(({ prepared }) => prepared);
  const tones = p.map(toneOf);
  await sql`
    update mentions m set source_id = u.source_id, canonical_url = u.url, edited_at = u.edited_at, content_hash = u.hash,
      fingerprint = u.fingerprint, language = u.language, language_by = u.language_by, tone = u.tone,
      sentiment_score = u.score, sentiment_confidence = u.confidence, sentiment_method = u.method,
      rating_value = u.rating, rating_best = u.best, second_hand = u.second_hand, version = m.version + 1
    from unnest(${ids}::bigint[], ${edited.map(({ poll }) => poll.sourceId)}::bigint[],
      ${p.map((one) => one.canonicalUrl)}::text[],
      ${edited.map((one) => (one.prepared.editedAt ?? one.fetchedAt).toISOString())}::timestamptz[],
      ${p.map((one) => one.contentHash)}::bytea[], ${p.map((one) => one.fingerprint)}::bytea[],
      ${p.map((one) => one.language)}::text[], ${p.map((one) => one.languageBy)}::text[], ${tones}::smallint[],
      ${p.map((one) => one.sentiment.score)}::real[], ${p.map((one) => one.sentiment.confidence)}::real[],
      ${p.map((one) => one.sentiment.method)}::text[], ${p.map((one) => one.rating?.value ?? null)}::real[],
      ${p.map((one) => one.rating?.best ?? null)}::real[], ${p.map((one) => one.secondHand)}::boolean[])
      u (id, source_id, url, edited_at, hash, fingerprint, language, language_by, tone, score, confidence, method, rating, best,
        second_hand)
    where m.id = u.id`.execute(trx);
  await sql`
    update threads t set version = t.version + 1
    from (select id from threads where id = any(${edited.map(({ known }) => known.threadId)}::bigint[]) order by id for update) l
    where t.id = l.id`.execute(trx);
  await sql`
    update placements p set language = m.language, tone = m.tone
    from mentions m join threads t on t.id = m.thread_id and t.origin_mention_id = m.id
    where m.id = any(${ids}::bigint[]) and p.thread_id = t.id`.execute(trx);
}

export type SeenAgain = { mentionId: number; sourceId: number; fingerprint: Buffer; secondHand: boolean };

/**
 * Remembers the new raw form of mentions whose content did not change, so that the next poll knows them at a glance. Answers those that
 * are another source's from now on.
 */
export async function noteSeenAgain(trx: Kysely<Tables>, again: readonly SeenAgain[]): Promise<number[]> {
  if (again.length === 0) return [];
  const { rows } = await sql<{ id: number; moved: boolean }>`
    update mentions m set fingerprint = u.fingerprint, source_id = u.source_id, second_hand = u.second_hand,
      version = m.version + (m.source_id <> u.source_id)::int
    from unnest(${again.map((one) => one.mentionId)}::bigint[], ${again.map((one) => one.sourceId)}::bigint[],
      ${again.map((one) => one.fingerprint)}::bytea[], ${again.map((one) => one.secondHand)}::boolean[])
      u (id, source_id, fingerprint, second_hand)
    join mentions b on b.id = u.id
    where m.id = u.id returning m.id, b.source_id <> m.source_id as moved`.execute(trx);
  const moved = rows.filter((row) => row.moved).map(({ id }) => id);
  await remakeMentionDocuments(trx, moved);
  return moved;
}

/**
 * The words of these were changed into such as are not kept (a source that keeps only what a topic matches). Those that were kept stay,
 * but no longer than an earlier version; the new raw form is remembered, so that the next poll knows it at a glance. The rows of
 * `mentions` are locked by the caller.
 */
export async function noteOutgrown(trx: Kysely<Tables>, outgrown: readonly Outgrown[]): Promise<void> {
  if (outgrown.length === 0) return;
  await sql`
    with noted as (
      update mentions m set fingerprint = u.fingerprint
      from unnest(${outgrown.map(({ mentionId }) => mentionId)}::bigint[], ${outgrown.map((one) => one.fingerprint)}::bytea[])
        u (id, fingerprint) where m.id = u.id returning m.id, m.text_month
    )
    update mention_texts x set expires_at = least(x.expires_at, now() + ${keepEarlierDays} * interval '1 day')
    from noted where x.mention_id = noted.id and x.month = noted.text_month and x.edition = 0`.execute(trx);
}
