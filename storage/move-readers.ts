import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type PersonNamed, personNamed } from './badges.ts';
import { holds } from './circle-hold.ts';
import type { Tables } from './schema.ts';
import { standingsOf, worksHere } from './standings.ts';

/** Who would read in one circle and does not in another, by what they are to the organisation. */
export type ReadersFacts = { colleagues: number; guests: number; names: PersonNamed[] };

const mostNames = 50;

/** Whether a person `p` reads in a circle today. */
const reads = (circleId: number): RawBuilder<boolean> =>
  sql`exists (select from (${standingsOf(sql`p.id`)}) s where s.circle_id = ${circleId}::int and ${holds('see')})`;

/** Who reads in `inId` and not in `outId`, with the first 50 names. Asked of the policy table for each person: for who is about to publish. */
export async function readersBeside(db: Kysely<Tables>, inId: number, outId: number): Promise<ReadersFacts> {
  const { rows } = await sql<ReadersFacts>`
    with readers as materialized (
      select p.id, p.name, ${worksHere(sql`p.id`)} as colleague from people p
      where p.deactivated_at is null and ${reads(inId)} and not ${reads(outId)}
    )
    select (count(*) filter (where colleague))::int as colleagues, (count(*) filter (where not colleague))::int as guests,
      coalesce((select json_agg(${personNamed('n')} order by n.colleague, lower(n.name), n.id)
        from (select * from readers order by colleague, lower(name), id limit ${mostNames}) n), '[]') as names
    from readers`.execute(db);
  return rows[0]!;
}

/** Whether anybody reads in `inId` who does not in `outId`. */
export async function isWider(db: Kysely<Tables>, inId: number, outId: number): Promise<boolean> {
  const { rows } = await sql`
    select from people p where p.deactivated_at is null and ${reads(inId)} and not ${reads(outId)} limit 1`.execute(db);
  return rows.length > 0;
}
