import { type Kysely, sql } from 'kysely';
import { type Candidate, type Joins, joinCandidates, joinVersion, type KeyRow } from '#domain/join.ts';
import type { Keys } from './keys.ts';
import { sortAtOf } from './mention-rows.ts';
import type { Edited, Placed } from './mentions.ts';
import type { Tables } from './schema.ts';

export type Threads = {
  threadOf: Map<number, number>;
  /** New mentions that are copies in a thread, whether it was there or is born now. */
  joined: { mentionId: number; threadId: number }[];
  born: { threadId: number; originId: number }[];
};

/**
 * Gives every new mention its thread. Each join key is inserted or locked, in order, before anything is decided, so that of two
 * transactions with copies of one story the second sees the first one's thread. Edited mentions bring their new keys but
 * stay where they are.
 */
export async function joinThreads(
  trx: Kysely<Tables>,
  keys: Keys,
  fresh: readonly Placed[],
  edited: readonly Edited[],
): Promise<Threads> {
  const result: Threads = { threadOf: new Map(), joined: [], born: [] };
  if (fresh.length === 0 && edited.length === 0) return result;
  const proposed = await newThreadIds(trx, fresh);
  const candidates = [
    ...fresh.map((one) => candidateOf(keys, one, null)),
    ...edited.map((one) => candidateOf(keys, one, one.known.threadId)),
  ];
  const rows = await lockKeys(trx, candidates, proposed);
  const own = new Set(fresh.map(({ mentionId }) => mentionId));
  const present = await sourcesPresent(
    trx,
    rows.filter((row) => !own.has(row.mentionId)),
    fresh,
  );
  const joins = joinCandidates(candidates, rows, present);

  for (const { mentionId, threadId } of joins.joined) {
    result.threadOf.set(mentionId, threadId);
    result.joined.push({ mentionId, threadId });
  }
  for (const { origin, copies } of joins.born) {
    const threadId = proposed.get(origin.mentionId)!;
    result.born.push({ threadId, originId: origin.mentionId });
    result.threadOf.set(origin.mentionId, threadId);
    for (const { mentionId } of copies) {
      result.threadOf.set(mentionId, threadId);
      result.joined.push({ mentionId, threadId });
    }
  }
  await storeThreads(trx, result);
  await settleKeys(trx, rows, joins, result, proposed);
  await storeJoined(trx, joins, result);
  return result;
}

function candidateOf(keys: Keys, { prepared, mentionId, poll, fetchedAt }: Placed, threadId: number | null): Candidate {
  const found: Candidate['keys'] = [];
  if (prepared.urlKey) found.push({ key: keys.join('url', prepared.urlKey), kind: 'url' });
  if (prepared.textKey) found.push({ key: keys.join('text', prepared.textKey), kind: 'text' });
  return { mentionId, sourceId: poll.sourceId, at: sortAtOf(prepared, fetchedAt), threadId, keys: found };
}

async function newThreadIds(trx: Kysely<Tables>, fresh: readonly Placed[]): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number }>`
    select nextval('threads_id_seq') as id from generate_series(1, ${fresh.length}::int)`.execute(trx);
  return new Map(fresh.map(({ mentionId }, index) => [mentionId, rows[index]!.id]));
}

async function lockKeys(
  trx: Kysely<Tables>,
  candidates: readonly Candidate[],
  proposed: ReadonlyMap<number, number>,
): Promise<KeyRow[]> {
  const claims = new Map<string, Candidate>();
  for (const candidate of candidates) {
    for (const { key } of candidate.keys) if (!claims.has(key)) claims.set(key, candidate);
  }
  if (claims.size === 0) return [];
  const rowOf = (key: string, one: Candidate): KeyRow => ({
    key,
    threadId: one.threadId ?? proposed.get(one.mentionId)!,
    mentionId: one.mentionId,
    sourceId: one.sourceId,
    at: one.at,
    ambiguous: false,
  });
  const claimed = [...claims].map(([key, one]) => rowOf(key, one));
  const inserted = await sql<{ key: string }>`
    insert into join_keys (key, thread_id, mention_id, source_id, at)
    select decode(u.key, 'hex'), u.thread_id, u.mention_id, u.source_id, u.at
    from unnest(${claimed.map((row) => row.key)}::text[], ${claimed.map((row) => row.threadId)}::bigint[],
      ${claimed.map((row) => row.mentionId)}::bigint[], ${claimed.map((row) => row.sourceId)}::bigint[],
      ${claimed.map((row) => row.at.toISOString())}::timestamptz[]) u (key, thread_id, mention_id, source_id, at)
    order by 1 on conflict do nothing returning encode(key, 'hex') as key`.execute(trx);
  const own = new Set(inserted.rows.map(({ key }) => key));
  const others = claimed.flatMap(({ key }) => (own.has(key) ? [] : [key]));
  const { rows } = await sql<KeyRow>`
    select encode(key, 'hex') as key, thread_id as "threadId", mention_id as "mentionId", source_id as "sourceId", at, ambiguous
    from join_keys where key in (select decode(k, 'hex') from unnest(${others}::text[]) k)
    order by join_keys.key for update`.execute(trx);
  return [...claimed.filter(({ key }) => own.has(key)), ...rows];
}

