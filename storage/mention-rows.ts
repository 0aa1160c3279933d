import { type Kysely, sql } from 'kysely';
import type { PreparedMention } from '#domain/mention.ts';
import { textArray } from './binary-arrays.ts';
import type { Threads } from './join-threads.ts';
import type { Placed } from './mentions.ts';
import { textMonth } from './partitions.ts';
import type { SourcePoll } from './save-types.ts';
import { outsideCircle, type Tables, toneNumbers } from './schema.ts';

/** How long a text is kept, and an earlier version of one (design section 8). */
export const keepTextDays = 180;
export const keepEarlierDays = 30;
const dayMs = 86_400_000;

/** The earlier of what they say and what we saw. */
export function sortAtOf({ publishedAt }: PreparedMention, fetchedAt: Date): Date {
  return publishedAt < fetchedAt ? publishedAt : fetchedAt;
}

/** PostgreSQL takes neither NUL nor half a surrogate pair; an item that has one must not cost its batch. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '') : whole;
}
export const isStorable = (text: string | null): boolean => text === null || storable(text) === text;
const storableOrNull = (text: string | null | undefined): string | null => (text == null ? null : storable(text));

export const toneOf = ({ sentiment: { tone } }: PreparedMention): number | null =>
  tone === 'unclear' ? null : toneNumbers[tone];

/** Inserts new mentions and their texts. */
export async function storeMentions(trx: Kysely<Tables>, fresh: readonly Placed[], threads: Threads): Promise<void> {
  if (fresh.length === 0) return;
  const of = <Value>(pick: (prepared: PreparedMention, one: Placed) => Value): Value[] =>
    fresh.map((one) => pick(one.prepared, one));
  await sql`
    insert into mentions (id, namespace, external_id, source_id, thread_id, kind, canonical_url, published_at, published_by,
      fetched_at, sort_at, edited_at, content_hash, fingerprint, language, language_by, tone, sentiment_score,
      sentiment_confidence, sentiment_method, rating_value, rating_best, text_month, connector, second_hand)
    select * from unnest(${of((_, one) => one.mentionId)}::bigint[], ${of((p) => storable(p.namespace))}::text[],
      ${of((p) => storable(p.externalId))}::text[], ${of((_, one) => one.poll.sourceId)}::bigint[],
      ${of((_, one) => threads.threadOf.get(one.mentionId)!)}::bigint[], ${of((p) => p.kind)}::text[],
      ${of((p) => storableOrNull(p.canonicalUrl))}::text[], ${of((p) => p.publishedAt.toISOString())}::timestamptz[],
      ${of((p) => p.publishedBy)}::text[], ${of((_, one) => one.fetchedAt.toISOString())}::timestamptz[],
      ${of((p, one) => sortAtOf(p, one.fetchedAt).toISOString())}::timestamptz[],
      ${of((p) => p.editedAt?.toISOString() ?? null)}::timestamptz[], ${of((p) => p.contentHash)}::bytea[],
      ${of((p) => p.fingerprint)}::bytea[], ${of((p) => p.language)}::text[], ${of((p) => p.languageBy)}::text[],
      ${of(toneOf)}::smallint[], ${of((p) => p.sentiment.score)}::real[], ${of((p) => p.sentiment.confidence)}::real[],
      ${of((p) => p.sentiment.method)}::text[], ${of((p) => p.rating?.value ?? null)}::real[],
      ${of((p) => p.rating?.best ?? null)}::real[], ${of((_, one) => textMonth(one.fetchedAt))}::date[],
      ${of((_, one) => one.poll.connector)}::text[], ${of((p) => p.secondHand)}::boolean[])`.execute(trx);
  await storeTexts(trx, fresh);
}

async function storeTexts(trx: Kysely<Tables>, fresh: readonly Placed[]): Promise<void> {
  const texts = fresh.map((one) => textColumns(one, one.prepared.publishedAt));
  const of = <Name extends keyof (typeof texts)[number]>(name: Name) => texts.map((row) => row[name]);
  await sql`
    insert into mention_texts (mention_id, month, title, html, text, author_name, author_handle, author_url, author_key,
      in_reply_to, media, written_at, expires_at)
    select u.id, u.month, u.title, u.html, u.text, u.name, u.handle, u.url, decode(u.author_key, 'hex'), u.reply, u.media,
      u.written_at, u.expires_at
    from unnest(${fresh.map(({ mentionId }) => mentionId)}::bigint[],
      ${fresh.map(({ fetchedAt }) => textMonth(fetchedAt))}::date[], ${textArray(of('title'))}::text[], ${textArray(of('html'))}::text[],
      ${textArray(of('text'))}::text[], ${of('authorName')}::text[], ${of('authorHandle')}::text[], ${of('authorUrl')}::text[],
      ${of('authorKey')}::text[], ${of('inReplyTo')}::text[], ${of('media')}::jsonb[], ${of('writtenAt')}::timestamptz[],
      ${of('expiresAt')}::timestamptz[])
      u (id, month, title, html, text, name, handle, url, author_key, reply, media, written_at, expires_at)`.execute(
    trx,
  );
}

