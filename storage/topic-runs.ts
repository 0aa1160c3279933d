import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type RunFailure, undoDays } from '#domain/topic.ts';
import { recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { settleHomes } from './homes.ts';
import { retried } from './retried.ts';
import type { Tables } from './schema.ts';
import { announce, lockTopic } from './topic-changes.ts';
import { noteTopics, placeThreads } from './topic-matches.ts';

/** A run that is not through, with what it asks. `days` count back from when it was asked for. */
export type OpenRun = {
  id: number;
  topicId: number;
  state: 'waiting' | 'running' | 'undoing';
  version: number;
  name: string;
  query: string;
  sources: number[] | null;
  since: Date;
  afterId: number;
};

/** A run that breaks off is tried this often, with longer and longer pauses, as long as no step of it succeeds in between. */
const mostAttempts = 4;
const pauseSeconds = 10;

/** The run that was asked for first and is not through, or null; one that broke off waits for its next attempt and holds up no other. */
export async function nextRun(db: Database): Promise<OpenRun | null> {
  const { rows } = await sql<OpenRun>`
    select r.id, r.topic_id as "topicId", r.state, r.version, t.name, v.query, v.sources::float8[] as sources,
      r.made_at - r.days * interval '1 day' as since, coalesce(r.after_id, 0) as "afterId"
    from topic_runs r join topics t on t.id = r.topic_id
    join topic_versions v on v.topic_id = r.topic_id and v.version = r.version
    where r.state in ('waiting', 'running', 'undoing') and (r.try_at is null or r.try_at <= now())
    order by r.id limit 1`.execute(db);
  return rows[0] ?? null;
}

/** Counts what a run will look at, and begins. */
export async function beginRun(db: Database, { id, since }: OpenRun): Promise<void> {
  await sql`
    update topic_runs set state = 'running', total = (
      select count(*) from search_documents d where d.kind = 1 and d.sort_at >= ${since.toISOString()}::timestamptz)
    where id = ${id} and state = 'waiting'`.execute(db);
}

/** Ends a run that cannot be done; what it found so far stays. */
export async function failRun(db: Database, { id, topicId }: OpenRun, failure: RunFailure): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } =
      await sql`update topic_runs set state = 'failed', failure = ${failure}, try_at = null, done_at = now()
      where id = ${id} and state in ('waiting', 'running', 'undoing') returning id`.execute(trx);
    if (rows.length > 0) await recordChanges(trx, { topics: [topicId] });
  });
}

/** Puts a run that broke off aside for a while (10, 40, 160 s); false where that was the last attempt, and it has failed. */
export async function postponeRun(db: Database, run: OpenRun): Promise<boolean> {
  const { rows } = await sql<{ attempts: number }>`
    update topic_runs set attempts = attempts + 1, try_at = now() + ${pauseSeconds} * power(4, attempts) * interval '1 second'
    where id = ${run.id} and state in ('waiting', 'running', 'undoing') returning attempts`.execute(db);
  if (!rows[0] || rows[0].attempts < mostAttempts) return true;
  await failRun(db, run, 'broke');
  return false;
}

/** A mention to look at: `may` says what PostgreSQL thinks of it, which the matcher confirms. */
export type Looked = { mentionId: number; version: number; may: boolean };

/** The next mentions of a run, by number, with what a condition on a row `d` of search_documents says of each. */
export async function nextMentions(
  db: Database,
  { since, afterId }: OpenRun,
  condition: RawBuilder<boolean>,
  limit: number,
): Promise<Looked[]> {
  const { rows } = await sql<Looked>`
    select d.ref as "mentionId", d.version, ${condition} as may from search_documents d
    where d.kind = 1 and d.ref > ${afterId} and d.sort_at >= ${since.toISOString()}::timestamptz
    order by d.ref limit ${limit}`.execute(db);
  return rows;
}

export type FoundByRun = { mentionId: number; spans: readonly number[] };

/**
 * Writes what a run found among some mentions and goes on after them, all at once: whoever is cut off before does it again, and who
 * comes second does nothing (false). A mention whose words changed meanwhile was matched as it came in.
 */
