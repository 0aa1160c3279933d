import { type RawBuilder, sql } from 'kysely';
import { judgedOver } from '#domain/topic.ts';
import type { Database } from './database.ts';
import { homesAmong } from './homes.ts';
import { type Reader, seenCircles, unreadBy } from './stream-filter.ts';

/** What a reader is told of a topic beside its facts. */
export type TopicCounts = { id: number; unread: number; lastWeek: number; judged: number; about: number };

const mostUnread = 100;
const mostCounted = 10_000;

/**
 * Of each topic: how many of its hundred newest threads the reader has not opened, how many were first told in the last seven
 * days, and what was said of the last hundred that were judged. Each is read from an index and only so far.
 */
export async function countTopics(db: Database, reader: Reader, topicIds: readonly number[]): Promise<TopicCounts[]> {
  if (topicIds.length === 0) return [];
  const homes = sql`(select id from seen where id = any(${homesAmong(reader.circles)}::int[])) c`;
  const { rows } = await sql<TopicCounts>`
    with ${seenCircles(reader)}
    select u.id, coalesce(news.unread, 0) as unread, coalesce(week.told, 0) as "lastWeek",
      coalesce(said.judged, 0) as judged, coalesce(said.about, 0) as about
    from unnest(${topicIds}::int[]) u (id)
    left join lateral (
      select (count(*) filter (where ${unreadBy(reader.personId).holds}))::int as unread
      from (${threadsOf(homes)} limit ${sql.lit(mostUnread)}) p
    ) news on true
    left join lateral (
      select count(*)::int as told from (
        select from ${homes} cross join lateral (
          select from placement_topics o where o.circle_id = c.id and o.topic_id = u.id
            and o.sort_at >= now() - interval '7 days' limit ${sql.lit(mostCounted)}) o
        limit ${sql.lit(mostCounted)}) o
    ) week on true
    left join lateral (
      select count(*)::int as judged, (count(*) filter (where l.judged))::int as about from (
        select mt.judged from mention_topics mt where mt.topic_id = u.id and mt.judged is not null and exists (
          select from mentions m join placements p on p.thread_id = m.thread_id join seen on seen.id = p.circle_id
          where m.id = mt.mention_id offset 0)
        order by mt.judged_at desc limit ${sql.lit(judgedOver)}) l
    ) said on true`.execute(db);
  return rows;
}

const threadsOf = (homes: RawBuilder<unknown>) => sql`
  select o.thread_id from ${homes} cross join lateral (
    select o.thread_id, o.sort_at from placement_topics o where o.circle_id = c.id and o.topic_id = u.id
    order by o.sort_at desc, o.thread_id desc limit ${sql.lit(mostUnread)}
  ) o order by o.sort_at desc, o.thread_id desc`;
