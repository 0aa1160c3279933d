import { type Kysely, sql } from 'kysely';
import { recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { isHome } from './homes.ts';
import type { Tables } from './schema.ts';
import type { StreamPosition } from './stream-page.ts';

/** How a thread stands in one circle. */
export type PlaceInCircle = { id: number; sortAt: Date; pinned: boolean; closedAt: Date | null };

const mostPinned = 100;

/**
 * A page of what stands in one circle: what was pinned first, then the newest. `done`: what was closed, the last closed first. Whoever calls knows that its
 * reader may see the circle.
 */
export async function readCirclePage(
  db: Database,
  circleId: number,
  { state, after, limit }: { state: 'open' | 'done'; after: StreamPosition | null; limit: number },
): Promise<{ places: PlaceInCircle[]; next: StreamPosition | null }> {
  const order = state === 'open' ? sql`p.sort_at` : sql`p.closed_at`;
  const below = after
    ? sql`and (${order}, p.thread_id) <
        (timestamptz 'epoch' + ${after.sortMicros.toString()}::bigint * interval '1 microsecond', ${after.threadId}::bigint)`
    : sql``;
  const columns = sql`p.thread_id as id, p.sort_at as "sortAt", p.pinned_at is not null as pinned, p.closed_at as "closedAt",
    (extract(epoch from ${order}) * 1000000)::bigint::text as micros`;
  const which = state === 'open' ? sql`p.closed_at is null and p.pinned_at is null` : sql`p.closed_at is not null`;
  const { rows } = await sql<PlaceInCircle & { micros: string }>`
    select ${columns} from placements p where p.circle_id = ${circleId} and ${which} ${below}
    order by ${order} desc, p.thread_id desc limit ${limit + 1}`.execute(db);
  const pinned =
    state === 'done' || after
      ? []
      : (
          await sql<PlaceInCircle & { micros: string }>`
            select ${columns} from placements p where p.circle_id = ${circleId} and p.pinned_at is not null and p.closed_at is null
            order by p.pinned_at desc, p.thread_id desc limit ${mostPinned}`.execute(db)
        ).rows;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    places: [...pinned, ...shown].map(({ micros: _, ...place }) => place),
    next: rows.length > limit && last ? { sortMicros: BigInt(last.micros), threadId: last.id } : null,
  };
}

/** A thread in one circle by its number or that of one that went into it, or null. Held to the commit. */
export async function holdPlace(
  trx: Kysely<Tables>,
  circleId: number,
  threadId: number,
): Promise<PlaceInCircle | null> {
  const { rows } = await sql<PlaceInCircle>`
    select p.thread_id as id, p.sort_at as "sortAt", p.pinned_at is not null as pinned, p.closed_at as "closedAt"
    from threads asked join placements p on p.thread_id = coalesce(asked.merged_into, asked.id)
    where asked.id = ${threadId} and p.circle_id = ${circleId} for update of p`.execute(trx);
  return rows[0] ?? null;
}

/** The thread under this number, or into which that one went, whose outside stands in one of these homes; or null. */
export async function homeThread(
  trx: Kysely<Tables>,
  homes: readonly number[],
  threadId: number,
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select o.thread_id as id from threads asked join placements o on o.thread_id = coalesce(asked.merged_into, asked.id)
    where asked.id = ${threadId} and ${isHome('o')} and o.circle_id = any(${homes}::int[])`.execute(trx);
  return rows[0]?.id ?? null;
}

/** Pins a thread in one circle, or closes it there, or the opposite; what is undefined stays. */
export async function changePlace(
  trx: Kysely<Tables>,
  { circleId, threadId, pinned, closed, by }: ChangedPlace,
): Promise<void> {
  await sql`
    update placements set
      pinned_at = case ${pinned ?? null}::boolean when true then coalesce(pinned_at, now()) when false then null else pinned_at end,
      closed_at = case ${closed ?? null}::boolean when true then coalesce(closed_at, now()) when false then null else closed_at end,
      closed_by = case ${closed ?? null}::boolean when true then coalesce(closed_by, ${by}::bigint) when false then null
        else closed_by end
    where thread_id = ${threadId} and circle_id = ${circleId}`.execute(trx);
  await recordChanges(trx, { inside: [{ threadId, circleId }] });
}
export type ChangedPlace = {
  circleId: number;
  threadId: number;
  pinned?: boolean | undefined;
  closed?: boolean | undefined;
  by: number;
};
