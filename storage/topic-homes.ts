import { sql } from 'kysely';
import type { Database } from './database.ts';
import { settleHomes } from './homes.ts';
import { retried } from './retried.ts';

/** A topic of which it changed who sees what it finds, and how far its threads were brought home since. */
export type OpenHoming = { topicId: number; after: number };

export async function nextHoming(db: Database): Promise<OpenHoming | null> {
  const { rows } = await sql<OpenHoming>`
    select id as "topicId", homes_after as after from topics where homes_after is not null order by id limit 1`.execute(
    db,
  );
  return rows[0] ?? null;
}

/**
 * Brings the threads of the next mentions of a topic home, in one transaction that moves the place on: whoever is cut off does it again,
 * and who comes second does nothing.
 */
export async function homeStep(db: Database, { topicId, after }: OpenHoming, limit: number): Promise<void> {
  await retried(db, async (trx) => {
    const { rows: held } = await sql`
      select from topics where id = ${topicId} and homes_after = ${after} for no key update`.execute(trx);
    if (held.length === 0) return;
    const { rows } = await sql<{ mentionId: number; threadId: number }>`
      select mt.mention_id as "mentionId", m.thread_id as "threadId"
      from mention_topics mt join mentions m on m.id = mt.mention_id
      where mt.topic_id = ${topicId} and mt.mention_id > ${after} order by mt.mention_id limit ${limit}`.execute(trx);
    const threads = [...new Set(rows.map(({ threadId }) => threadId))];
    // As a save locks what it edits: mentions before their threads.
    await sql`select from mentions where thread_id = any(${threads}::bigint[]) order by id for update`.execute(trx);
    await sql`select from threads where id = any(${threads}::bigint[]) order by id for update`.execute(trx);
    await settleHomes(trx, threads);
    const next = rows.length < limit ? null : rows.at(-1)!.mentionId;
    await sql`update topics set homes_after = ${next} where id = ${topicId}`.execute(trx);
  });
}