export async function storeRunStep(
  db: Database,
  run: OpenRun,
  looked: readonly Looked[],
  found: readonly FoundByRun[],
  isLast: boolean,
): Promise<boolean> {
  return await retried(db, async (trx) => {
    if (!(await holdRun(trx, run))) return false;
    const same = await unchanged(trx, looked);
    const hits = found.filter(({ mentionId }) => same.has(mentionId));
    const changed = await replaceMatches(trx, run, [...same], hits);
    await settle(trx, changed.all);
    await sql`
      update topic_runs set done = done + ${looked.length}, added = added + ${changed.added}, removed = removed + ${changed.removed},
        after_id = ${looked.at(-1)?.mentionId ?? run.afterId}, state = ${isLast ? 'done' : 'running'},
        total = case when ${isLast} then done + ${looked.length} else total end, attempts = 0, try_at = null,
        done_at = case when ${isLast} then now() end
      where id = ${run.id}`.execute(trx);
    await recordChanges(trx, { topics: [run.topicId] });
    return true;
  });
}

/** The run's row, if it still stands where the caller knows it. */
async function holdRun(trx: Kysely<Tables>, { id, state, afterId }: OpenRun): Promise<boolean> {
  const { rows } = await sql`
    select from topic_runs where id = ${id} and coalesce(after_id, 0) = ${afterId}
      and state = ${state === 'waiting' ? 'running' : state} for update`.execute(trx);
  return rows.length > 0;
}

/** Locked as a save locks what it edits (storage/mentions.ts): mentions first, then their threads, each in order. */
async function unchanged(trx: Kysely<Tables>, looked: readonly Looked[]): Promise<Set<number>> {
  const { rows } = await sql<{ id: number; version: number }>`
    select id, version from mentions where id = any(${looked.map(({ mentionId }) => mentionId)}::bigint[]) and state = 'live'
    order by id for update`.execute(trx);
  const versionOf = new Map(rows.map(({ id, version }) => [id, version]));
  return new Set(
    looked.filter(({ mentionId, version }) => versionOf.get(mentionId) === version).map(({ mentionId }) => mentionId),
  );
}

async function replaceMatches(trx: Kysely<Tables>, run: OpenRun, ids: number[], hits: readonly FoundByRun[]) {
  const found = sql`unnest(${hits.map(({ mentionId }) => mentionId)}::bigint[],
    ${hits.map(({ spans }) => `{${spans.join()}}`)}::text[]) as u (mention_id, spans)`;
  const columns = sql`mention_id, version, spans, at, by_run, judged, judged_by, judged_at`;
  const before = sql`mt.mention_id, mt.version, mt.spans, mt.at, mt.run_id, mt.judged, mt.judged_by, mt.judged_at`;
  // What somebody said is about us stays: no query knows better.
  const gone = await sql<{ id: number }>`
    with gone as (
      delete from mention_topics mt where mt.topic_id = ${run.topicId} and mt.mention_id = any(${ids}::bigint[])
        and mt.judged is not true and not exists (select from ${found} where u.mention_id = mt.mention_id)
      returning ${before}
    ), kept as (
      insert into topic_run_removed (run_id, gone, ${columns}) select ${run.id}, true, gone.* from gone
    ) select mention_id as id from gone`.execute(trx);
  const replaced = await sql<{ id: number }>`
    with others as (
      select ${before}, u.spans::int[] as now from ${found} join mention_topics mt
        on mt.topic_id = ${run.topicId} and mt.mention_id = u.mention_id
      where mt.version <> ${run.version} or mt.spans <> u.spans::int[]
    ), kept as (
      insert into topic_run_removed (run_id, gone, ${columns})
      select ${run.id}, false, ${sql.raw('mention_id, version, spans, at, run_id, judged, judged_by, judged_at')} from others
    )
    update mention_topics mt set version = ${run.version}, spans = o.now, run_id = ${run.id}
    from others o where mt.topic_id = ${run.topicId} and mt.mention_id = o.mention_id returning mt.mention_id as id`.execute(
    trx,
  );
  const added = await sql<{ id: number }>`
    insert into mention_topics (mention_id, topic_id, version, spans, run_id)
    select u.mention_id, ${run.topicId}, ${run.version}, u.spans::int[], ${run.id} from ${found}
    order by 1 on conflict do nothing returning mention_id as id`.execute(trx);
  const all = [...gone.rows, ...replaced.rows, ...added.rows].map(({ id }) => id);
  return { added: added.rows.length, removed: gone.rows.length, all };
}

