import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { SourceLastError, Tables } from './schema.ts';
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
  /** Null: not active. */
  next_poll_at: Date | null;
  interval_seconds: number;
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

/** Every source by name; how much each brought is counted apart, because that takes longer the more there is. */
export async function listSources(db: Database): Promise<Omit<SourceRow, 'mention_count'>[]> {
  const { rows } = await sql<Omit<SourceRow, 'mention_count'>>`
    select ${columns} from sources s join source_polls p on p.source_id = s.id where ${isFollowed}
    order by lower(s.label), s.id`.execute(db);
  return rows;
}

/** One source with what it brought, or null. */
export async function readSource(db: Database, id: number): Promise<SourceRow | null> {
  const { rows } = await sql<SourceRow>`
    select ${columns}, (select count(*)::int from mentions where source_id = s.id)
      + (select count(*)::int from sightings where source_id = s.id) as mention_count
    from sources s join source_polls p on p.source_id = s.id where s.id = ${id}::bigint and ${isFollowed}`.execute(db);
  return rows[0] ?? null;
}

/** A count may take a twentieth of the time, so a large installation sees one that is some seconds old. */
const freshFactor = 20;

/**
 * Counts what every source brought, by source; a mention that another source brought first counts for whoever saw it too. The
 * last answer is given again while it is fresh: twenty times as long as counting took.
 */
export function createMentionCounts(db: Database): () => Promise<Map<number, number>> {
  let counted: Promise<Map<number, number>> | null = null;
  let freshUntil = 0;
  const count = async () => {
    const startedAt = performance.now();
    const { rows } = await sql<{ id: number; count: number }>`
      select source_id as id, sum(count)::int as count from (
        select source_id, count(*) from mentions group by source_id
        union all select source_id, count(*) from sightings group by source_id
      ) x group by source_id`.execute(db);
    freshUntil = performance.now() + freshFactor * (performance.now() - startedAt);
    return new Map(rows.map((row) => [row.id, row.count]));
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

const columns = sql`s.id, s.connector, s.settings, s.place, s.label, s.kind, s.home_url, s.folder, s.keeps, s.desk, s.state,
  s.created_at, p.next_poll_at, p.interval_seconds, s.failures, s.failing_since, s.last_error, p.last_polled_at, p.last_ok_at,
  s.last_new_at, s.recent, s.new_on, s.new_count`;

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
