import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { mentionsIn, type StoriesCut, since, storiesIn, until } from './figures-rows.ts';
import type { SourceFacts } from './stream-rows.ts';

export type { StoriesCut } from './figures-rows.ts';

/** How many of one kind; `day` is one of the installation's zone, `tone` null is unclear. */
export type DayCount = {
  day: string;
  tone: number | null;
  sure: boolean;
  stories: number;
  discussed: number;
  answered: number;
  unanswered: number;
  unlisted: number;
};
export type SourceCount = { source: SourceFacts; tone: number | null; sure: boolean; stories: number };
export type LanguageCount = { language: string; stories: number };
/** `day`, `sourceId` or `language`: what these mentions have in common. Only days reach into the period before. */
export type MentionCount = { day: string | null; sourceId: number | null; language: string | null; mentions: number };
export type Gap = { source: SourceFacts; since: Date };

export type CountedFigures = {
  days: DayCount[];
  sources: SourceCount[];
  languages: LanguageCount[];
  mentions: MentionCount[];
  /** Sources of `mentions` that brought no story of the period. */
  named: SourceFacts[];
  gaps: Gap[];
};

/** Counts the stories and mentions of a period and (days only) of the period before it, all at one moment. */
export async function countFigures(db: Database, cut: StoriesCut): Promise<CountedFigures> {
  const query = db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only');
  return await query.execute(async (trx) => {
    const { rows: told } = await storiesByDay(cut).execute(trx);
    const { rows: sources } = await storiesBySource(cut).execute(trx);
    const { rows: mentions } = await mentionsByAnything(cut).execute(trx);
    const { rows: gaps } = await gapsIn(cut).execute(trx);
    const known = new Set(sources.map(({ source }) => source.id));
    const silent = mentions.flatMap(({ sourceId }) => (sourceId === null || known.has(sourceId) ? [] : [sourceId]));
    const { rows: named } = await sql<SourceFacts>`
      select id, label, kind from sources where id = any(${silent}::bigint[])`.execute(trx);
    return {
      days: told.flatMap(({ language: _, ...row }) => (row.day === null ? [] : [{ ...row, day: row.day }])),
      languages: told.flatMap(({ day, language, stories }) => (day === null ? [{ language, stories }] : [])),
      sources,
      mentions,
      named,
      gaps,
    };
  });
}

const dayOf = (at: RawBuilder<unknown>, { timeZone }: StoriesCut) => sql`(${at} at time zone ${timeZone}::text)::date`;

type ToldRow = Omit<DayCount, 'day'> & { day: string | null; language: string };

/** Stories by day, tone and certainty, and those of the period itself by language; apart so that a test can explain it. */
export function storiesByDay(cut: StoriesCut): RawBuilder<ToldRow> {
  return sql<ToldRow>`
    with told as materialized (${storiesIn(cut)}), day as (
      select ${dayOf(sql`told.at`, cut)} as day, tone, sure, count(*)::int as stories,
        (count(*) filter (where discussed))::int as discussed, (count(*) filter (where state = 'answered'))::int as answered,
        (count(*) filter (where state = 'unanswered'))::int as unanswered, (count(*) filter (where unlisted))::int as unlisted
      from told group by 1, 2, 3
    ), language as (
      select coalesce(language, 'und') as language, count(*)::int as stories from told
      where at >= ${since(cut)} group by 1
    )
    select day, null as language, tone, sure, stories, discussed, answered, unanswered, unlisted from day
    union all select null, language, null, false, stories, 0, 0, 0, 0 from language`;
}

/** A story counts for every source it was seen in. */
export function storiesBySource(cut: StoriesCut): RawBuilder<SourceCount> {
  const own = cut.sourceId === undefined ? sql`` : sql`and x.source_id = ${cut.sourceId}::bigint`;
  return sql<SourceCount>`
    with told as materialized (${storiesIn({ ...cut, before: cut.from })}), seen as (
      select x.source_id, told.tone, told.sure, count(*)::int as stories
      from told join lateral (
        select p.source_id from placement_sources p
        where p.thread_id = told.thread_id and p.circle_id = told.circle_id
        union select m.source_id from mentions m where told.unlisted and m.thread_id = told.thread_id and m.state <> 'removed'
      ) x on true ${own}
      group by 1, 2, 3
    )
    select json_build_object('id', s.id, 'label', s.label, 'kind', s.kind) as source, seen.tone, seen.sure, seen.stories
    from seen join sources s on s.id = seen.source_id`;
}

/** Mentions by their own day, and those of the period itself by their own source and language. */
export function mentionsByAnything(cut: StoriesCut): RawBuilder<MentionCount> {
  return sql<MentionCount>`
    with seen as (
      select ${dayOf(sql`m.sort_at`, cut)} as day, m.sort_at >= ${since(cut)} as is_now, m.source_id,
        coalesce(m.language, 'und') as language
      from ${mentionsIn(cut)}
    )
    select day, source_id as "sourceId", language, count(*)::int as mentions from seen
    group by grouping sets ((day), (is_now, source_id), (is_now, language))
    having grouping(is_now) = 1 or is_now`;
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
    from sources s cross join lateral (select coalesce(s.last_ok_at, s.failing_since, s.created_at) as since) x
    where s.state in ('active', 'stopped') and s.connector <> 'tip' ${own} and x.since < ${until(cut)}
      and x.since < now() - greatest(interval '${sql.raw(String(leastHours))} hours', 3 * s.interval_seconds * interval '1 second')
    order by x.since, lower(s.label), s.id`;
}
