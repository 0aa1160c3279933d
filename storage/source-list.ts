import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import type { SourceLastError } from './schema.ts';
import type { SourceFacts } from './stream.ts';

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
  state: 'active' | 'paused' | 'stopped';
  created_at: Date;
  next_poll_at: Date;
  interval_seconds: number;
  failures: number;
  failing_since: Date | null;
  last_error: SourceLastError | null;
  last_polled_at: Date | null;
  last_ok_at: Date | null;
  last_new_at: Date | null;
  recent: Date[];
  mention_count: number;
};

/** Every source by name; two queries' worth of work whatever their number. */
export async function listSources(db: Database): Promise<SourceRow[]> {
  return (await sourcesWith(sql`true`, sql`true`).execute(db)).rows;
}

/** One source, or null. */
export async function readSource(db: Database, id: number): Promise<SourceRow | null> {
  return (await sourcesWith(sql`s.id = ${id}::bigint`, sql`source_id = ${id}::bigint`).execute(db)).rows[0] ?? null;
}

/** Which of these places are followed already, and by which source. */
export async function sourcesAtPlaces(db: Database, places: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: number; place: string }>`
    select id, place from sources where place = any(${places}::text[])`.execute(db);
  return new Map(rows.map(({ id, place }) => [place, id]));
}

/** The names of all sources, for a filter. */
export async function sourceNames(db: Database): Promise<SourceFacts[]> {
  const { rows } = await sql<SourceFacts>`select id, label, kind from sources order by lower(label), id`.execute(db);
  return rows;
}

// Both counts are index-only scans; a mention that another source brought first counts for whoever saw it too.
function sourcesWith(chosen: RawBuilder<unknown>, counted: RawBuilder<unknown>): RawBuilder<SourceRow> {
  return sql<SourceRow>`
    select s.id, s.connector, s.settings, s.place, s.label, s.kind, s.home_url, s.folder, s.keeps, s.state, s.created_at,
      s.next_poll_at, s.interval_seconds, s.failures, s.failing_since, s.last_error, s.last_polled_at, s.last_ok_at,
      s.last_new_at, s.recent, coalesce(first.count, 0)::int + coalesce(also.count, 0)::int as mention_count
    from sources s
    left join (select source_id, count(*) from mentions where ${counted} group by source_id) first on first.source_id = s.id
    left join (select source_id, count(*) from sightings where ${counted} group by source_id) also on also.source_id = s.id
    where ${chosen}
    order by lower(s.label), s.id`;
}
