import { type RawBuilder, sql } from 'kysely';
import { type Badge, colleagueRelations } from '#domain/relation.ts';

/** What shows beside a name; null (or not asked for) for an employee and nothing else. */
export type Marks = { guest: boolean; badges: Badge[] };
export type PersonNamed = { id: number; name: string; marks?: Marks | null };

/**
 * The marks of a person as JSON, as a subquery on `person` (an expression for their number that names no `r` or `k`). Nearly everybody
 * is an employee and nothing else: that is found out first, from one row of an index.
 */
export function marksOf(person: RawBuilder<unknown>): RawBuilder<Marks | null> {
  const here = sql.join(colleagueRelations.map((kind) => sql.lit(kind)));
  return sql`case when (
      select bool_and(r.kind = 'employee' and r.since <= ${today} and coalesce(r.until >= ${today}, true))
      from relations r where r.person_id = ${person}) then null
    else (
      select json_build_object('guest', not coalesce(bool_or(k.kind in (${here}) and not k.former), false), 'badges',
        coalesce(json_agg(json_build_object('kind', k.kind, 'former', k.former) order by k.former, k.first, k.kind)
          filter (where k.kind <> 'employee' or k.former), '[]'))
      from (
        select r.kind, bool_and(coalesce(r.until < ${today}, false)) as former, min(r.since) as first
        from relations r where r.person_id = ${person} and r.since <= ${today} group by r.kind) k) end`;
}

/** A row of people as a PersonNamed. `alias`: what the row is called in the query. */
export function personNamed(alias: string): RawBuilder<PersonNamed> {
  const id = sql.ref(`${alias}.id`);
  return sql`json_build_object('id', ${id}, 'name', ${sql.ref(`${alias}.name`)}, 'marks', ${marksOf(id)})`;
}

// Within a subquery it is asked once a statement, not once a row.
const today = sql`(select today())`;
