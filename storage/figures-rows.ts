import { type RawBuilder, sql } from 'kysely';
import { startOfDay } from './days.ts';
import { homesAmong, isHome } from './homes.ts';
import { outsideCircle } from './schema.ts';
import { countsFor } from './topic-matches.ts';

/** Which stories are counted: days of a time zone, both included, of a reader who may see some circles. */
export type StoriesCut = {
  circles: readonly number[];
  timeZone: string;
  from: string;
  to: string;
  /** The first day of the period before it. */
  before: string;
  sourceId?: number | undefined;
  topicId?: number | undefined;
  language?: string | undefined;
  /** From this confidence on a tone counts as sure. */
  sureFrom: number;
};

const earliest = (cut: StoriesCut) => startOfDay(sql`${cut.before}::date`, cut.timeZone);
export const since = (cut: StoriesCut) => startOfDay(sql`${cut.from}::date`, cut.timeZone);
export const until = (cut: StoriesCut) => startOfDay(sql`${cut.to}::date + 1`, cut.timeZone);

/** States of a mention whose words went but that was said all the same. What went with its source, somebody wanted gone. */
const tombstones = sql`('withdrawn', 'erased', 'expired')`;

/**
 * The stories from the first day of the period before: what stands in the outside, on the day of its place there (which is that of its
 * first mention), with language and tone as the stream filters them. To these come, `unlisted`, those that stand nowhere any more
 * because their words expired and nobody talked about them: without them every figure would sink as it grows old.
 */
export function storiesIn(cut: StoriesCut): RawBuilder<unknown> {
  const { circles, sourceId, topicId, language } = cut;
  const seesOutside = sql`${outsideCircle} = any(${circles}::int[])`;
  const within = (at: RawBuilder<unknown>) => sql`${at} >= ${earliest(cut)} and ${at} < ${until(cut)}`;
  const spoken = (of: RawBuilder<unknown>) => (language === undefined ? sql`` : sql`and ${of}.language = ${language}`);
  const sure = sql`coalesce(m.sentiment_confidence >= ${cut.sureFrom}::real, false) as sure`;
  const placedAt =
    sourceId === undefined
      ? sql`placements p`
      : sql`placements p join placement_sources o on o.thread_id = p.thread_id and o.circle_id = p.circle_id
          and o.source_id = ${sourceId}::bigint`;
  const placedIn =
    topicId === undefined
      ? sql``
      : sql`join placement_topics i on i.thread_id = p.thread_id and i.circle_id = p.circle_id and i.topic_id = ${topicId}::int`;
  const saidIn =
    topicId === undefined
      ? sql``
      : sql`and exists (select from mentions o where o.thread_id = t.id and o.state <> 'removed' and ${foundBy(topicId, sql`o`)})`;
  const saidAt =
    sourceId === undefined
      ? sql``
      : sql`and exists (select from mentions o where o.thread_id = t.id and o.source_id = ${sourceId}::bigint
          and o.state <> 'removed')`;
  return sql`
    select p.thread_id, p.circle_id, p.sort_at as at, p.language, p.tone, ${sure}, k.state, false as unlisted,
      exists (
        select from placements i where i.thread_id = p.thread_id and i.circle_id = any(${circles}::int[]) and i.reply_count > 0
      ) as discussed
    from ${placedAt} ${placedIn}
    join threads t on t.id = p.thread_id and t.merged_into is null
    left join mentions m on m.id = t.origin_mention_id
    left join cases k on k.thread_id = p.thread_id
    where p.circle_id = any(${homesAmong(circles)}::int[]) and ${isHome('p')} and ${within(sql`p.sort_at`)} ${spoken(sql`p`)}
    union all
    select t.id, ${outsideCircle}, m.sort_at, m.language, m.tone, ${sure}, k.state, true, false
    from mentions m
    join threads t on t.id = m.thread_id and t.origin_mention_id = m.id and t.merged_into is null
    left join cases k on k.thread_id = t.id
    where m.state in ${tombstones} and ${seesOutside} and ${within(sql`m.sort_at`)} ${spoken(sql`m`)}
      and ${standsNowhere(circles)} ${saidAt} ${saidIn}`;
}

/** That thread `t` left the outside, and stands in no circle that the reader may not see. */
function standsNowhere(circles: readonly number[]): RawBuilder<unknown> {
  return sql`not exists (select from placements h where h.thread_id = t.id
    and (${isHome('h')} or h.circle_id <> all(${circles}::int[])))`;
}

/** The mentions `m` of threads that stand in the outside or, their words gone, did so; each on a day of its own. */
export function mentionsIn(cut: StoriesCut): RawBuilder<unknown> {
  const { circles, sourceId, topicId, language } = cut;
  return sql`mentions m join threads t on t.id = m.thread_id
    left join placements p on p.thread_id = coalesce(t.merged_into, t.id) and p.circle_id = any(${homesAmong(circles)}::int[]) and ${isHome('p')}
    where m.sort_at >= ${earliest(cut)} and m.sort_at < ${until(cut)} and m.state <> 'removed'
      and ${outsideCircle} = any(${circles}::int[])
      ${sourceId === undefined ? sql`` : sql`and m.source_id = ${sourceId}::bigint`}
      ${topicId === undefined ? sql`` : sql`and ${foundBy(topicId, sql`m`)}`}
      ${language === undefined ? sql`` : sql`and m.language = ${language}`}
      and (p.thread_id is not null or (m.state in ${tombstones} and ${standsNowhere(circles)}))`;
}

/** That a topic found a mention, and nobody said that it is not about us. */
function foundBy(topicId: number, mention: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (select from mention_topics mt where mt.mention_id = ${mention}.id and mt.topic_id = ${topicId}::int
    and ${countsFor})`;
}