/** A present text as it goes into its row. */
export function textColumns({ prepared, authorKey, fetchedAt }: Placed, writtenAt: Date) {
  const title = storableOrNull(prepared.title);
  const text = storable(prepared.text);
  return {
    title,
    html: storableOrNull(prepared.html),
    text,
    authorName: storableOrNull(prepared.author?.name),
    authorHandle: storableOrNull(prepared.author?.handle),
    authorUrl: storableOrNull(prepared.author?.url),
    authorKey,
    inReplyTo: storableOrNull(prepared.inReplyTo),
    media: prepared.media.length === 0 ? null : storable(JSON.stringify(prepared.media)).replaceAll('\\u0000', ''),
    writtenAt: writtenAt.toISOString(),
    expiresAt: new Date(fetchedAt.getTime() + keepTextDays * dayMs).toISOString(),
  };
}

/**
 * The standing of new threads in the outside, and of every thread in the stream of each source it was seen in. A copy that
 * joins never moves the thread: it takes the place the thread has.
 */
export async function storePlacements(trx: Kysely<Tables>, fresh: readonly Placed[], threads: Threads): Promise<void> {
  if (fresh.length === 0) return;
  const byId = new Map(fresh.map((one) => [one.mentionId, one]));
  // A thread that is joined has its place already, unless it was emptied in this very moment.
  const placed = [
    ...threads.born.map(({ threadId, originId }) => ({ threadId, ...byId.get(originId)! })),
    ...threads.joined.map(({ threadId, mentionId }) => ({ threadId, ...byId.get(mentionId)! })),
  ];
  await sql`
    insert into placements (thread_id, circle_id, sort_at, language, tone)
    select u.thread_id, ${outsideCircle}, u.sort_at, u.language, u.tone
    from unnest(${placed.map((one) => one.threadId)}::bigint[],
      ${placed.map((one) => sortAtOf(one.prepared, one.fetchedAt).toISOString())}::timestamptz[],
      ${placed.map((one) => one.prepared.language)}::text[], ${placed.map((one) => toneOf(one.prepared))}::smallint[])
      u (thread_id, sort_at, language, tone)
    where not exists (select from placements p where p.thread_id = u.thread_id and p.home)
    on conflict do nothing`.execute(trx);
  await placeForSources(
    trx,
    fresh.map((one) => ({ threadId: threads.threadOf.get(one.mentionId)!, sourceId: one.poll.sourceId })),
  );
}

/** Puts threads, wherever they stand, into the streams of sources; those that stand there already stay as they are. */
export async function placeForSources(
  trx: Kysely<Tables>,
  places: readonly { threadId: number; sourceId: number }[],
): Promise<void> {
  if (places.length === 0) return;
  await sql`
    insert into placement_sources (thread_id, circle_id, source_id, sort_at)
    select p.thread_id, p.circle_id, u.source_id, p.sort_at
    from unnest(${places.map(({ threadId }) => threadId)}::bigint[], ${places.map(({ sourceId }) => sourceId)}::bigint[])
      u (thread_id, source_id)
    join placements p on p.thread_id = u.thread_id
    order by 1, 2, 3 on conflict do nothing`.execute(trx);
}

/** Notes that further sources delivered a mention; answers those that are new. */
export async function storeSightings(
  trx: Kysely<Tables>,
  sighted: readonly { mentionId: number; poll: SourcePoll; seenAt: Date }[],
): Promise<{ mention_id: number; thread_id: number }[]> {
  if (sighted.length === 0) return [];
  const { rows } = await sql<{ mention_id: number; source_id: number; thread_id: number }>`
    with seen as (
      insert into sightings (mention_id, source_id, seen_at, connector)
      select m.id, u.source_id, u.seen_at, u.connector
      from unnest(${sighted.map((one) => one.mentionId)}::bigint[], ${sighted.map((one) => one.poll.sourceId)}::bigint[],
        ${sighted.map((one) => one.seenAt.toISOString())}::timestamptz[],
        ${sighted.map((one) => one.poll.connector)}::text[]) u (mention_id, source_id, seen_at, connector)
      join mentions m on m.id = u.mention_id and m.state = 'live'
      order by 1, 2 on conflict do nothing returning mention_id, source_id
    ) select seen.*, m.thread_id from seen join mentions m on m.id = seen.mention_id`.execute(trx);
  if (rows.length > 0) {
    await placeForSources(
      trx,
      rows.map((row) => ({ threadId: row.thread_id, sourceId: row.source_id })),
    );
  }
  return rows;
}
