import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';
import { startOfDay } from './days.ts';
import type { Tables } from './schema.ts';
import { countsFor } from './topic-matches.ts';
import { type TopicRefFacts, topicNames } from './topics.ts';

/** Which mentions are asked: those that may be seen, said on or after a day. */
export type PreviewCut = { circles: readonly number[]; timeZone: string; from: string };
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

/** A preview may not hold up anybody else: whatever takes longer is given up. */
const mostMs = 8_000;
const mostOverlaps = 20;

const asked = ({ circles, timeZone, from }: PreviewCut) => sql`
  d.kind = 1 and d.circle_id = any(${circles}::int[]) and d.sort_at >= ${startOfDay(sql`${from}::date`, timeZone)}`;
const holds = ({ condition, confirmed }: Asking) =>
  sql<boolean>`((not d.inexact and ${condition}) or d.ref = any(${confirmed}::bigint[]))`;

/** Mentions that a condition cannot decide on, because PostgreSQL does not know every place of their words; at most one more than `most`. */
export async function undecided(
  db: Database,
  cut: PreviewCut,
  condition: RawBuilder<boolean>,
  most: number,
): Promise<number[]> {
  const { rows } = await sql<{ ref: number }>`
    select d.ref from search_documents d where ${asked(cut)} and d.inexact and ${condition} limit ${most + 1}`.execute(
    db,
  );
  return rows.map(({ ref }) => ref);
}

/** What a question would have found, beside the present one. Throws 57014 (canceled) after eight seconds. */
export async function countPreview(
  db: Database,
  cut: PreviewCut,
  { now, before, topicId, samples }: { now: Asking; before: Asking | null; topicId: number | null; samples: number },
): Promise<CountedPreview> {
  return await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      await sql`set local statement_timeout = ${sql.lit(mostMs)}`.execute(trx);
      const days = await countDays(trx, cut, now);
      return {
        days,
        total: days.reduce((sum, { count }) => sum + count, 0),
        overlap: await countOverlap(trx, cut, now, topicId),
        present: before && (await compare(trx, cut, now, before)),
        newest: await newest(trx, cut, now, samples),
      };
    });
}

async function countDays(trx: Kysely<Tables>, cut: PreviewCut, now: Asking): Promise<{ day: string; count: number }[]> {
  const { rows } = await sql<{ day: string; count: number }>`
    select (d.sort_at at time zone ${cut.timeZone}::text)::date as day, count(*)::int as count
    from search_documents d where ${asked(cut)} and ${holds(now)} group by 1 order by 1`.execute(trx);
  return rows;
}

async function countOverlap(trx: Kysely<Tables>, cut: PreviewCut, now: Asking, topicId: number | null) {
  const { rows } = await sql<{ id: number; count: number }>`
    select mt.topic_id as id, count(*)::int as count
    from search_documents d join mention_topics mt on mt.mention_id = d.ref and ${countsFor}
    join topics t on t.id = mt.topic_id and t.state <> 'removed'
    where ${asked(cut)} and ${holds(now)} and mt.topic_id is distinct from ${topicId}::int
    group by 1 order by 2 desc, 1 limit ${mostOverlaps}`.execute(trx);
  const names = new Map(
    (
      await topicNames(
        trx,
        rows.map(({ id }) => id),
      )
    ).map((topic) => [topic.id, topic]),
  );
  return rows.flatMap(({ id, count }) => {
    const topic = names.get(id);
    return topic ? [{ topic, count }] : [];
  });
}

async function compare(trx: Kysely<Tables>, cut: PreviewCut, now: Asking, before: Asking) {
  const { rows } = await sql<{ total: number; added: number; removed: number }>`
    select (count(*) filter (where was))::int as total, (count(*) filter (where is_now and not was))::int as added,
      (count(*) filter (where was and not is_now))::int as removed
    from (select ${holds(now)} as is_now, ${holds(before)} as was from search_documents d
      where ${asked(cut)} and (${holds(now)} or ${holds(before)})) d`.execute(trx);
  return rows[0]!;
}

async function newest(trx: Kysely<Tables>, cut: PreviewCut, now: Asking, limit: number): Promise<number[]> {
  const { rows } = await sql<{ ref: number }>`
    select d.ref from search_documents d where ${asked(cut)} and ${holds(now)}
    order by d.sort_at desc, d.ref desc limit ${limit}`.execute(trx);
  return rows.map(({ ref }) => ref);
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
