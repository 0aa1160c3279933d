import { type Kysely, sql } from 'kysely';
import { documentKinds, type Place } from '#search/engine.ts';
import { tsvectorArray } from '#storage/binary-arrays.ts';
import { vectorOf } from '#storage/document-vector.ts';
import { outsideCircle, type Tables } from '#storage/schema.ts';
import { searchDocumentOf } from './any-read-document.ts';
import type { ReadDocument } from './naive-match.ts';

/** A document and where it stands. */
export type PlacedDocument = ReadDocument & Omit<Place, 'sortAt'> & { threadId: number };

/**
 * Rows of search_documents as the writers leave them, without mentions and replies of which they are copies; their threads with the
 * cases and replies that their statuses tell of (of `discussed` in the circle with number 2).
 */
export async function putDocuments(db: Kysely<Tables>, documents: readonly PlacedDocument[]): Promise<void> {
  const made = documents.map((one) => ({ one, document: searchDocumentOf(one) }));
  const vectors = made.map(({ one, document }) => {
    const vector = vectorOf(document, one.title.join(' ') || null, one.circleId);
    return { ...vector, lexemes: [...vector.lexemes, ...(one.also ?? []).map((id) => `@${id}`)] };
  });
  const of = <Value>(pick: (one: PlacedDocument) => Value): Value[] => documents.map(pick);
  await sql`
    insert into search_documents (kind, ref, thread_id, circle_id, also, sort_at, source_id, type, language, tone, topics, words, inexact, version)
    select u.kind, u.ref, u.thread_id, u.circle_id, nullif(u.also::int[], '{}'), u.sort_at, case u.kind when 1 then 7 + u.ref % 3 end,
      case u.kind when 1 then 'article' else 'reply' end, case u.kind when 1 then 'nl' end,
      case u.kind when 1 then nullif(u.ref % 4, 3) - 1 end, u.topics::int[], u.words, u.inexact, 1
    from unnest(${of(({ kind }) => documentKinds[kind])}::smallint[], ${of(({ id }) => id)}::bigint[],
      ${of(({ threadId }) => threadId)}::bigint[], ${of(({ circleId }) => circleId)}::int[], ${of(({ also }) => `{${also?.join() ?? ''}}`)}::text[],
      ${of(({ sortAt }) => new Date(sortAt).toISOString())}::timestamptz[], ${of(({ topics }) => `{${topics.join()}}`)}::text[],
      ${tsvectorArray(vectors)}::tsvector[], ${made.map(({ document }) => document.inexact)}::boolean[])
      u (kind, ref, thread_id, circle_id, also, sort_at, topics, words, inexact)`.execute(db);
  const threads = [...new Map(documents.map((one) => [one.threadId, one])).values()];
  await sql`insert into threads (id, born) select u.id, 'outside' from unnest(${threads.map(({ threadId }) => threadId)}::bigint[]) u (id)`.execute(
    db,
  );
  await sql`
    insert into placements (thread_id, circle_id, sort_at, reply_count)
    select u.id, c.id, now(), case when c.id = 2 and u.discussed then 1 else 0 end
    from unnest(${threads.map(({ threadId }) => threadId)}::bigint[],
      ${threads.map(({ statuses }) => statuses.includes('discussed'))}::boolean[]) u (id, discussed)
    cross join (values (${outsideCircle}::int), (2)) c (id)`.execute(db);
  await sql`
    insert into cases (thread_id, state, waiting_since, closed_at, holder_id)
    select u.id, u.state, now(), case when u.state in ('answered', 'unanswered') then now() end,
      case when u.state = 'taken' then (select min(id) from people) end
    from unnest(${threads.map(({ threadId }) => threadId)}::bigint[],
      ${threads.map(({ statuses }) => statuses.find((status) => status !== 'discussed') ?? null)}::text[]) u (id, state)
    where u.state is not null`.execute(db);
  await sql`analyze search_documents, placements, cases`.execute(db);
}