/** In which of the threads that may be joined the sources of new mentions stand already. */
async function sourcesPresent(
  trx: Kysely<Tables>,
  rows: readonly KeyRow[],
  fresh: readonly Placed[],
): Promise<Set<string>> {
  const threadIds = [...new Set(rows.map(({ threadId }) => threadId))];
  if (threadIds.length === 0) return new Set();
  const sourceIds = [...new Set(fresh.map(({ poll }) => poll.sourceId))];
  const found = await sql<{ place: string }>`
    select distinct thread_id || ':' || source_id as place from mentions
    where thread_id = any(${threadIds}::bigint[]) and source_id = any(${sourceIds}::bigint[])`.execute(trx);
  return new Set(found.rows.map(({ place }) => place));
}

/** Keys that this batch brought point to the threads their mentions ended in. */
async function settleKeys(
  trx: Kysely<Tables>,
  rows: readonly KeyRow[],
  joins: Joins,
  { threadOf }: Threads,
  proposed: ReadonlyMap<number, number>,
): Promise<void> {
  const renewed = new Map(joins.renewed.map(({ key, candidate }) => [key, candidate]));
  const ambiguous = new Set(joins.ambiguous);
  const changed = rows.flatMap((row) => {
    const candidate = renewed.get(row.key);
    if (candidate) {
      const { mentionId, sourceId, at } = candidate;
      return [{ ...row, threadId: threadOf.get(mentionId)!, mentionId, sourceId, at }];
    }
    const threadId = (proposed.has(row.mentionId) ? threadOf.get(row.mentionId) : undefined) ?? row.threadId;
    if (threadId === row.threadId && !ambiguous.has(row.key)) return [];
    return [{ ...row, threadId, ambiguous: row.ambiguous || ambiguous.has(row.key) }];
  });
  if (changed.length === 0) return;
  await sql`
    update join_keys k set thread_id = u.thread_id, mention_id = u.mention_id, source_id = u.source_id, at = u.at,
      ambiguous = u.ambiguous
    from unnest(${changed.map((row) => row.key)}::text[], ${changed.map((row) => row.threadId)}::bigint[],
      ${changed.map((row) => row.mentionId)}::bigint[], ${changed.map((row) => row.sourceId)}::bigint[],
      ${changed.map((row) => row.at.toISOString())}::timestamptz[], ${changed.map((row) => row.ambiguous)}::boolean[])
      u (key, thread_id, mention_id, source_id, at, ambiguous)
    where k.key = decode(u.key, 'hex')`.execute(trx);
}

async function storeThreads(trx: Kysely<Tables>, { born, joined }: Threads): Promise<void> {
  const copies = new Map<number, number>();
  for (const { threadId } of joined) copies.set(threadId, (copies.get(threadId) ?? 0) + 1);
  if (born.length > 0) {
    await sql`
      insert into threads (id, born, origin_mention_id, mention_count)
      select u.id, 'outside', u.origin, u.count
      from unnest(${born.map((one) => one.threadId)}::bigint[], ${born.map((one) => one.originId)}::bigint[],
        ${born.map((one) => 1 + (copies.get(one.threadId) ?? 0))}::int[]) u (id, origin, count)`.execute(trx);
  }
  for (const { threadId } of born) copies.delete(threadId);
  if (copies.size === 0) return;
  const ids = [...copies.keys()];
  await sql`
    update threads t set mention_count = t.mention_count + u.count, version = t.version + 1
    from (select id from threads where id = any(${ids}::bigint[]) order by id for update) locked
    join unnest(${ids}::bigint[], ${[...copies.values()]}::int[]) u (id, count) on u.id = locked.id
    where t.id = locked.id`.execute(trx);
}

async function storeJoined(trx: Kysely<Tables>, joins: Joins, { threadOf }: Threads): Promise<void> {
  const rows = [...joins.joined, ...joins.born.flatMap(({ copies }) => copies)];
  if (rows.length === 0) return;
  await sql`
    insert into joined (mention_id, thread_id, reason, by, version)
    select u.mention_id, u.thread_id, u.reason, 'ingest', ${joinVersion}
    from unnest(${rows.map((row) => row.mentionId)}::bigint[], ${rows.map((row) => threadOf.get(row.mentionId)!)}::bigint[],
      ${rows.map((row) => row.reason)}::text[]) u (mention_id, thread_id, reason)`.execute(trx);
}
