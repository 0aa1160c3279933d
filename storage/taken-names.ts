import { type Kysely, sql } from 'kysely';
import { nameKey } from '#domain/name-key.ts';
import type { Tables } from './schema.ts';
import { circlesWhere, worksHere } from './standings.ts';

/**
 * Whether somebody from outside would read as another by a name. Held only against names that are theirs to see: hosts and who wrote, in
 * the circles they see. So it tells of nobody they cannot know; of everybody else the badge beside a name tells them apart.
 * Of a colleague, and of the name they have, never.
 */
export async function readsAsAnother(trx: Kysely<Tables>, personId: number, name: string): Promise<boolean> {
  const { rows: own } = await sql<{ name: string; colleague: boolean }>`
    select p.name, ${worksHere(sql`p.id`)} as colleague from people p where p.id = ${personId}`.execute(trx);
  const key = nameKey(name);
  if (!own[0] || own[0].colleague || nameKey(own[0].name) === key) return false;
  return await isShownIn(trx, personId, key);
}

/** The same for who just came in with a name. */
export async function cameAsAnother(trx: Kysely<Tables>, personId: number): Promise<boolean> {
  const { rows } = await sql<{ name: string; colleague: boolean }>`
    select p.name, ${worksHere(sql`p.id`)} as colleague from people p where p.id = ${personId}`.execute(trx);
  return rows[0] !== undefined && !rows[0].colleague && (await isShownIn(trx, personId, nameKey(rows[0].name)));
}

async function isShownIn(trx: Kysely<Tables>, personId: number, key: string): Promise<boolean> {
  const { rows } = await sql<{ name: string }>`
    with seen as materialized (select ${circlesWhere('see', personId)} as circles)
    select distinct p.name from people p cross join seen
    where p.id <> ${personId} and (
      exists (select from memberships m where m.person_id = p.id and m.circle_id = any(seen.circles) and m.role <> 'member'
        and m.left_at is null)
      or exists (select from replies r where r.person_id = p.id and r.circle_id = any(seen.circles)))`.execute(trx);
  return rows.some((one) => nameKey(one.name) === key);
}
