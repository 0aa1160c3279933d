import { sql } from 'kysely';
import type { ChangePosition } from './changes.ts';
import type { Database } from './database.ts';
import type { DocumentRef } from './search-source.ts';

/** How far an index that is being made has come. */
export type Building = { last: DocumentRef | null; done: number; total: number };
export type IndexRow = { name: string; position: ChangePosition; building: Building | null };
/** What the last comparison found: documents that were not there, older than ours, and there without being ours any more. */
export type ComparisonReport = { compared: number; missing: number; old: number; tooMany: number };

export async function indexRow(db: Database, name: string): Promise<IndexRow | null> {
  const { rows } = await sql<{ at_xid: string; seq: number; building: Building | null }>`
    select i.xid::text as at_xid, i.seq, i.building from search_indexes i where i.name = ${name}`.execute(db);
  const row = rows[0];
  return row ? { name, position: { xid: row.at_xid, seq: row.seq }, building: row.building } : null;
}

export async function startIndexRow(db: Database, { name, position, building }: IndexRow): Promise<void> {
  await sql`insert into search_indexes (name, xid, seq, building)
    values (${name}, ${position.xid}::xid8, ${position.seq}, ${JSON.stringify(building)}::jsonb)
    on conflict (name) do update set xid = excluded.xid, seq = excluded.seq, building = excluded.building,
      made_at = now(), compared_at = null, report = null`.execute(db);
}

/** Everything up to this place is in the index. */
export async function moveIndexRow(db: Database, name: string, position: ChangePosition): Promise<void> {
  await sql`update search_indexes set xid = ${position.xid}::xid8, seq = ${position.seq} where name = ${name}`.execute(
    db,
  );
}

/** null: it is complete. */
export async function noteBuilding(db: Database, name: string, building: Building | null): Promise<void> {
  await sql`update search_indexes set building = ${building && JSON.stringify(building)}::jsonb
    where name = ${name}`.execute(db);
}

export async function noteComparison(db: Database, name: string, report: ComparisonReport): Promise<void> {
  await sql`update search_indexes set compared_at = now(), report = ${JSON.stringify(report)}::jsonb
    where name = ${name}`.execute(db);
}

export async function forgetIndexRow(db: Database, name: string): Promise<void> {
  await sql`delete from search_indexes where name = ${name}`.execute(db);
}
