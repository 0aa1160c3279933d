import { type Kysely, type RawBuilder, sql } from 'kysely';
import { colleagueRelations, type RelationKind } from '#domain/relation.ts';
import type { Tables } from './schema.ts';

/** Days as YYYY-MM-DD, both included. */
export type Relation = { kind: RelationKind; since: string; until: string | null };

const colleagueKinds = sql.join(colleagueRelations.map((kind) => sql.lit(kind)));
/** Whether a row `r` of relations is that of somebody who works here. */
export const ofColleague = sql<boolean>`r.kind in (${colleagueKinds})`;

/** What a person is, was and will be, by first day. */
export async function readRelations(db: Kysely<Tables>, personId: number): Promise<Relation[]> {
  const { rows } = await sql<Relation>`
    select r.kind, r.since::text as since, r.until::text as until from relations r
    where r.person_id = ${personId} order by r.since, r.id`.execute(db);
  return rows;
}

/** Replaces what a person is; whoever calls holds their row, and tells of it. */
export async function replaceRelations(
  trx: Kysely<Tables>,
  personId: number,
  relations: readonly Relation[],
): Promise<void> {
  await sql`delete from relations where person_id = ${personId}`.execute(trx);
  await sql`insert into relations (person_id, kind, since, until)
    select ${personId}, * from unnest(${relations.map(({ kind }) => kind)}::text[],
      ${relations.map(({ since }) => since)}::date[], ${relations.map(({ until }) => until)}::date[])`.execute(trx);
}

/** Whether two relations of one kind share a day. */
export function overlap(relations: readonly Relation[]): boolean {
  const inOrder = [...relations].sort((a, b) => a.kind.localeCompare(b.kind) || a.since.localeCompare(b.since));
  return inOrder.some((one, at) => {
    const next = inOrder[at + 1];
    return next?.kind === one.kind && (one.until === null || one.until >= next.since);
  });
}

/** The last day on which a person works here (`person`: an expression for their number); null when none is known, or they never did. */
export function lastDayHere(person: RawBuilder<unknown>): RawBuilder<string | null> {
  return sql`(select case when bool_and(r.until is not null) then max(r.until) end::text
    from relations r where r.person_id = ${person} and ${ofColleague})`;
}

/** Today in the zone of the installation, as YYYY-MM-DD. */
export async function todayHere(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ today: string }>`select today()::text as today`.execute(db);
  return rows[0]!.today;
}
