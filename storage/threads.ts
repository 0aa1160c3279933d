import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import type { SourceFacts } from './stream-rows.ts';

export type ThreadFacts = {
  id: number;
  born: 'outside' | 'inside';
  title: string | null;
  originMentionId: number | null;
  mentionCount: number;
  createdAt: Date;
  version: number;
};
export type MentionFacts = {
  id: number;
  threadId: number;
  kind: string;
  state: 'live' | 'withdrawn' | 'erased' | 'expired' | 'removed';
  stateAt: Date | null;
  source: SourceFacts | null;
  title: string | null;
  html: string | null;
  text: string | null;
  authorName: string | null;
  authorHandle: string | null;
  authorUrl: string | null;
  url: string | null;
  language: string | null;
  languageBy: string | null;
  tone: number | null;
  confidence: number | null;
  method: string | null;
  ratingValue: number | null;
  ratingBest: number | null;
  publishedAt: Date;
  publishedBy: string;
  fetchedAt: Date;
  editedAt: Date | null;
  media: unknown;
  connector: string;
  /** Times inside are ISO texts: they come out of JSON. */
  joined: { reason: string; by: string; at: string } | null;
  earlier: { title: string | null; text: string; writtenAt: string }[];
  seenVia: SourceFacts[];
};

const mostMentions = 200;
const mostEarlier = 10;
const mostSightings = 20;

/** A thread that stands in one of the circles, with at most 200 mentions in time order, the first always among them. */
export async function readThread(
  db: Database,
  circles: readonly number[],
  threadId: number,
): Promise<{ thread: ThreadFacts; mentions: MentionFacts[] } | null> {
  // A merged thread answers as the one it went into, if that may be seen.
  const { rows } = await sql<ThreadFacts>`
    select t.id, t.born, t.title, t.origin_mention_id as "originMentionId", t.mention_count as "mentionCount",
      t.created_at as "createdAt", t.version
    from threads asked join threads t on t.id = coalesce(asked.merged_into, asked.id)
    where asked.id = ${threadId}
      and exists (select from placements p where p.thread_id = t.id and p.circle_id = any(${circles}::int[]))`.execute(
    db,
  );
  const thread = rows[0];
  if (!thread) return null;
  const chosen = sql`
    select id from mentions where id = ${thread.originMentionId}::bigint and thread_id = ${thread.id}
    union
    (select id from mentions where thread_id = ${thread.id} order by sort_at, id limit ${mostMentions - 1})`;
  return { thread, mentions: (await mentionsWhere(sql`m.id in (${chosen})`).execute(db)).rows };
}

/** The thread that stands in one of the circles under this number, or into which that one went; or null. */
export async function standingThread(
  db: Database,
  circles: readonly number[],
  threadId: number,
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select t.id from threads asked join threads t on t.id = coalesce(asked.merged_into, asked.id)
    where asked.id = ${threadId}
      and exists (select from placements p where p.thread_id = t.id and p.circle_id = any(${circles}::int[]))`.execute(
    db,
  );
  return rows[0]?.id ?? null;
}

/** One mention of a thread that stands in one of the circles. */
export async function readMention(
  db: Database,
  circles: readonly number[],
  mentionId: number,
): Promise<MentionFacts | null> {
  const { rows } = await mentionsWhere(sql`m.id = ${mentionId}
    and exists (select from placements p where p.thread_id = m.thread_id and p.circle_id = any(${circles}::int[]))`).execute(
    db,
  );
  return rows[0] ?? null;
}

/**
 * Asks the workers whether the mentions of a thread still exist, for those not looked at within a day. Answers how many; a
 * thread opened twice asks once.
 */
export async function askRecheck(db: Database, threadId: number): Promise<number> {
  const answer = await sql`
    update mentions set recheck_at = now()
    where thread_id = ${threadId} and state = 'live' and recheck_at is null
      and coalesce(checked_at, fetched_at) < now() - interval '1 day'`.execute(db);
  return Number(answer.numAffectedRows ?? 0);
}

function mentionsWhere(condition: RawBuilder<unknown>): RawBuilder<MentionFacts> {
  return sql<MentionFacts>`
    select m.id, m.thread_id as "threadId", m.kind, m.state, m.state_at as "stateAt", x.title, x.html, x.text,
      case when s.id is null then null else json_build_object('id', s.id, 'label', s.label, 'kind', s.kind) end as source,
      x.author_name as "authorName", x.author_handle as "authorHandle", x.author_url as "authorUrl",
      m.canonical_url as url, m.language, m.language_by as "languageBy", m.tone, m.sentiment_confidence as confidence,
      m.sentiment_method as method, m.rating_value as "ratingValue", m.rating_best as "ratingBest",
      m.published_at as "publishedAt", m.published_by as "publishedBy", m.fetched_at as "fetchedAt",
      m.edited_at as "editedAt", x.media, m.connector, joins.joined, editions.earlier, seen.via as "seenVia"
    from mentions m
    left join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    left join sources s on s.id = m.source_id
    left join lateral (
      select json_build_object('reason', j.reason, 'by', j.by, 'at', j.at) as joined from joined j
      where j.mention_id = m.id and j.thread_id = m.thread_id order by j.at desc limit 1
    ) joins on true
    cross join lateral (
      select coalesce(json_agg(json_build_object('title', e.title, 'text', e.text, 'writtenAt', e.written_at)
        order by e.edition desc), '[]') as earlier
      from (
        select e.* from mention_texts e where e.mention_id = m.id and e.month = m.text_month and e.edition > 0
        order by e.edition desc limit ${mostEarlier}
      ) e
    ) editions
    cross join lateral (
      select coalesce(json_agg(json_build_object('id', v.id, 'label', v.label, 'kind', v.kind) order by v.seen_at), '[]') as via
      from (
        select o.id, o.label, o.kind, g.seen_at from sightings g join sources o on o.id = g.source_id
        where g.mention_id = m.id order by g.seen_at limit ${mostSightings}
      ) v
    ) seen
    where ${condition}
    order by m.sort_at, m.id`;
}
