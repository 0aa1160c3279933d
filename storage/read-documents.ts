import { type Kysely, sql } from 'kysely';
import { sourceHost } from '#domain/address-terms.ts';
import { type MentionSaid, mentionDocument, replyDocument, type SearchDocument } from '#domain/search-document.ts';
import type { Tables } from './schema.ts';

/** A document made anew from what is stored; `title` as its words have it. */
export type ReadDocument = { kind: 'mention' | 'reply'; id: number; title: string | null; document: SearchDocument };

/**
 * Documents of mentions and replies, from their own rows: what search_documents is a copy of. Those without words (any more) are left
 * out.
 */
export async function readDocuments(
  db: Kysely<Tables>,
  refs: readonly { kind: 'mention' | 'reply'; id: number }[],
): Promise<ReadDocument[]> {
  const ids = (kind: 'mention' | 'reply') => refs.filter((ref) => ref.kind === kind).map(({ id }) => id);
  const mentions = ids('mention');
  const replies = ids('reply');
  return [
    ...(mentions.length > 0 ? await readMentions(db, mentions) : []),
    ...(replies.length > 0 ? await readReplies(db, replies) : []),
  ];
}

type MentionRow = Omit<MentionSaid, 'sortAt' | 'rating' | 'media' | 'sourceHost'> & {
  id: number;
  sortAt: Date;
  rating: number | null;
  best: number | null;
  media: { type: string }[] | null;
  settings: Record<string, unknown> | null;
};

async function readMentions(db: Kysely<Tables>, ids: readonly number[]): Promise<ReadDocument[]> {
  const { rows } = await sql<MentionRow>`
    select m.id, m.kind, m.source_id as "sourceId", m.canonical_url as url, x.title, x.html, x.text,
      x.author_name as "authorName", x.author_handle as "authorHandle", m.language, m.tone, m.rating_value as rating,
      m.rating_best as best, x.media, m.edited_at is not null as "isEdited", m.sort_at as "sortAt",
      case when m.canonical_url is null then s.settings end as settings
    from unnest(${ids}::bigint[]) asked (id) join mentions m on m.id = asked.id and m.state = 'live'
    join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    left join sources s on s.id = m.source_id`.execute(db);
  return rows.map(({ id, sortAt, rating, best, media, settings, ...row }) => {
    const document = mentionDocument({
      ...row,
      sourceHost: settings && sourceHost(settings),
      rating: rating !== null && best !== null ? { value: rating, best } : null,
      media: media ?? [],
      sortAt: sortAt.getTime(),
    });
    return { kind: 'mention', id, title: row.title, document };
  });
}

async function readReplies(db: Kysely<Tables>, ids: readonly number[]): Promise<ReadDocument[]> {
  // The words that begin a conversation bear its title.
  const { rows } = await sql<{
    id: number;
    title: string | null;
    text: string;
    authorName: string;
    hasQuote: boolean;
    isEdited: boolean;
    sortAt: Date;
  }>`
    select r.id, case when r.id = (select min(f.id) from replies f where f.thread_id = r.thread_id) then t.title end as title,
      r.text, p.name as "authorName", r.edited_at is not null as "isEdited", r.written_at as "sortAt",
      exists (select from reply_references q where q.reply_id = r.id and q.kind = 'quote') as "hasQuote"
    from unnest(${ids}::bigint[]) asked (id) join replies r on r.id = asked.id and r.withdrawn_at is null
      and r.hidden_at is null
    join threads t on t.id = r.thread_id join people p on p.id = r.person_id`.execute(db);
  return rows.map(({ id, sortAt, ...said }) => ({
    kind: 'reply',
    id,
    title: said.title,
    document: replyDocument({ ...said, sortAt: sortAt.getTime() }),
  }));
}
