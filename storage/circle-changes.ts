import { sql } from 'kysely';
import { circleActs, circleKinds, rowsWith } from '#domain/circle.ts';
import { literals } from './circle-hold.ts';
import type { Database } from './database.ts';
import { standingsOf } from './standings.ts';

/** Of which all colleagues know who is in them: nobody has to be looked for. */
const openKinds = circleKinds.filter((kind) => circleActs(kind, 'colleague', 'none').includes('people'));

/**
 * Who sees who is in some circles: of each the numbers of these people, or null where it is every colleague. For the live stream, which asks
 * once for everybody.
 */
export async function whoSeesMembers(
  db: Database,
  circleIds: readonly number[],
): Promise<Map<number, ReadonlySet<number> | null>> {
  const { rows } = await sql<{ id: number; people: number[] | null }>`
    select circle.id, case when circle.kind not in (${literals(openKinds)}) then array(
      select put.person_id from memberships put join lateral (${standingsOf(sql`put.person_id`)}) s on s.circle_id = circle.id
      where put.circle_id = circle.id and put.left_at is null and s.standing in (${literals(rowsWith('people'))})) end as people
    from circles circle where circle.id = any(${circleIds}::int[])`.execute(db);
  return new Map(rows.map(({ id, people }) => [id, people && new Set(people)]));
}
