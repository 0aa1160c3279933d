import { type Kysely, sql } from 'kysely';
import { colleagueRelations } from '#domain/relation.ts';
import type { Tables } from './schema.ts';

/** Whether a row `p` of people has chosen a password. */
export const hasPassword = sql<boolean>`exists (select from auth."account" a
  where a."userId" = p.user_id and a."providerId" = 'credential' and a."password" is not null)`;

/**
 * Does something to who may let people in, and answers whether somebody still may on every day from today on: active, with a password,
 * and working here. Of two such changes at the same moment one waits for the other. When the answer is false the caller undoes it all.
 */
export async function keepsAdministrator(trx: Kysely<Tables>, change: () => Promise<void>): Promise<boolean> {
  await sql`select from people where role = 'administrator' and deactivated_at is null order by id for update`.execute(
    trx,
  );
  const before = await firstDayWithout(trx);
  await change();
  const after = await firstDayWithout(trx);
  return after === null || (before !== null && before <= after);
}

/** The first day from today on, as YYYY-MM-DD, on which nobody may; null when there is none. Only where somebody's days end can one begin. */
async function firstDayWithout(trx: Kysely<Tables>): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    with days as (
      select r.since, r.until from people p join relations r on r.person_id = p.id
      where p.role = 'administrator' and p.deactivated_at is null and ${hasPassword}
        and r.kind in (${sql.join(colleagueRelations.map((kind) => sql.lit(kind)))})
    )
    select min(ends.day)::text as day
    from (select today() as day union select until + 1 from days where until >= today()) ends
    where not exists (select from days d where d.since <= ends.day and (d.until is null or d.until >= ends.day))`.execute(
    trx,
  );
  return rows[0]?.day ?? null;
}