/** Streams, search and readers follow what was found of mentions; their rows are locked by the caller. */
export async function settle(trx: Kysely<Tables>, mentionIds: readonly number[]): Promise<void> {
  if (mentionIds.length === 0) return;
  const { rows } = await sql<{ thread_id: number }>`
    update mentions set version = version + 1 where id = any(${mentionIds}::bigint[]) returning thread_id`.execute(trx);
  const threads = [...new Set(rows.map(({ thread_id }) => thread_id))];
  // Whoever brings a copy to one of them holds it: what both write of its topics follows one after the other.
  await sql`select from threads where id = any(${threads}::bigint[]) order by id for update`.execute(trx);
  await placeThreads(trx, threads);
  await noteTopics(trx, mentionIds);
  await settleHomes(trx, threads);
  await recordChanges(trx, { mentions: mentionIds, threads });
}

/** Asks for a run to be undone. `too-late`: a week is over, a later one came over it, or it is not through. */
export async function undoTopicRun(
  db: Database,
  topicId: number,
  runId: number,
): Promise<'undoing' | 'missing' | 'too-late'> {
  return await db.transaction().execute(async (trx) => {
    if (!(await lockTopic(trx, topicId))) return 'missing';
    const { rows } = await sql<{ may: boolean }>`
      select r.state in ('done', 'failed') and r.made_at > now() - ${undoDays} * interval '1 day'
        and not exists (select from topic_runs l where l.topic_id = r.topic_id and l.id > r.id) as may
      from topic_runs r where r.id = ${runId} and r.topic_id = ${topicId} for update`.execute(trx);
    if (!rows[0]) return 'missing';
    if (!rows[0].may) return 'too-late';
    await sql`update topic_runs set state = 'undoing', done_at = null, failure = null, attempts = 0 where id = ${runId}`.execute(
      trx,
    );
    await announce(trx, topicId);
    return 'undoing';
  });
}

/** Puts some of what a run changed back as it was, what it took away first; answers whether that was all. */
export async function undoRunStep(db: Database, run: OpenRun, limit: number): Promise<boolean> {
  return await retried(db, async (trx) => {
    if (!(await holdRun(trx, run))) return true;
    const ids = await changedBy(trx, run, limit);
    await sql`select from mentions where id = any(${ids}::bigint[]) order by id for update`.execute(trx);
    const mine = sql`mt.topic_id = ${run.topicId} and mt.run_id = ${run.id} and mt.mention_id = any(${ids}::bigint[])`;
    // Of what was wiped since no words are left, so none are shown.
    await sql`
      with before as (
        delete from topic_run_removed b where b.run_id = ${run.id} and b.mention_id = any(${ids}::bigint[]) returning b.*
      ), told as (
        select b.*, case when m.state = 'live' then b.spans else '{}' end as shown from before b join mentions m on m.id = b.mention_id
      ), replaced as (
        update mention_topics mt set version = b.version, spans = b.shown, at = b.at, run_id = b.by_run
        from told b where not b.gone and mt.mention_id = b.mention_id and ${mine}
      ), added as (
        delete from mention_topics mt where ${mine} and not exists (select from told b where b.mention_id = mt.mention_id)
      )
      insert into mention_topics (mention_id, topic_id, version, spans, at, run_id, judged, judged_by, judged_at)
      select b.mention_id, ${run.topicId}, b.version, b.shown, b.at, b.by_run, b.judged, b.judged_by, b.judged_at
      from told b where b.gone order by 1 on conflict do nothing`.execute(trx);
    await settle(trx, ids);
    const isAll = ids.length < limit;
    await sql`
      update topic_runs set attempts = 0, try_at = null, state = case when ${isAll} then 'undone' else state end,
        done_at = case when ${isAll} then now() end
      where id = ${run.id}`.execute(trx);
    await recordChanges(trx, { topics: [run.topicId] });
    return isAll;
  });
}

async function changedBy(trx: Kysely<Tables>, run: OpenRun, limit: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select mention_id as id from topic_run_removed where run_id = ${run.id}
    union select mention_id from mention_topics where topic_id = ${run.topicId} and run_id = ${run.id}
    order by 1 limit ${limit}`.execute(trx);
  return rows.map(({ id }) => id);
}

/** Lets go of what could be put back while a run could be undone. */
export async function forgetRuns(db: Database): Promise<void> {
  await sql`
    delete from topic_run_removed b using topic_runs r
    where r.id = b.run_id and r.state <> 'undoing' and r.made_at < now() - ${undoDays + 1} * interval '1 day'`.execute(
    db,
  );
}
