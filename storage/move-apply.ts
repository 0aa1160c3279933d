import { type Kysely, sql } from 'kysely';
import { rowsWith } from '#domain/circle.ts';
import { audit } from './audit-log.ts';
import { recordChanges } from './changes.ts';
import { literals } from './circle-hold.ts';
import { settleMentionCircles } from './mention-circles.ts';
import { yesStands } from './move-rights.ts';
import { endMove, type HeldMove } from './move-writes.ts';
import { notify } from './notices.ts';
import { placeInCircle } from './placing.ts';
import type { Tables } from './schema.ts';
import { dropReplyDocuments, remakeReplyDocuments } from './search-documents.ts';
import { standingsOf } from './standings.ts';
import { recordEventIn } from './thread-events.ts';

/** A reply that goes, with its author. */
type Going = { id: number; personId: number };

/**
 * What of a move would go now, its rows held to the commit: words of who moves it; of others what they agreed to as it reads, for who reads there now, or, where nobody
 * newly reads it, what they did not refuse. Never what is hidden or withdrawn, nor what was said since.
 */
export async function holdGoing(trx: Kysely<Tables>, move: HeldMove, asks: boolean): Promise<Going[]> {
  const { rows } = await sql<Going>`
    select r.id, r.person_id as "personId" from thread_move_answers a join replies r on r.id = a.reply_id
    where a.move_id = ${move.id} and r.circle_id = ${move.fromId} and r.thread_id = ${move.threadId}
      and r.withdrawn_at is null and r.hidden_at is null and (r.person_id = ${move.by}
        or (a.agrees and a.reply_version = r.version and (not ${asks}::boolean or ${yesStands(sql`${move.toId}::int`).reply})) or (not ${asks}::boolean and a.agrees is null))
    order by r.id for update of r`.execute(trx);
  return rows;
}

/**
 * Takes replies of a thread to another circle, where the thread then stands with them as news. What stays, stays as it was; where nothing is
 * left the thread is gone from `from`, as if it never stood there. The caller holds the thread, both circles and the replies, and knows
 * that all of it may be. `inward`: nobody newly reads it, and who no longer does hears nothing.
 */
export async function applyTo(
  trx: Kysely<Tables>,
  move: HeldMove,
  going: readonly Going[],
  { inward }: { inward: boolean },
): Promise<void> {
  const { threadId, fromId, toId, by } = move;
  const ids = going.map(({ id }) => id);
  const isNew = (await placeInCircle(trx, threadId, toId)) === 'placed';
  await sql`
    update replies set circle_id = ${toId}, moved_from = coalesce(moved_from, circle_id), version = version + 1
    where id = any(${ids}::bigint[])`.execute(trx);
  await sql`update thread_move_answers a set reply_version = r.version from replies r
    where a.move_id = ${move.id} and r.id = a.reply_id and r.id = any(${ids}::bigint[])`.execute(trx);
  await arrive(trx, move, ids.length);
  await carryAttention(trx, move, { ids, isNew });
  await dropReplyDocuments(trx, ids);
  await remakeReplyDocuments(trx, ids);
  const stays = await leaveBehind(trx, move, ids);
  await recordEventIn(trx, { threadId, circleId: toId, kind: 'moved-here', personId: by });
  if (stays && !inward) await recordEventIn(trx, { threadId, circleId: fromId, kind: 'moved-on', personId: by });
  await audit(trx, {
    personId: by,
    action: 'thread.moved',
    circleId: fromId,
    detail: { side: 'from', replies: ids.length },
  });
  await audit(trx, {
    personId: by,
    action: 'thread.moved',
    circleId: toId,
    detail: { side: 'to', replies: ids.length },
  });
  await endMove(trx, move, 'done');
  await tellAuthors(trx, move, going);
  const mentions = await settleMentionCircles(trx, [threadId]);
  await recordChanges(trx, {
    documents: mentions.map((mentionId) => ({ mentionId, circleId: toId })),
    inside: [fromId, toId].map((circleId) => ({ threadId, circleId })),
    replies: ids.flatMap((replyId) => [fromId, toId].map((circleId) => ({ replyId, circleId }))),
  });
}

/** What came is news where it came; the home of an outside keeps the time of its first telling (storage/reply-statement.ts). */
async function arrive(trx: Kysely<Tables>, { threadId, toId }: HeldMove, count: number): Promise<void> {
  await sql`
    update placements p set reply_count = p.reply_count + ${count}, (sort_at, news_at) = (
      select case when p.home then p.sort_at else n.at end, n.at from (
        select greatest(date_trunc('milliseconds', clock_timestamp()),
          date_trunc('milliseconds', p.news_at) + interval '1 millisecond') as at) n)
    where p.thread_id = ${threadId} and p.circle_id = ${toId}`.execute(trx);
  for (const table of ['placement_sources', 'placement_topics'] as const)
    await sql`update ${sql.table(table)} b set sort_at = p.sort_at from placements p
      where b.thread_id = ${threadId} and b.circle_id = ${toId} and p.thread_id = ${threadId} and p.circle_id = ${toId}`.execute(
      trx,
    );
}

