import { type Kysely, sql } from 'kysely';
import { recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import type { Reader } from './stream-filter.ts';

/**
 * "Mark all read", as what undoes it: up to where each circle was read before (null: nothing was), and the moment that was
 * marked. Microseconds since 1970.
 */
export type Marked = { at: bigint; before: { circleId: number; readUpTo: bigint | null }[] };

/**
 * Marks everything in the reader's circles as read. The moment is that of the newest news they can see, not now: what is
 * committed a little later stays unread.
 */
export async function markRead(db: Database, { personId, circles }: Reader): Promise<Marked> {
  return await db.transaction().execute(async (trx) => {
    const before = await lockReadings(trx, personId, circles);
    const { rows } = await sql<{ at: string | null }>`
      select (extract(epoch from max(n.news_at)) * 1000000)::bigint::text as at
      from unnest(${circles}::int[]) c (id) cross join lateral (
        select news_at from placements where circle_id = c.id order by news_at desc limit 1
      ) n`.execute(trx);
    const at = BigInt(rows[0]?.at ?? 0);
    await sql`
      insert into circle_readings (person_id, circle_id, read_up_to)
      select ${personId}, c.id, ${instant(at)} from unnest(${circles}::int[]) c (id)
      on conflict (person_id, circle_id)
      do update set read_up_to = greatest(circle_readings.read_up_to, excluded.read_up_to)`.execute(trx);
    await recordChanges(trx, { people: [personId] });
    return { at, before };
  });
}

/** Puts the circles back to where they were read before. False, and nothing done, when they were marked otherwise since. */
export async function restoreRead(db: Database, personId: number, { at, before }: Marked): Promise<boolean> {
  const circles = before.map(({ circleId }) => circleId);
  return await db.transaction().execute(async (trx) => {
    const present = await lockReadings(trx, personId, circles);
    const isStale = present.some(({ circleId, readUpTo }) => {
      const earlier = before.find((one) => one.circleId === circleId)?.readUpTo ?? null;
      return readUpTo !== (earlier === null || earlier < at ? at : earlier);
    });
    if (isStale || present.length !== before.length) return false;
    for (const { circleId, readUpTo } of before) {
      if (readUpTo === null)
        await sql`delete from circle_readings where person_id = ${personId} and circle_id = ${circleId}`.execute(trx);
      else
        await sql`update circle_readings set read_up_to = ${instant(readUpTo)}
          where person_id = ${personId} and circle_id = ${circleId}`.execute(trx);
    }
    await recordChanges(trx, { people: [personId] });
    return true;
  });
}

/** Two marks of one person come one after the other: the row of the person decides, because a circle may have none yet. */
async function lockReadings(trx: Kysely<Tables>, personId: number, circles: readonly number[]) {
  await sql`select from people where id = ${personId} for no key update`.execute(trx);
  const { rows } = await sql<{ circleId: number; readUpTo: string | null }>`
    select c.id as "circleId", (extract(epoch from w.read_up_to) * 1000000)::bigint::text as "readUpTo"
    from unnest(${circles}::int[]) c (id)
    left join circle_readings w on w.person_id = ${personId} and w.circle_id = c.id order by c.id`.execute(trx);
  return rows.map(({ circleId, readUpTo }) => ({ circleId, readUpTo: readUpTo === null ? null : BigInt(readUpTo) }));
}

const instant = (micros: bigint) => sql`timestamptz 'epoch' + ${micros.toString()}::bigint * interval '1 microsecond'`;
