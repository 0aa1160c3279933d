import { type Kysely, sql } from 'kysely';
import {
  type LegalBasis,
  missingToStart,
  mostTopics,
  type TopicColour,
  type TopicKind,
  topicColours,
} from '#domain/topic.ts';
import { recordChanges, topicsChannel } from './changes.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

export type NewTopicFacts = {
  name: string;
  kind: TopicKind;
  colour?: TopicColour | undefined;
  purpose?: string | undefined;
  audience?: 'all' | 'desk' | undefined;
  legalBasis?: LegalBasis | null | undefined;
  ownerId: number | null;
  by: number;
  first: NewVersionFacts | null;
};
export type NewVersionFacts = { query: string; sources: readonly number[] | null; note: string | null };

// Any number that nobody else takes.
const questionsLock = 0x6275_6978;

/** Looks at questions as they would be stored, and throws to have none of it stored. */
export type Check = (trx: Kysely<Tables>, id: number) => Promise<void>;

/**
 * Questions are changed one by one: a query may name another topic, so that two that are each in order can make a ring together, and what is
 * renamed takes the queries that name it along. Taken before any row is locked.
 */
export async function holdQuestions(trx: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${questionsLock})`.execute(trx);
}

/** Makes a draft. `exists`: another has this name; `full`: there are as many as there may be. */
export async function makeTopic(
  db: Database,
  topic: NewTopicFacts,
  check: Check,
): Promise<{ id: number } | 'exists' | 'full'> {
  return await unlessExists(() =>
    db.transaction().execute(async (trx) => {
      await holdQuestions(trx);
      const { rows: counted } = await sql<{ count: number; made: number }>`
        select (count(*) filter (where state <> 'removed'))::int as count, count(*)::int as made from topics`.execute(
        trx,
      );
      if (counted[0]!.count >= mostTopics) return 'full' as const;
      const colour = topic.colour ?? topicColours[counted[0]!.made % topicColours.length]!;
      const { rows } = await sql<{ id: number }>`
        insert into topics (name, kind, colour, purpose, audience, legal_basis, owner_id, created_by, version)
        values (${topic.name}, ${topic.kind}, ${colour}, ${topic.purpose ?? ''}, ${topic.audience ?? 'all'}, ${topic.legalBasis ?? null}, ${topic.ownerId},
          ${topic.by}, ${topic.first ? 1 : 0}) returning id`.execute(trx);
      const { id } = rows[0]!;
      if (topic.first) await storeVersion(trx, id, 1, topic.first, topic.by);
      await check(trx, id);
      await announce(trx, id);
      return { id };
    }),
  );
}

export type TopicChange = {
  name?: string | undefined;
  kind?: TopicKind | undefined;
  colour?: TopicColour | undefined;
  purpose?: string | undefined;
  audience?: 'all' | 'desk' | undefined;
  legalBasis?: LegalBasis | null | undefined;
  ownerId?: number | null | undefined;
};

/** Changes what a topic is called and why it is there. `incomplete`: it collects, and would have no legal basis. */
export async function changeTopic(
  db: Database,
  id: number,
  change: TopicChange,
  onRenamed: (trx: Kysely<Tables>, was: string) => Promise<void>,
): Promise<'changed' | 'missing' | 'exists' | 'incomplete'> {
  return await unlessExists(() =>
    db.transaction().execute(async (trx) => {
      if (change.name !== undefined) await holdQuestions(trx);
      const topic = await lockTopic(trx, id);
      if (!topic) return 'missing' as const;
      if (topic.state === 'active' && change.legalBasis === null) return 'incomplete' as const;
      const given = <T>(value: T | undefined) => value !== undefined;
      await sql`
        update topics set name = case when ${given(change.name)} then ${change.name ?? null} else name end,
          kind = coalesce(${change.kind ?? null}, kind), colour = coalesce(${change.colour ?? null}, colour),
          purpose = coalesce(${change.purpose ?? null}, purpose), audience = coalesce(${change.audience ?? null}, audience),
          homes_after = case when audience <> ${change.audience ?? null} then 0 else homes_after end,
          legal_basis = case when ${given(change.legalBasis)} then ${change.legalBasis ?? null} else legal_basis end,
          owner_id = case when ${given(change.ownerId)} then ${change.ownerId ?? null}::bigint else owner_id end
        where id = ${id}`.execute(trx);
      if (change.name !== undefined && change.name !== topic.name) await onRenamed(trx, topic.name);
      await announce(trx, id);
      return 'changed' as const;
    }),
  );
}

export type Saved = { kind: 'saved'; runId: number | null };
/** `changed`: another version came meanwhile. `idle`: looking back is for topics that collect. `under-way`: a run is not through yet. */
export type NotSaved = { kind: 'missing' | 'changed' | 'no-version' | 'idle' | 'under-way' };

/** Saves a new version, made from `after`, and the run that applies it to what was there already. */
export async function saveVersion(
  db: Database,
  id: number,
  asked: { after: number; days: number | null; by: number; version: NewVersionFacts | { of: number } },
  check: Check,
): Promise<Saved | NotSaved> {
  return await db.transaction().execute(async (trx): Promise<Saved | NotSaved> => {
    await holdQuestions(trx);
    const topic = await lockTopic(trx, id);
    if (!topic) return { kind: 'missing' };
    if (topic.version !== asked.after) return { kind: 'changed' };
    const version = 'of' in asked.version ? await earlier(trx, id, asked.version.of) : asked.version;
    if (!version) return { kind: 'no-version' };
    if (asked.days !== null && topic.state !== 'active') return { kind: 'idle' };
    if (await isUnderWay(trx, id)) return { kind: 'under-way' };
    await storeVersion(trx, id, topic.version + 1, version, asked.by);
    await sql`update topics set version = version + 1 where id = ${id}`.execute(trx);
    await check(trx, id);
    const runId = asked.days === null ? null : await addRun(trx, id, topic.version + 1, asked.days, asked.by);
    await announce(trx, id);
    return { kind: 'saved', runId };
  });
}

/**
 * Gives topics a version that asks the same of what is called otherwise now. A run of the version before goes on: it finds the same. Who calls
 * holds the questions.
 */
export async function storeRenamed(
  trx: Kysely<Tables>,
  topics: readonly { id: number; query: string }[],
  { by, note }: { by: number; note: string },
): Promise<void> {
  for (const { id, query } of topics) {
    await sql`
      with next as (update topics set version = version + 1 where id = ${id} returning id, version)
      insert into topic_versions (topic_id, version, query, sources, note, made_by)
      select next.id, next.version, ${query}, v.sources, ${note}, ${by}
      from next join topic_versions v on v.topic_id = next.id and v.version = next.version - 1`.execute(trx);
    await announce(trx, id);
  }
}

/** Lets a topic collect, and look back where `days` is given; answers what it lacks where it may not. */
export async function startTopic(
  db: Database,
  id: number,
  { days, by }: { days: number | null; by: number },
): Promise<
  Saved | { kind: 'missing' | 'under-way' } | { kind: 'incomplete'; missing: ReturnType<typeof missingToStart> }
> {
  return await db.transaction().execute(async (trx) => {
    const topic = await lockTopic(trx, id);
    if (!topic) return { kind: 'missing' as const };
    const missing = missingToStart(topic);
    if (missing.length > 0) return { kind: 'incomplete' as const, missing };
    if (days !== null && (await isUnderWay(trx, id))) return { kind: 'under-way' as const };
    await sql`update topics set state = 'active', ${bringHome} where id = ${id}`.execute(trx);
    const runId = days === null ? null : await addRun(trx, id, topic.version, days, by);
    await announce(trx, id);
    return { kind: 'saved' as const, runId };
  });
}

/** Stops collecting; a draft stays a draft. False: no such topic. */
export async function pauseTopic(db: Database, id: number): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    if (!(await lockTopic(trx, id))) return false;
    await sql`update topics set state = 'paused', ${bringHome} where id = ${id} and state = 'active'`.execute(trx);
    await announce(trx, id);
    return true;
  });
}

/** Takes a topic away: nothing is found any more, and its stream is gone. What it found stays known. False: no such topic. */
export async function removeTopic(db: Database, id: number): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    if (!(await lockTopic(trx, id))) return false;
    await sql`update topics set state = 'removed', ${bringHome} where id = ${id}`.execute(trx);
    await sql`update topic_runs set state = 'failed', done_at = now()
      where topic_id = ${id} and state in ('waiting', 'running', 'undoing')`.execute(trx);
    await sql`delete from placement_topics where topic_id = ${id}`.execute(trx);
    await announce(trx, id);
    return true;
  });
}

/** What a topic for the desk finds is the desk's as long as it collects: its threads are brought home (storage/topic-homes.ts). */
const bringHome = sql`homes_after = case when audience = 'desk' then 0 else homes_after end`;

/** @NOTE Rows are locked topic first, run second, everywhere: a run that works holds only its own. */
export async function lockTopic(trx: Kysely<Tables>, id: number) {
  const { rows } = await sql<{
    name: string;
    state: 'draft' | 'active' | 'paused';
    version: number;
    legalBasis: string | null;
  }>`
    select name, state, version, legal_basis as "legalBasis" from topics where id = ${id} and state <> 'removed' for no key update`.execute(
    trx,
  );
  return rows[0] ?? null;
}

/** Tells readers of the change table, and the workers who match what comes in. */
export async function announce(trx: Kysely<Tables>, id: number): Promise<void> {
  await recordChanges(trx, { topics: [id] });
  await sql`select pg_notify(${topicsChannel}, '')`.execute(trx);
}

async function storeVersion(trx: Kysely<Tables>, id: number, version: number, made: NewVersionFacts, by: number) {
  await sql`
    insert into topic_versions (topic_id, version, query, sources, note, made_by)
    values (${id}, ${version}, ${made.query}, ${made.sources}::bigint[], ${made.note}, ${by})`.execute(trx);
}

async function earlier(trx: Kysely<Tables>, id: number, version: number): Promise<NewVersionFacts | null> {
  const { rows } = await sql<NewVersionFacts>`
    select query, sources::float8[] as sources, note from topic_versions where topic_id = ${id} and version = ${version}`.execute(
    trx,
  );
  return rows[0] ?? null;
}

async function isUnderWay(trx: Kysely<Tables>, id: number): Promise<boolean> {
  const { rows } = await sql`
    select from topic_runs where topic_id = ${id} and state in ('waiting', 'running', 'undoing') limit 1`.execute(trx);
  return rows.length > 0;
}

async function addRun(trx: Kysely<Tables>, id: number, version: number, days: number, by: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into topic_runs (topic_id, version, days, made_by) values (${id}, ${version}, ${days}, ${by}) returning id`.execute(
    trx,
  );
  return rows[0]!.id;
}

/** The one rule that only the index can hold: no two topics of one name. */
async function unlessExists<T>(work: () => Promise<T>): Promise<T | 'exists'> {
  try {
    return await work();
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'topics_name') return 'exists';
    throw error;
  }
}
