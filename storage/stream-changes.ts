import { sql } from 'kysely';
import type { ChangePosition } from './changes.ts';
import type { Database } from './database.ts';
import { changeKinds } from './schema.ts';

/** Where something changed: a thread inside one circle, or (null) in its outside, which is seen wherever it stands. */
export type ChangedThread = { id: number; circleId: number | null };

/** A thread that changed and a circle in which it stands where it changed, with the time it was made. */
export type ChangedPlace = { id: number; circleId: number; createdAt: Date };

/**
 * Of what changed, where the threads stand: in the very circle where it happened, or of their outside wherever they stand. For the
 * live stream, which knows who sees which circle: asked once for everybody.
 */
export async function changedPlaces(
  db: Database,
  changed: { threads: readonly ChangedThread[]; mentions: readonly number[] },
): Promise<ChangedPlace[]> {
  const { rows } = await sql<ChangedPlace>`
    select distinct t.id, p.circle_id as "circleId", t.created_at as "createdAt" from (
      select thread_id, circle_id
      from unnest(${changed.threads.map(({ id }) => id)}::bigint[],
        ${changed.threads.map(({ circleId }) => circleId)}::int[]) u (thread_id, circle_id)
      union select m.thread_id, null from mentions m where m.id = any(${changed.mentions}::bigint[])
    ) c
    join placements p on p.thread_id = c.thread_id and p.circle_id = coalesce(c.circle_id, p.circle_id)
    join threads t on t.id = p.thread_id
    order by t.id, p.circle_id`.execute(db);
  return rows;
}

const recentChanges = 2_000;

/** The threads in the 2,000 changes up to a place: what a reader at that place has heard of lately. */
export async function threadsChangedBefore(db: Database, { xid, seq }: ChangePosition): Promise<number[]> {
  const { rows } = await sql<{ ref: number }>`
    select c.ref from (
      select kind, ref from changes where (xid, seq) <= (${xid}::xid8, ${seq}::bigint)
      order by xid desc, seq desc limit ${recentChanges}
    ) c where c.kind = ${changeKinds.thread}`.execute(db);
  return rows.map(({ ref }) => ref);
}
