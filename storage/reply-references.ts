import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

/** What a reply points to, as stored: never words. `from` and `to` count UTF-16 characters of the mention's text. */
export type StoredReference = {
  kind: 'person' | 'thread' | 'mention' | 'quote';
  personId: number | null;
  threadId: number | null;
  mentionId: number | null;
  from: number | null;
  to: number | null;
  /** SHA-256 of the quoted words: tells whether they still are the same. Goes when the mention is wiped. */
  digest: Buffer | null;
};

/** A reference with what its reader may know of what it points to. */
export type ReferenceFacts = StoredReference & {
  replyId: number;
  person: string | null;
  /** Whether what it points to stands in one of the reader's circles. */
  visible: boolean;
  title: string | null;
  source: string | null;
  /** Present text of a quoted mention, where it may be seen. */
  text: string | null;
};

/** References of replies, in order within each. A thread that was merged is the one it went into. */
export async function readReferences(
  db: Kysely<Tables>,
  circles: readonly number[],
  replyIds: readonly number[],
): Promise<ReferenceFacts[]> {
  if (replyIds.length === 0) return [];
  const { rows } = await sql<ReferenceFacts>`
    select r.reply_id as "replyId", r.kind, r.person_id as "personId", t.id as "threadId", r.mention_id as "mentionId",
      r.from_char as "from", r.to_char as "to", r.digest, p.name as person, seen.visible,
      case when seen.visible then coalesce(t.title, x.title) end as title,
      case when seen.visible then s.label end as source,
      case when seen.visible and r.digest is not null then x.text end as text
    from reply_references r
    left join people p on p.id = r.person_id
    left join mentions m on m.id = r.mention_id
    left join threads asked on asked.id = coalesce(m.thread_id, r.thread_id)
    left join threads t on t.id = coalesce(asked.merged_into, asked.id)
    cross join lateral (
      select exists (select from placements p where p.thread_id = t.id and p.circle_id = any(${circles}::int[])) as visible
    ) seen
    left join mentions w on w.id = coalesce(m.id, t.origin_mention_id)
    left join mention_texts x on x.mention_id = w.id and x.month = w.text_month and x.edition = 0
    left join sources s on s.id = m.source_id
    where r.reply_id = any(${replyIds}::bigint[])
    order by r.reply_id, r.position`.execute(db);
  return rows;
}

/** Stored references of one reply, in order. */
export async function storedReferences(db: Kysely<Tables>, replyId: number): Promise<StoredReference[]> {
  const { rows } = await sql<StoredReference>`
    select kind, person_id as "personId", thread_id as "threadId", mention_id as "mentionId", from_char as "from",
      to_char as "to", digest
    from reply_references where reply_id = ${replyId} order by position`.execute(db);
  return rows;
}

/** Of these threads, those that stand in the circles, or went into one that does. */
export async function threadsAmong(
  db: Kysely<Tables>,
  circles: readonly number[],
  threads: readonly number[],
): Promise<Set<number>> {
  if (threads.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    select t.id from threads t where t.id = any(${threads}::bigint[]) and exists (
      select from placements p where p.thread_id = coalesce(t.merged_into, t.id) and p.circle_id = any(${circles}::int[]))`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Of these mentions, those whose thread stands in the circles, with their words; null for those that have none left. */
export async function mentionsAmong(
  db: Kysely<Tables>,
  circles: readonly number[],
  mentions: readonly number[],
): Promise<Map<number, string | null>> {
  if (mentions.length === 0) return new Map();
  const { rows } = await sql<{ id: number; text: string | null }>`
    select m.id, x.text from mentions m
    left join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    where m.id = any(${mentions}::bigint[]) and exists (
      select from placements p where p.thread_id = m.thread_id and p.circle_id = any(${circles}::int[]))`.execute(db);
  return new Map(rows.map(({ id, text }) => [id, text]));
}

/** Live mentions in the circles by the key of their address (storage/keys.ts); an address of several says nothing. */
export async function mentionsByAddress(
  db: Kysely<Tables>,
  circles: readonly number[],
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ key: string; id: number }>`
    select encode(k.key, 'hex') as key, m.id
    from join_keys k join mentions m on m.id = k.mention_id and m.state = 'live'
    where k.key in (select decode(u, 'hex') from unnest(${keys}::text[]) u) and not k.ambiguous and exists (
      select from placements p where p.thread_id = m.thread_id and p.circle_id = any(${circles}::int[]))`.execute(db);
  return new Map(rows.map(({ key, id }) => [key, id]));
}
