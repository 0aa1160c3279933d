import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Edited, Placed } from './mentions.ts';
import type { TopicMatch } from './save-types.ts';
import type { Tables } from './schema.ts';

type Found = TopicMatch & { mentionId: number };

/** What a mention must be for a topic's stream and figures: found by it, and nobody said that it is not about us. */
export const countsFor = sql`mt.judged is distinct from false`;

/**
 * Notes which topics new mentions answer, and puts their threads, wherever they stand, into the streams of these: a copy that joins a
 * story brings its own. In one statement, because it stands on the way of everything that comes in.
 */
export async function storeMatches(trx: Kysely<Tables>, fresh: readonly Placed[]): Promise<void> {
  const found = foundIn(fresh);
  if (found.length === 0) return;
  await sql`
    with found as (${insertion(found)} returning mention_id, topic_id)
    insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
    select distinct p.thread_id, p.circle_id, f.topic_id, p.sort_at
    from found f join mentions m on m.id = f.mention_id join placements p on p.thread_id = m.thread_id
    order by 1, 2, 3 on conflict do nothing`.execute(trx);
}

const foundIn = (arrived: readonly Placed[]): Found[] =>
  arrived.flatMap(({ mentionId, topics = [] }) => topics.map((one) => ({ ...one, mentionId })));

/** New words are matched anew. What somebody said is about us stays, with no words to show for it; so does what a paused topic found. */
export async function storeRematches(trx: Kysely<Tables>, edited: readonly Edited[]): Promise<void> {
  const asked = edited.filter(({ topics }) => topics !== undefined);
  if (asked.length === 0) return;
  const ids = asked.map(({ mentionId }) => mentionId);
  const found = foundIn(asked);
  const { rows: gone } = await sql<{ mention_id: number }>`
    delete from mention_topics mt using topics t
    where mt.mention_id = any(${ids}::bigint[]) and t.id = mt.topic_id and t.state = 'active' and mt.judged is not true
      and not exists (select from ${pairs(found)} where u.mention_id = mt.mention_id and u.topic_id = mt.topic_id)
    returning mt.mention_id`.execute(trx);
  const { rows: emptied } = await sql<{ mention_id: number }>`
    update mention_topics mt set spans = '{}' where mt.mention_id = any(${ids}::bigint[]) and spans <> '{}'
      and not exists (select from ${pairs(found)} where u.mention_id = mt.mention_id and u.topic_id = mt.topic_id)
    returning mt.mention_id`.execute(trx);
  await forgetTakenAway(trx, ids);
  if (found.length > 0) await insertion(found).execute(trx);
  if (gone.length + emptied.length + found.length === 0) return;
  const threads = asked.flatMap(({ known }) => known.threadId ?? []);
  // Their documents are made anew after this (storage/search-documents.ts), with their topics.
  await placeThreads(trx, threads);
}

/** Of these mentions, those of which somebody said that they are about a topic: no query knows better. */
export async function saidToBeAbout(db: Kysely<Tables>, mentionIds: readonly number[]): Promise<Set<number>> {
  if (mentionIds.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    select distinct mt.mention_id as id from mention_topics mt join topics t on t.id = mt.topic_id and t.state <> 'removed'
    where mt.mention_id = any(${numbers(mentionIds)}::bigint[]) and mt.judged`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** What a run took away for other words does not come back by undoing it, but for what somebody said is about us. */
async function forgetTakenAway(trx: Kysely<Tables>, ids: readonly number[]): Promise<void> {
  await sql`delete from topic_run_removed where mention_id = any(${numbers(ids)}::bigint[]) and gone and judged is not true`.execute(
    trx,
  );
  await sql`update topic_run_removed set spans = '{}' where mention_id = any(${numbers(ids)}::bigint[]) and spans <> '{}'`.execute(
    trx,
  );
}

/** Only of topics that collect: one may have been paused since the words were matched. What is there gets the newer version. */
function insertion(found: readonly Found[]): RawBuilder<unknown> {
  return sql`
    insert into mention_topics as mt (mention_id, topic_id, version, spans)
    select u.mention_id, u.topic_id, u.version, u.spans::int[]
    from unnest(${numbers(found.map((one) => one.mentionId))}::bigint[], ${numbers(found.map((one) => one.topicId))}::int[],
      ${numbers(found.map((one) => one.version))}::int[], ${found.map(({ spans }) => numbers(spans))}::text[])
      u (mention_id, topic_id, version, spans)
    join topics t on t.id = u.topic_id and t.state = 'active'
    order by 1, 2
    on conflict (mention_id, topic_id) do update set version = excluded.version, spans = excluded.spans, run_id = null`;
}

const pairs = (found: readonly Found[]) =>
  sql`unnest(${numbers(found.map((one) => one.mentionId))}::bigint[], ${numbers(found.map((one) => one.topicId))}::int[])
    as u (mention_id, topic_id)`;

/** As PostgreSQL reads an array: the driver would quote each number. */
const numbers = (of: readonly number[]): string => `{${of.join()}}`;

/** Puts threads into exactly the streams of those topics for which one of their mentions counts. */
export async function placeThreads(trx: Kysely<Tables>, threadIds: readonly number[]): Promise<void> {
  if (threadIds.length === 0) return;
  const ids = sql`${[...new Set(threadIds)]}::bigint[]`;
  await sql`
    delete from placement_topics p where p.thread_id = any(${ids}) and not exists (
      select from mentions m join mention_topics mt on mt.mention_id = m.id and mt.topic_id = p.topic_id and ${countsFor}
      where m.thread_id = p.thread_id)`.execute(trx);
  await sql`
    insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
    select distinct p.thread_id, p.circle_id, mt.topic_id, p.sort_at
    from mentions m join mention_topics mt on mt.mention_id = m.id and ${countsFor}
    join topics t on t.id = mt.topic_id and t.state <> 'removed'
    join placements p on p.thread_id = m.thread_id
    where m.thread_id = any(${ids}) order by 1, 2, 3 on conflict do nothing`.execute(trx);
}

/** Brings what search knows of the topics of mentions up to date; their rows are locked by the caller, or nobody else's. */
export async function noteTopics(trx: Kysely<Tables>, mentionIds: readonly number[]): Promise<void> {
  if (mentionIds.length === 0) return;
  await sql`
    update search_documents d set version = m.version, topics = array(
      select mt.topic_id from mention_topics mt where mt.mention_id = m.id and ${countsFor} order by 1)
    from mentions m where d.kind = 1 and d.ref = m.id and m.id = any(${mentionIds}::bigint[])`.execute(trx);
}
