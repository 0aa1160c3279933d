import { type Kysely, sql } from 'kysely';
import { sourceHost } from '#domain/address-terms.ts';
import { mentionDocument } from '#domain/search-document.ts';
import { packedTsvectorArray, tsvectorArray } from './binary-arrays.ts';
import { type PackedDocument, packedDocument, vectorOf } from './document-vector.ts';
import { isStorable, textColumns, toneOf } from './mention-rows.ts';
import type { Edited, Placed } from './mentions.ts';
import { readDocuments } from './read-documents.ts';
import { outsideCircle, type Tables } from './schema.ts';

/** Rows of search_documents, written in the transaction that writes the words: what is committed is found. */

const mentionKind = 1;
export const replyKind = 2;

/** Writes the documents of mentions that were just stored or edited; their rows and topics are written already. */
export async function storeMentionDocuments(
  trx: Kysely<Tables>,
  fresh: readonly Placed[],
  edited: readonly Edited[],
): Promise<void> {
  if (fresh.length + edited.length === 0) return;
  const hosts = await hostsOf(trx, [...fresh, ...edited]);
  const made = (one: Placed, isEdited: boolean) => ({ id: one.mentionId, document: documentOf(one, hosts, isEdited) });
  await putMentions(trx, [
    ...fresh.map((one) => made(one, one.prepared.editedAt !== null)),
    ...edited.map((one) => made(one, true)),
  ]);
}

/** Where sources are, for what came without an address of its own. */
async function hostsOf(trx: Kysely<Tables>, arrived: readonly Placed[]): Promise<Map<number, string | null>> {
  const asked = new Set(
    arrived.filter(({ prepared }) => prepared.canonicalUrl === null).map(({ poll }) => poll.sourceId),
  );
  if (asked.size === 0) return new Map();
  const { rows } = await sql<{ id: number; settings: Record<string, unknown> }>`
    select id, settings from sources where id = any(${[...asked]}::bigint[])`.execute(trx);
  return new Map(rows.map(({ id, settings }) => [id, sourceHost(settings)]));
}

function documentOf(one: Placed, hosts: ReadonlyMap<number, string | null>, isEdited: boolean): PackedDocument {
  const { prepared, poll } = one;
  // Made when it was matched with topics; whether it is an edit is known only here.
  if (one.document?.isEdited === isEdited && [prepared.title, prepared.html, prepared.text].every(isStorable))
    return one.document;
  // As they are stored: what PostgreSQL does not take is in no document either.
  const { title, html, text, authorName, authorHandle } = textColumns(one, prepared.publishedAt);
  const document = mentionDocument({
    kind: prepared.kind,
    sourceId: poll.sourceId,
    sourceHost: hosts.get(poll.sourceId) ?? null,
    url: prepared.canonicalUrl,
    title,
    html,
    text,
    authorName,
    authorHandle,
    language: prepared.language,
    tone: toneOf(prepared),
    rating: prepared.rating,
    media: prepared.media,
    isEdited,
    sortAt: 0,
  });
  return packedDocument(document, title);
}

async function putMentions(
  trx: Kysely<Tables>,
  made: readonly { id: number; document: PackedDocument }[],
): Promise<void> {
  await sql`
    insert into search_documents as d (kind, ref, thread_id, circle_id, sort_at, source_id, type, language, tone, topics, words,
      inexact, version)
    select ${mentionKind}, m.id, m.thread_id, ${outsideCircle}, date_trunc('milliseconds', m.sort_at), m.source_id, m.kind,
      m.language, m.tone, array(select t.topic_id from mention_topics t
        where t.mention_id = m.id and t.judged is distinct from false order by 1), u.words, u.inexact, m.version
    from unnest(${made.map(({ id }) => id)}::bigint[], ${packedTsvectorArray(made.map(({ document }) => document.words))}::tsvector[],
      ${made.map(({ document }) => document.inexact)}::boolean[]) u (id, words, inexact)
    join mentions m on m.id = u.id and m.state = 'live'
    order by m.id
    on conflict (kind, ref) do update set sort_at = excluded.sort_at, source_id = excluded.source_id, type = excluded.type,
      language = excluded.language, tone = excluded.tone, topics = excluded.topics,
      -- Its circles are those of its thread (storage/mention-circles.ts): they stay, in the words too.
      words = case when d.circle_id = ${outsideCircle} and d.also is null then excluded.words
        else ts_delete(excluded.words, '@' || excluded.circle_id)
          || array_to_tsvector(array(select '@' || circle from unnest(d.circle_id || coalesce(d.also, '{}')) circle)) end,
      inexact = excluded.inexact, version = excluded.version`.execute(trx);
}

/** Makes documents of mentions anew, whose source or whatever else they say has changed beside their words. */
export async function remakeMentionDocuments(trx: Kysely<Tables>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const refs = ids.map((id) => ({ kind: 'mention' as const, id }));
  const read = await readDocuments(trx, refs);
  await putMentions(
    trx,
    read.map(({ id, title, document }) => ({ id, document: packedDocument(document, title) })),
  );
}

/** Takes the words of mentions out of search. */
export async function dropMentionDocuments(trx: Kysely<Tables>, ids: readonly number[]): Promise<void> {
  await sql`delete from search_documents where kind = ${mentionKind} and ref = any(${ids}::bigint[])`.execute(trx);
}

/** Takes the words of replies out of search. */
export async function dropReplyDocuments(trx: Kysely<Tables>, ids: readonly number[]): Promise<void> {
  await sql`delete from search_documents where kind = ${replyKind} and ref = any(${ids}::bigint[])`.execute(trx);
}

/**
 * What is known of a thread beside its words is another (its case): its mentions are told of as changed, so that a search index reads
 * them again. Answers which they are, for the change table.
 */
export async function raiseMentions(trx: Kysely<Tables>, threadIds: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with raised as (
      update mentions m set version = m.version + 1 from (
        select id from mentions where thread_id = any(${threadIds}::bigint[]) and state = 'live' order by id for update
      ) l where m.id = l.id returning m.id, m.version
    ), told as (
      update search_documents d set version = r.version from raised r where d.kind = ${mentionKind} and d.ref = r.id
    ) select id from raised`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Writes the document of a reply whose words are other ones now, with the version of its row. */
export async function remakeReplyDocuments(trx: Kysely<Tables>, ids: readonly number[]): Promise<void> {
  const made = await readDocuments(
    trx,
    ids.map((id) => ({ kind: 'reply', id })),
  );
  if (made.length === 0) return;
  const { rows } = await sql<{ id: number; circleId: number }>`
    select id, circle_id as "circleId" from replies where id = any(${ids}::bigint[])`.execute(trx);
  const circles = new Map(rows.map(({ id, circleId }) => [id, circleId]));
  const words = tsvectorArray(made.map(({ id, document, title }) => vectorOf(document, title, circles.get(id)!)));
  await sql`
    insert into search_documents (kind, ref, thread_id, circle_id, sort_at, type, words, inexact, version)
    select ${replyKind}, r.id, r.thread_id, r.circle_id, date_trunc('milliseconds', r.written_at), 'reply', u.words, u.inexact,
      r.version
    from unnest(${made.map(({ id }) => id)}::bigint[], ${words}::tsvector[],
      ${made.map(({ document }) => document.inexact)}::boolean[]) u (id, words, inexact)
    join replies r on r.id = u.id
    on conflict (kind, ref) do update set words = excluded.words, inexact = excluded.inexact, version = excluded.version`.execute(
    trx,
  );
}
