import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { startOfDay } from './days.ts';
import type { Tables } from './schema.ts';
import { countsFor } from './topic-matches.ts';
import { type TopicRefFacts, topicNames } from './topics.ts';

/** Which mentions are asked: those that may be seen, said on or after a day; and until when that may take. */
export type PreviewCut = {
  circles: readonly number[];
  timeZone: string;
  from: string;
  /** When it has to be through, by `performance.now()`. */
  until: number;
};
/** A question as a condition on a row `d` of search_documents, and of rows that it cannot decide on those that the matcher confirmed. */
export type Asking = { condition: RawBuilder<boolean>; confirmed: readonly number[] };

export type CountedPreview = {
  /** Only days with hits. */
  days: { day: string; count: number }[];
  total: number;
  overlap: { topic: TopicRefFacts; count: number }[];
  present: { total: number; added: number; removed: number } | null;
  /** The newest mentions. */
  newest: number[];
};

/** A preview may not hold up anybody else: what takes longer, all its questions together, is given up. */
export const previewWithinMs = 8_000;
const mostOverlaps = 20;

const asked = ({ circles, timeZone, from }: PreviewCut) => sql`
  d.kind = 1 and d.circle_id = any(${circles}::int[]) and d.sort_at >= ${startOfDay(sql`${from}::date`, timeZone)}`;
const holds = ({ condition, confirmed }: Asking) =>
  sql<boolean>`((not d.inexact and ${condition}) or d.ref = any(${confirmed}::bigint[]))`;

/** Ends a statement of this transaction at the time given: 57014. */
async function giveUpAt(trx: Kysely<Tables>, until: number): Promise<void> {
  const leftMs = Math.max(1, Math.ceil(until - performance.now()));
  await sql`set local statement_timeout = ${sql.lit(leftMs)}`.execute(trx);
}

/**
 * Mentions that a condition cannot decide on, because PostgreSQL does not know every place of their words; at most one more than `most`. Throws
 * 57014 (canceled) when its time is over.
 */
export async function undecided(
  db: Database,
  cut: PreviewCut,
  condition: RawBuilder<boolean>,
  most: number,
): Promise<number[]> {
  return await db.transaction().execute(async (trx) => {
    await giveUpAt(trx, cut.until);
    const { rows } = await sql<{ ref: number }>`
      select d.ref from search_documents d where ${asked(cut)} and d.inexact and ${condition} limit ${most + 1}`.execute(
      trx,
    );
    return rows.map(({ ref }) => ref);
  });
}

/**
 * What a question would have found, beside the present one. Every mention is asked once: a common word is in most of them. Throws
 * 57014 (canceled) when its time is over.
 */
export async function countPreview(
  db: Database,
  cut: PreviewCut,
  { now, before, topicId, samples }: { now: Asking; before: Asking | null; topicId: number | null; samples: number },
): Promise<CountedPreview> {
  return await db.transaction().execute(async (trx) => {
    await giveUpAt(trx, cut.until);
    const was = before ? holds(before) : sql<boolean>`false`;
    const { rows } = await sql<Counted>`
      with hit as materialized (
        select d.ref, d.sort_at, ${holds(now)} as is_now, ${was} as was from search_documents d
        where ${asked(cut)} and ${before ? sql`(${holds(now)} or ${was})` : holds(now)}
      ), days as (
        select to_char(sort_at at time zone ${cut.timeZone}::text, 'YYYY-MM-DD') as day, count(*) as count
        from hit where is_now group by 1
      ), shared as (
        select mt.topic_id as id, count(*) as count from hit h
        join mention_topics mt on mt.mention_id = h.ref and ${countsFor}
        join topics t on t.id = mt.topic_id and t.state <> 'removed'
        where h.is_now and mt.topic_id is distinct from ${topicId}::int group by 1 order by 2 desc, 1 limit ${mostOverlaps}
      )
      select (select coalesce(json_agg(days order by day), '[]') from days) as days,
        (select coalesce(json_agg(shared order by count desc, id), '[]') from shared) as shared,
        array(select ref::float8 from hit where is_now order by sort_at desc, ref desc limit ${samples}) as newest,
        (count(*) filter (where is_now))::int as total, (count(*) filter (where was))::int as was,
        (count(*) filter (where is_now and not was))::int as added, (count(*) filter (where was and not is_now))::int as removed
      from hit`.execute(trx);
    const { days, shared, newest, total, ...change } = rows[0]!;
    const { added, removed } = change;
    const present = before ? { total: change.was, added, removed } : null;
    return { days, total, overlap: await named(trx, shared), present, newest };
  });
}

type Counted = Pick<CountedPreview, 'days' | 'total' | 'newest'> & {
  shared: { id: number; count: number }[];
  was: number;
  added: number;
  removed: number;
};

async function named(trx: Kysely<Tables>, shared: Counted['shared']): Promise<CountedPreview['overlap']> {
  const ids = shared.map(({ id }) => id);
  const names = new Map((await topicNames(trx, ids)).map((topic) => [topic.id, topic]));
  return shared.flatMap(({ id, count }) => {
    const topic = names.get(id);
    return topic ? [{ topic, count }] : [];
  });
}

/** What was said of mentions that a topic found, by mention; those that it did not find are not in the answer. */
export async function judgedAmong(
  db: Database,
  topicId: number,
  mentionIds: readonly number[],
): Promise<Map<number, boolean | null>> {
  const { rows } = await sql<{ id: number; judged: boolean | null }>`
    select mention_id as id, judged from mention_topics
    where topic_id = ${topicId} and mention_id = any(${mentionIds}::bigint[])`.execute(db);
  return new Map(rows.map(({ id, judged }) => [id, judged]));
}