/** Those who see a circle, of some people. */
const seers = (people: ReturnType<typeof sql>, circleId: number) => sql`
  select u.id from (${people}) u (id) where exists (
    select from (${standingsOf(sql`u.id`)}) s where s.circle_id = ${circleId}::int and s.standing in (${literals(rowsWith('see'))}))`;

/**
 * Who follows the talk, or is named in what went, does so where it went, if they read there; what they read of it they have read. Who was named only
 * in what went is named in `from` no longer: nothing there would say where.
 */
async function carryAttention(
  trx: Kysely<Tables>,
  { threadId, fromId, toId, by }: HeldMove,
  { ids, isNew }: { ids: readonly number[]; isNew: boolean },
): Promise<void> {
  const named = sql`select distinct q.person_id from reply_references q where q.reply_id = any(${ids}::bigint[]) and q.kind = 'person'`;
  const wrote = sql`select person_id from replies where id = any(${ids}::bigint[])`;
  const following = sql`select person_id from attention where thread_id = ${threadId} and circle_id = ${fromId}`;
  await sql`
    with concerned as (${seers(sql`${named} union ${wrote} union ${following}`, toId)})
    insert into attention as a (person_id, thread_id, circle_id, read_at, follows, mentioned_at)
    select c.id, ${threadId}, ${toId}, case when ${isNew}::boolean and (b.read_at >= l.at or c.id = ${by}) then p.news_at end,
      coalesce(b.follows, false) or c.id in (${wrote}),
      case when c.id in (${named}) then coalesce(b.mentioned_at, p.news_at) end
    from concerned c
    join placements p on p.thread_id = ${threadId} and p.circle_id = ${toId}
    cross join (select max(written_at) as at from replies where id = any(${ids}::bigint[])) l
    left join attention b on b.person_id = c.id and b.thread_id = ${threadId} and b.circle_id = ${fromId}
    where b.follows or c.id in (${wrote}) or c.id in (${named}) or b.read_at is not null order by 1
    on conflict (person_id, thread_id, circle_id) do update set read_at = greatest(a.read_at, excluded.read_at),
      follows = a.follows or excluded.follows, mentioned_at = greatest(a.mentioned_at, excluded.mentioned_at)`.execute(
    trx,
  );
  await sql`
    update attention a set mentioned_at = null
    where a.thread_id = ${threadId} and a.circle_id = ${fromId} and a.mentioned_at is not null and a.person_id in (${named})
      and not exists (select from replies r join reply_references q on q.reply_id = r.id and q.kind = 'person'
        where r.thread_id = ${threadId} and r.circle_id = ${fromId} and q.person_id = a.person_id)`.execute(trx);
}

/**
 * Counts what is left in `from`. Where that is nothing, and neither the outside nor a circle about this thread only stands there, the thread
 * stands there no longer. Answers whether it does.
 */
async function leaveBehind(
  trx: Kysely<Tables>,
  { threadId, fromId }: HeldMove,
  ids: readonly number[],
): Promise<boolean> {
  const here = sql`thread_id = ${threadId} and circle_id = ${fromId}`;
  await sql`update placements set reply_count = reply_count - ${ids.length} where ${here}`.execute(trx);
  const { rows } = await sql`
    delete from placements p where ${here} and not p.home and p.reply_count = 0
      and not exists (select from replies r where r.thread_id = p.thread_id and r.circle_id = p.circle_id
        and r.hidden_at is not null)
      and not exists (select from circles c where c.id = p.circle_id and c.only_thread_id is not null)
    returning p.thread_id`.execute(trx);
  if (rows.length === 0) return true;
  for (const table of ['placement_sources', 'placement_topics', 'attention'] as const)
    await sql`delete from ${sql.table(table)} where ${here}`.execute(trx);
  return false;
}

/** Whose words went hears of it where they went, if they read there. */
async function tellAuthors(
  trx: Kysely<Tables>,
  { threadId, toId, by }: HeldMove,
  going: readonly Going[],
): Promise<void> {
  const authors = [...new Set(going.map(({ personId }) => personId))].filter((id) => id !== by);
  const { rows } = await sql<{
    id: number;
  }>`${seers(sql`select unnest(${authors}::bigint[])`, toId)} order by 1`.execute(trx);
  await notify(
    trx,
    rows.map(({ id }) => ({ personId: id, kind: 'moved', circleId: toId, threadId, byPersonId: by })),
  );
}
