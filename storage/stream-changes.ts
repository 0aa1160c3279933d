import { sql } from 'kysely';
import type { ChangePosition } from './changes.ts';
import type { Database } from './database.ts';
import { changeKinds } from './schema.ts';

/** Where something changed: a thread inside one circle, or (null) in its outside, which is seen wherever it stands. */
export type ChangedThread = { id: number; circleId: number | null };

/**
 * Of what changed, the threads that stand in the very circle where it happened, when that is one of these; with the time each
 * was made. For the live stream: a change says only that something changed.
 */
export async function changedThreads(
  db: Database,
  circles: readonly number[],
  changed: { threads: readonly ChangedThread[]; mentions: readonly number[] },
): Promise<{ id: number; createdAt: Date }[]> {
  const { rows } = await sql<{ id: number; createdAt: Date }>`
    select t.id, t.created_at as "createdAt" from threads t where t.id in (
      select p.thread_id from (
        select thread_id, circle_id
        from unnest(${changed.threads.map(({ id }) => id)}::bigint[],
          ${changed.threads.map(({ circleId }) => circleId)}::int[]) u (thread_id, circle_id)
        union select m.thread_id, null from mentions m where m.id = any(${changed.mentions}::bigint[])
      ) c
      join placements p on p.thread_id = c.thread_id and p.circle_id = coalesce(c.circle_id, p.circle_id)
      where p.circle_id = any(${circles}::int[])
    ) order by t.id`.execute(db);
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
