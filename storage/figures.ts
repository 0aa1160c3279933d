import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { mentionsIn, type StoriesCut, since, storiesIn, until } from './figures-rows.ts';
import { deskCircle } from './schema.ts';
import type { SourceFacts } from './stream-rows.ts';
import { countsFor } from './topic-matches.ts';
import { type TopicRefFacts, topicNames } from './topics.ts';

export type { StoriesCut } from './figures-rows.ts';

/** What the counted have in common; null is not asked, and of tone unclear. A day is one of the installation's zone. */
type Kind = { day: string | null; language: string | null; sourceId: number | null; topicId: number | null };
export type StoryCount = Kind & {
  tone: number | null;
  sure: boolean;
  stories: number;
  discussed: number;
  answered: number;
  unanswered: number;
  unlisted: number;
};
export type MentionCount = Kind & { mentions: number };
export type Gap = { source: SourceFacts; since: Date };

/** Stories by day, tone and certainty, by source and by topic, each with tone and certainty, and by language. Only days reach into the period before. */
export type CountedFigures = {
  stories: StoryCount[];
  mentions: MentionCount[];
  /** The sources that are counted by. */
  sources: SourceFacts[];
  /** The topics that are counted by. */
  topics: TopicRefFacts[];
  gaps: Gap[];
};

/** Counts the stories and mentions of a period and (days only) of the period before it, all at one moment. */
export async function countFigures(db: Database, cut: StoriesCut): Promise<CountedFigures> {
  const query = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return await query.execute(async (trx) => {
    const { rows: stories } = await countStories(cut).execute(trx);
    const { rows: mentions } = await countMentions(cut).execute(trx);
    const { rows: ofTopics } = await countTopicMentions(cut).execute(trx);
    const counted = [...new Set([...stories, ...ofTopics].flatMap(({ topicId }) => topicId ?? []))];
    const topics = await topicNames(trx, counted, cut.circles.includes(deskCircle));
    const isTold = ({ topicId }: Kind) => topicId === null || topics.some(({ id }) => id === topicId);
    const { rows: gaps } = await gapsIn(cut).execute(trx);
    const seen = new Set([...stories, ...mentions].flatMap(({ sourceId }) => (sourceId === null ? [] : [sourceId])));
    const { rows: sources } = await sql<SourceFacts>`
      select id, label, kind from sources where id = any(${[...seen]}::bigint[])`.execute(trx);
    return {
      stories: stories.filter(isTold),
      mentions: [...mentions, ...ofTopics].filter(isTold),
      sources,
      topics,
      gaps,
    };
  });
}

const dayOf = (at: RawBuilder<unknown>, { timeZone }: StoriesCut) => sql`(${at} at time zone ${timeZone}::text)::date`;

/** A story counts for every source it was seen in. The query is apart so that a test can explain it. */
export function countStories(cut: StoriesCut): RawBuilder<StoryCount> {
  const own = cut.sourceId === undefined ? sql`` : sql`and x.source_id = ${cut.sourceId}::bigint`;
  const ofOne = cut.topicId === undefined ? sql`` : sql`and x.topic_id = ${cut.topicId}::int`;
  return sql<StoryCount>`
    with told as materialized (
      select told.*, ${dayOf(sql`told.at`, cut)} as day, told.at >= ${since(cut)} as is_now from (${storiesIn(cut)}) told
    )
    select day, null as language, null::bigint as "sourceId", null::int as "topicId", tone, sure, count(*)::int as stories,
      (count(*) filter (where discussed))::int as discussed, (count(*) filter (where state = 'answered'))::int as answered,
      (count(*) filter (where state = 'unanswered'))::int as unanswered, (count(*) filter (where unlisted))::int as unlisted
    from told group by day, tone, sure
    union all
    select null, coalesce(language, 'und'), null, null, null, false, count(*)::int, 0, 0, 0, 0
    from told where is_now group by 2
    union all
    select null, null, x.source_id, null, told.tone, told.sure, count(*)::int, 0, 0, 0, 0
    from told cross join lateral (
      select p.source_id from placement_sources p
      where not told.unlisted and p.thread_id = told.thread_id and p.circle_id = told.circle_id
      union
      select m.source_id from mentions m where told.unlisted and m.thread_id = told.thread_id and m.state <> 'removed'
    ) x
    where told.is_now ${own} group by x.source_id, told.tone, told.sure
    union all
    select null, null, null, x.topic_id, told.tone, told.sure, count(*)::int, 0, 0, 0, 0
    from told cross join lateral (
      select p.topic_id from placement_topics p
      where not told.unlisted and p.thread_id = told.thread_id and p.circle_id = told.circle_id
      union
      select mt.topic_id from mentions m join mention_topics mt on mt.mention_id = m.id and ${countsFor}
      where told.unlisted and m.thread_id = told.thread_id and m.state <> 'removed'
    ) x
    where told.is_now ${ofOne} group by x.topic_id, told.tone, told.sure`;
}

/** Mentions by their own day, and those of the period itself by their own source and language. */
export function countMentions(cut: StoriesCut): RawBuilder<MentionCount> {
  return sql<MentionCount>`
    with seen as (
      select ${dayOf(sql`m.sort_at`, cut)} as day, m.sort_at >= ${since(cut)} as is_now, m.source_id,
        coalesce(m.language, 'und') as language
      from ${mentionsIn(cut)}
    )
    select day, source_id as "sourceId", null::int as "topicId", language, count(*)::int as mentions from seen
    group by grouping sets ((day), (is_now, source_id), (is_now, language))
    having grouping(is_now) = 1 or is_now`;
}

/** Mentions of the period itself by the topics that found them: one counts for each. */
export function countTopicMentions(cut: StoriesCut): RawBuilder<MentionCount> {
  const ofOne = cut.topicId === undefined ? sql`` : sql`and mt.topic_id = ${cut.topicId}::int`;
  return sql<MentionCount>`
    select null as day, null::bigint as "sourceId", null as language, x.topic_id as "topicId", count(*)::int as mentions
    from (
      select mt.topic_id from (select m.id, m.sort_at from ${mentionsIn(cut)}) m
      join mention_topics mt on mt.mention_id = m.id and ${countsFor} ${ofOne}
      where m.sort_at >= ${since(cut)}
    ) x group by x.topic_id`;
}

/** How long a source may be silent before something is missing: feeds still hold what was said since. */
const leastHours = 24;

/**
 * Sources that did not answer for a day or longer up to now, since before the period ended; `since` is the last time they did. A
 * source that somebody paused lacks nothing that was wanted.
 */
export function gapsIn(cut: StoriesCut): RawBuilder<Gap> {
  const own = cut.sourceId === undefined ? sql`` : sql`and s.id = ${cut.sourceId}::bigint`;
  return sql<Gap>`
    select json_build_object('id', s.id, 'label', s.label, 'kind', s.kind) as source, x.since
    from sources s join source_polls polls on polls.source_id = s.id
      cross join lateral (select coalesce(polls.last_ok_at, s.failing_since, s.created_at) as since) x
    where s.state in ('active', 'stopped') and s.connector <> 'tip' ${own} and x.since < ${until(cut)}
      and x.since < now() - greatest(interval '${sql.raw(String(leastHours))} hours', 3 * polls.interval_seconds * interval '1 second')
    order by x.since, lower(s.label), s.id`;
}
