import { type Kysely, sql } from 'kysely';
import { recordChanges } from './changes.ts';
import { isHome } from './homes.ts';
import { settleMentionCircles } from './mention-circles.ts';
import type { Tables } from './schema.ts';

/**
 * Places a thread that has an outside in a circle, with nothing said there yet; once more does nothing. `other_thread`: the circle is about
 * one thread, and not this. Whether somebody may is the caller's question.
 */
export async function placeInCircle(
  trx: Kysely<Tables>,
  threadId: number,
  circleId: number,
): Promise<'placed' | 'stood' | 'other_thread'> {
  const { rows: fits } = await sql`select from circles
    where id = ${circleId} and (only_thread_id is null or only_thread_id = ${threadId})`.execute(trx);
  if (fits.length === 0) return 'other_thread';
  const { rows: placed } = await sql`
    insert into placements (thread_id, circle_id, sort_at, news_at, language, tone)
    select t.id, ${circleId}, n.at, n.at, o.language, o.tone
    from threads t cross join (select date_trunc('milliseconds', clock_timestamp()) as at) n
    left join lateral (select language, tone from placements where thread_id = t.id
      order by ${isHome('placements')} desc, circle_id limit 1) o on true
    where t.id = ${threadId} on conflict (thread_id, circle_id) do nothing returning thread_id`.execute(trx);
  if (placed.length === 0) return 'stood';
  for (const [table, column] of [
    ['placement_sources', 'source_id'],
    ['placement_topics', 'topic_id'],
  ] as const)
    await sql`
      insert into ${sql.table(table)} (thread_id, circle_id, ${sql.ref(column)}, sort_at)
      select distinct on (o.${sql.ref(column)}) p.thread_id, p.circle_id, o.${sql.ref(column)}, p.sort_at
      from placements p join ${sql.table(table)} o on o.thread_id = p.thread_id and o.circle_id <> p.circle_id
      where p.thread_id = ${threadId} and p.circle_id = ${circleId}
      on conflict do nothing`.execute(trx);
  const mentions = await settleMentionCircles(trx, [threadId]);
  const documents = mentions.map((mentionId) => ({ mentionId, circleId }));
  await recordChanges(trx, { documents, inside: [{ threadId, circleId }] });
  return 'placed';
}
