import { type Kysely, type RawBuilder, sql } from 'kysely';
import { mostRecent } from '#domain/schedule.ts';
import type { Database } from './database.ts';
import { deskCircle, outsideCircle, type SourceLastError, type Tables } from './schema.ts';
import type { SourceFacts } from './stream-rows.ts';

/** A source as people see it: what it is, and the facts from which its health is told. */
export type SourceRow = {
  id: number;
  connector: string;
  settings: Record<string, unknown>;
  place: string;
  label: string;
  kind: string;
  home_url: string | null;
  folder: string | null;
  keeps: 'everything' | 'matched';
  desk: boolean;
  state: 'active' | 'paused' | 'stopped';
  created_at: Date;
  /** Null: not active, or not for who looks. */
  next_poll_at: Date | null;
  interval_seconds: number | null;
  failures: number;
  failing_since: Date | null;
  last_error: SourceLastError | null;
  last_polled_at: Date | null;
  last_ok_at: Date | null;
  last_new_at: Date | null;
  recent: number[];
  new_on: string | null;
  new_count: number;
  mention_count: number;
};

/** What colleagues hand in is no source that anybody follows: it names its mentions, and nobody pauses or removes it. */
const isFollowed = sql`s.state <> 'removed' and s.connector <> 'tip'`;

/**
 * Who looks at a source: the desk, at all that it brought; other colleagues, at what stands in the outside. What is for the desk only
 * shows to nobody else, not in how much a source brought, when something last came, nor how often we ask.
 */
export type SourceView = 'desk' | 'outside';

/** Every source by name; how much each brought is counted apart, because that takes longer the more there is. */
export async function listSources(db: Database, view: SourceView): Promise<Omit<SourceRow, 'mention_count'>[]> {
  const { rows } = await sql<Omit<SourceRow, 'mention_count'>>`
    select ${columns(view)} from sources s join source_polls p on p.source_id = s.id where ${isFollowed}
    order by lower(s.label), s.id`.execute(db);
  return rows;
}

/** One source with what it brought, or null. */
export async function readSource(db: Database, id: number, view: SourceView): Promise<SourceRow | null> {
  const { rows } = await sql<SourceRow>`
    select ${columns(view)}, coalesce(n.${sql.ref(view)}, 0) as mention_count
    from sources s join source_polls p on p.source_id = s.id left join (${counts(id)}) n on true
    where s.id = ${id}::bigint and ${isFollowed}`.execute(db);
  return rows[0] ?? null;
}

type Counted = Record<SourceView, number>;

/**
 * How much each source brought, or one: rows of (id, desk, outside). A mention that another source brought first counts for whoever saw it
 * too. Those that stand at the desk alone are few among the others: they are found there, and taken off.
 */
function counts(sourceId?: number): RawBuilder<Counted & { id: number }> {
  const of = sourceId === undefined ? sql`true` : sql`source_id = ${sourceId}::bigint`;
  const atDesk = sql`(select ps.thread_id, ps.source_id from placement_sources ps
    join placements p on p.thread_id = ps.thread_id and p.circle_id = ps.circle_id and p.home
    where ps.circle_id = ${sql.lit(deskCircle)} and ${of}) d`;
  return sql`
    select source_id as id, sum(n)::int as desk, sum(n - hidden)::int as outside from (
      select source_id, count(*) as n, 0 as hidden from mentions where ${of} group by 1
      union all select source_id, count(*), 0 from sightings where ${of} group by 1
      union all select d.source_id, 0, count(*) from ${atDesk}
        join mentions m on m.thread_id = d.thread_id and m.source_id = d.source_id group by 1
      union all select d.source_id, 0, count(*) from ${atDesk}
        join mentions m on m.thread_id = d.thread_id
        join sightings g on g.mention_id = m.id and g.source_id = d.source_id group by 1
    ) x group by 1`;
}

/** A count may take a twentieth of the time, so a large installation sees one that is some seconds old. */
const freshFactor = 20;

/** Counts what every source brought, by source. The last answer is given again while it is fresh: twenty times as long as counting took. */
export function createMentionCounts(db: Database): () => Promise<Map<number, Counted>> {
  let counted: Promise<Map<number, Counted>> | null = null;
  let freshUntil = 0;
  const count = async () => {
    const startedAt = performance.now();
    const { rows } = await counts().execute(db);
    freshUntil = performance.now() + freshFactor * (performance.now() - startedAt);
    return new Map(rows.map(({ id, ...row }) => [id, row]));
  };
  return () => {
    if (counted && performance.now() < freshUntil) return counted;
    // Whoever asks meanwhile waits for the same count.
    freshUntil = Number.POSITIVE_INFINITY;
    const counting = count().catch((error: unknown) => {
      freshUntil = 0;
      throw error;
    });
    counted = counting;
    return counting;
  };
}

/** How often something comes, and with it when we ask again: for who sees the outside only, as far as that shows it. */
const rhythm = {
  desk: sql`p.next_poll_at, p.interval_seconds, s.last_new_at, s.recent, s.new_on, s.new_count`,
  outside: sql`null::timestamptz as next_poll_at, null::int as interval_seconds, null::timestamptz as last_new_at, array(
      select (extract(epoch from ps.sort_at) * 1000)::bigint from placement_sources ps
      where ps.circle_id = ${sql.lit(outsideCircle)} and ps.source_id = s.id
      order by ps.sort_at desc, ps.thread_id desc limit ${sql.lit(mostRecent)}) as recent,
    null::date as new_on, 0 as new_count`,
};

const columns = (
  view: SourceView,
) => sql`s.id, s.connector, s.settings, s.place, s.label, s.kind, s.home_url, s.folder, s.keeps, s.desk,
  s.state, s.created_at, s.failures, s.failing_since, s.last_error, p.last_polled_at, p.last_ok_at, ${rhythm[view]}`;

/** Which of these places are followed already, and by which source. */
export async function sourcesAtPlaces(db: Database, places: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; place: string }>`
    select id, place from sources where place = any(${places}::text[]) and state <> 'removed'`.execute(db);
  return new Map(rows.map(({ id, place }) => [place, id]));
}

/** The names of all sources, for a filter. */
export async function sourceNames(db: Kysely<Tables>): Promise<SourceFacts[]> {
  const { rows } =
    await sql<SourceFacts>`select id, label, kind from sources where state <> 'removed' order by lower(label), id`.execute(
      db,
    );
  return rows;
}
