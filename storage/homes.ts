import { type Kysely, type RawBuilder, sql } from 'kysely';
import { recordChanges } from './changes.ts';
import { settleMentionCircles } from './mention-circles.ts';
import { deskCircle, outsideCircle, type Tables } from './schema.ts';
import { countsFor } from './topic-matches.ts';

/**
 * Whether a placement is the home of a thread: where its outside stands, with the time of its first telling as its place. That is the outside
 * of all colleagues, or the desk when one of its mentions is found by a topic that is for the desk only. A thread has one home or (begun
 * inside, or gone from the outside) none; other placements in the desk's circle are talk. `placement`: its alias.
 */
export function isHome(placement: string): RawBuilder<boolean> {
  const p = sql.ref(placement);
  return sql<boolean>`(${p}.circle_id = ${sql.lit(outsideCircle)} or ${p}.home)`;
}

/** The circles in which a thread can have its home, among these. */
export function homesAmong(circles: readonly number[]): number[] {
  return circles.filter((id) => id === outsideCircle || id === deskCircle);
}

/** That a mention `m` is found by a topic for the desk only, which collects. */
const foundForDesk = sql`exists (select from mention_topics mt join topics desk on desk.id = mt.topic_id
  where mt.mention_id = m.id and ${countsFor} and desk.audience = 'desk' and desk.state = 'active')`;

/**
 * Brings the outside of threads home, after what found their mentions has changed; answers those that moved. Their rows are locked by
 * the caller. Who no longer sees a thread hears that it changed, and finds it gone.
 */
export async function settleHomes(trx: Kysely<Tables>, threadIds: readonly number[]): Promise<number[]> {
  if (threadIds.length === 0) return [];
  const { rows } = await sql<{ id: number; from: number; to: number }>`
    select h.id, h.at as "from", h.wanted as "to" from (
      select p.thread_id as id, p.circle_id as at, case when exists (
        select from mentions m where m.thread_id = p.thread_id and ${foundForDesk}) then ${sql.lit(deskCircle)} else ${sql.lit(outsideCircle)} end as wanted
      from placements p where p.thread_id = any(${[...new Set(threadIds)]}::bigint[]) and ${isHome('p')}
    ) h where h.at <> h.wanted order by h.id`.execute(trx);
  for (const to of [deskCircle, outsideCircle]) {
    const moved = rows.filter((row) => row.to === to).map(({ id }) => id);
    if (moved.length > 0) await move(trx, moved, to);
  }
  return rows.map(({ id }) => id);
}

/** Moves the home of threads, with what stands there: where the desk talked about one already, home and talk are one placement. */
async function move(trx: Kysely<Tables>, threadIds: readonly number[], to: number): Promise<void> {
  const ids = sql`${threadIds}::bigint[]`;
  const from = to === deskCircle ? outsideCircle : deskCircle;
  await sql`
    insert into placements as o (thread_id, circle_id, sort_at, news_at, reply_count, language, tone, home)
    select p.thread_id, ${to}::int, p.sort_at, p.news_at, 0, p.language, p.tone, ${to === deskCircle}::boolean
    from placements p where p.thread_id = any(${ids}) and p.circle_id = ${from} order by 1
    on conflict (thread_id, circle_id) do update set home = excluded.home, sort_at = excluded.sort_at,
      news_at = greatest(o.news_at, excluded.news_at)`.execute(trx);
  for (const [table, column] of [
    ['placement_sources', 'source_id'],
    ['placement_topics', 'topic_id'],
  ] as const)
    await sql`
      insert into ${sql.table(table)} (thread_id, circle_id, ${sql.ref(column)}, sort_at)
      select p.thread_id, ${to}::int, p.${sql.ref(column)}, h.sort_at
      from ${sql.table(table)} p join placements h on h.thread_id = p.thread_id and h.circle_id = ${from}
      where p.thread_id = any(${ids}) and p.circle_id = ${from} order by 1, 3
      on conflict (thread_id, circle_id, ${sql.ref(column)}) do update set sort_at = excluded.sort_at`.execute(trx);
  await sql`update thread_events set circle_id = ${to} where thread_id = any(${ids}) and circle_id = ${from}`.execute(
    trx,
  );
  await sql`
    insert into attention as a (person_id, thread_id, circle_id, read_at, follows, mentioned_at)
    select person_id, thread_id, ${to}::int, read_at, follows, mentioned_at from attention
    where thread_id = any(${ids}) and circle_id = ${from} order by 1, 2
    on conflict (person_id, thread_id, circle_id) do update set read_at = greatest(a.read_at, excluded.read_at),
      follows = a.follows or excluded.follows, mentioned_at = greatest(a.mentioned_at, excluded.mentioned_at)`.execute(
    trx,
  );
  await leave(trx, threadIds, from);
  const mentions = await settleMentionCircles(trx, threadIds);
  await recordChanges(trx, { threads: threadIds, mentions });
}

/** The old home goes; where the desk talked, the talk stays, at the time of its last words. */
async function leave(trx: Kysely<Tables>, threadIds: readonly number[], from: number): Promise<void> {
  const ids = sql`${threadIds}::bigint[]`;
  await sql`
    update placements set home = false, sort_at = news_at
    where thread_id = any(${ids}) and circle_id = ${from} and reply_count > 0`.execute(trx);
  const gone = sql`p.thread_id = any(${ids}) and p.circle_id = ${from}`;
  const { rows } = await sql<{ id: number }>`
    delete from placements p where ${gone} and p.reply_count = 0 returning p.thread_id as id`.execute(trx);
  for (const table of ['placement_sources', 'placement_topics'] as const) {
    await sql`delete from ${sql.table(table)} p where ${gone} and p.thread_id = any(${rows.map(({ id }) => id)}::bigint[])`.execute(
      trx,
    );
    await sql`update ${sql.table(table)} p set sort_at = h.sort_at from placements h
      where ${gone} and h.thread_id = p.thread_id and h.circle_id = p.circle_id`.execute(trx);
  }
}
