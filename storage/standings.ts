import { type RawBuilder, sql } from 'kysely';
import { type CircleAct, rowsWith } from '#domain/circle.ts';
import { rights } from '#domain/person.ts';
import { colleagueRelations } from '#domain/relation.ts';

/** Whether a person works here today. `person`: an expression for their number. */
export function worksHere(person: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select from relations here where here.person_id = ${person}
    and here.kind in (${sql.join(colleagueRelations.map((kind) => sql.lit(kind)))})
    and here.since <= today() and (here.until is null or here.until >= today()))`;
}

/**
 * How one person stands to each circle that is not closed and each they are in, as a subquery of (circle_id, standing): `standing` is
 * a row of the policy table, "kind who standing" (domain/circle.ts). Empty for who is deactivated. `personId`: a number, or an expression
 * that names no `asked`, `who`, `c`, `m` or `here`: those are names within.
 */
export function standingsOf(personId: RawBuilder<unknown> | number): RawBuilder<unknown> {
  const desk = sql.join(rights.desk.map((role) => sql.lit(role)));
  return sql`
    select c.id as circle_id, concat_ws(' ', c.kind, case when who.colleague then 'colleague' else 'outsider' end, case
      when c.kind = 'desk' then case when who.colleague and who.role in (${desk}) then 'member' else 'none' end
      when m.person_id is null then 'none'
      -- Whoever comes from outside was let in until a day, or is not.
      when not who.colleague and m.until is null then 'none'
      when m.until < today() then case c.after_end when 'read' then 'past' else 'none' end
      -- Only who works here looks after a circle.
      when m.role in ('host', 'deputy') and who.colleague then 'host'
      else 'member' end) as standing
    from (select asked.id, asked.role, ${worksHere(sql`asked.id`)} as colleague from people asked
      where asked.id = ${personId} and asked.deactivated_at is null) who
    cross join circles c
    left join memberships m on m.circle_id = c.id and m.person_id = who.id and m.left_at is null
    where c.kind <> 'closed' or m.person_id is not null`;
}

/** The numbers of the circles in which a person may do something, in their order, as one array. */
export function circlesWhere(act: CircleAct, personId: RawBuilder<unknown> | number): RawBuilder<number[]> {
  return sql<number[]>`array(select s.circle_id from (${standingsOf(personId)}) s
    where s.standing in (${sql.join(rowsWith(act).map((row) => sql.lit(row)))}) order by s.circle_id)`;
}
