import { type Kysely, sql } from 'kysely';
import { type KnownMention, reconcile } from '#domain/reconcile.ts';
import { openCases } from './cases.ts';
import { recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { journalErasures } from './erasure-journal.ts';
import { settleHomes } from './homes.ts';
import { joinThreads } from './join-threads.ts';
import type { Keys } from './keys.ts';
import { type KnownRow, knownMentions } from './known.ts';
import { settleMentionCircles } from './mention-circles.ts';
import { noteOutgrown, noteSeenAgain, type SeenAgain, storeEdits } from './mention-edits.ts';
import { placeForSources, storeMentions, storePlacements, storeSightings } from './mention-rows.ts';
import { storeNotKept } from './not-kept.ts';
import { ensurePartition, textMonth } from './partitions.ts';
import { retried } from './retried.ts';
import { type Arrival, emptyReport, type Outgrown, type SaveReport, type SourcePoll } from './save-types.ts';
import type { Tables } from './schema.ts';
import { storeMentionDocuments } from './search-documents.ts';
import { recordPolls } from './source-polls.ts';
import { moveSource } from './sources.ts';
import { storeMatches, storeRematches } from './topic-matches.ts';
import { authorsLock, wipe } from './wipe.ts';

export type { Arrival, PollRecord, SaveReport, SourcePoll } from './save-types.ts';

/** More mentions than this do not go into one transaction. */
export const mostPerSave = 500;

/** A mention that has found its identity in this transaction. */
export type Placed = Arrival & { poll: SourcePoll; mentionId: number; authorKey: string | null };
export type Edited = Placed & { known: KnownRow };

const partitionsMade = new WeakMap<Database, Set<string>>();

/**
 * Saves what polls of several sources brought, in one transaction: mentions, texts, earlier versions, keys, threads,
 * placements, the sources' own rows and the change rows. Safe to repeat: what is stored already is recognised. A poll whose lease is
 * lost is left out whole. Two callers with the same copies at the same moment end in the same thread: rows of
 * `mention_keys` and then `join_keys`, each in order, decide who comes first.
 */
export async function savePolls(db: Database, keys: Keys, polls: readonly SourcePoll[]): Promise<SaveReport> {
  const report = await saveOnce(db, keys, polls);
  if (report.withdrawn > 0) await journalErasures(db);
  return report;
}

async function saveOnce(db: Database, keys: Keys, polls: readonly SourcePoll[]): Promise<SaveReport> {
  await ensureMonths(db, polls);
  try {
    return await retried(db, (trx) => save(trx, keys, polls));
  } catch (error) {
    // The only check that a row of ours can fail is that of having a partition: somebody dropped it since we made sure.
    if ((error as { code?: string }).code !== '23514') throw error;
    partitionsMade.delete(db);
    await ensureMonths(db, polls);
    return await retried(db, (trx) => save(trx, keys, polls));
  }
}

async function ensureMonths(db: Database, polls: readonly SourcePoll[]): Promise<void> {
  const made = partitionsMade.get(db) ?? new Set<string>();
  partitionsMade.set(db, made);
  for (const month of new Set(polls.flatMap(({ arrivals }) => arrivals.map((one) => textMonth(one.fetchedAt))))) {
    if (made.has(month)) continue;
    await ensurePartition(db, month);
    made.add(month);
  }
}

async function save(trx: Kysely<Tables>, keys: Keys, all: readonly SourcePoll[]): Promise<SaveReport> {
  const report = emptyReport();
  const polls = await holdLeases(trx, all);
  report.dropped = all.filter((poll) => !polls.includes(poll)).map(({ sourceId }) => sourceId);
  const touched = { threads: new Set<number>(), mentions: new Set<number>(), sources: new Set<number>() };

  const settled = await settle(trx, keys, polls, report);
  const threads = await joinThreads(trx, keys, settled.new, settled.edited);
  await storeMentions(trx, settled.new, threads);
  await storePlacements(trx, settled.new, threads);
  await storeMatches(trx, settled.new);
  await openCases(trx, threads.born);
  await storeEdits(trx, settled.edited);
  await storeRematches(trx, settled.edited);
  await storeMentionDocuments(trx, settled.new, settled.edited);
  const arrivedIn = [...threads.threadOf.values(), ...settled.edited.map(({ known }) => known.threadId!)];
  await settleHomes(trx, arrivedIn);
  // A copy that joins a thread is read wherever that stands.
  await settleMentionCircles(trx, arrivedIn);
  for (const id of await noteSeenAgain(trx, settled.seenAgain)) touched.mentions.add(id);
  await noteOutgrown(trx, settled.outgrown);
  await placeForSources(trx, settled.takenOver);
  for (const { mention_id, thread_id } of await storeSightings(trx, settled.sighted)) {
    touched.mentions.add(mention_id);
    touched.threads.add(thread_id);
  }
  for (const wiped of await wipe(trx, settled.withdrawn, 'withdrawn')) {
    touched.mentions.add(wiped.mentionId);
    touched.threads.add(wiped.threadId);
    report.withdrawn += 1;
  }
  for (const one of settled.new) {
    touched.mentions.add(one.mentionId);
    touched.threads.add(threads.threadOf.get(one.mentionId)!);
  }
  for (const { mentionId, known } of settled.edited) {
    touched.mentions.add(mentionId);
    touched.threads.add(known.threadId!);
  }
  report.new = settled.new.length;
  report.joined = threads.joined.length;
  report.edited = settled.edited.length;
  report.seenAgain = settled.seenAgain.length;
  await storeNotKept(
    trx,
    polls.flatMap(({ notKept = [] }) => notKept),
  );
  const records = polls.flatMap(({ sourceId, record }) => (record ? [{ sourceId, record }] : []));
  await recordPolls(trx, records);
  for (const { sourceId, record } of records) {
    if (record.moveTo && (await moveSource(trx, sourceId, record.moveTo))) touched.sources.add(sourceId);
  }
  for (const { sourceId, record } of records) if (record.changed) touched.sources.add(sourceId);
  const sourceNews = records.flatMap(({ sourceId, record }) => (record.hasNews ? sourceId : []));
  await recordChanges(trx, { ...touched, sourceNews });
  return report;
}

/** The polls whose lease still holds; it cannot be lost any more, locked in the order of their sources' ids. */
async function holdLeases(trx: Kysely<Tables>, polls: readonly SourcePoll[]): Promise<SourcePoll[]> {
  // Whoever erases an author waits until every save that could not have seen it is through (storage/wipe.ts).
  await sql`select pg_advisory_xact_lock_shared(${authorsLock})`.execute(trx);
  const { rows } = await sql<{ id: number }>`
    select p.source_id as id from unnest(${polls.map((poll) => poll.sourceId)}::bigint[], ${polls.map((poll) => poll.lease)}::uuid[])
      u (id, lease) join source_polls p on p.source_id = u.id and p.lease = u.lease
    order by p.source_id for update of p`.execute(trx);
  const held = new Set(rows.map(({ id }) => id));
  return polls.filter(({ sourceId }) => held.has(sourceId));
}

type Settled = {
  new: Placed[];
  edited: Edited[];
  seenAgain: SeenAgain[];
  /** Threads of mentions that are another source's from now on. */
  takenOver: { threadId: number; sourceId: number }[];
  outgrown: Outgrown[];
  sighted: { mentionId: number; poll: SourcePoll; seenAt: Date }[];
  withdrawn: number[];
};

/** Claims every key, then decides what each arrival is: the row that was there first has the last word. */
async function settle(
  trx: Kysely<Tables>,
  keys: Keys,
  polls: readonly SourcePoll[],
  report: SaveReport,
): Promise<Settled> {
  const now = new Date();
  const withdrawnKeys = new Set(polls.flatMap(({ withdrawn }) => withdrawn));
  const arrivals = polls
    .flatMap((poll) => poll.arrivals.map((arrival) => ({ ...arrival, poll })))
    .filter(({ key }) => !withdrawnKeys.has(key) || !skip(report, 'withdrawn-here'))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.poll.sourceId - b.poll.sourceId));
  const settled: Settled = {
    new: [],
    edited: [],
    seenAgain: [],
    takenOver: [],
    outgrown: polls.flatMap(({ outgrown = [] }) => outgrown),
    sighted: polls.flatMap((poll) => poll.sighted.map((mentionId) => ({ mentionId, poll, seenAt: now }))),
    withdrawn: [],
  };
  if (arrivals.length + withdrawnKeys.size + settled.outgrown.length === 0) return settled;

  const ids = await newMentionIds(trx, arrivals.length);
  const placed: Placed[] = arrivals.map((arrival, index) => ({
    ...arrival,
    mentionId: ids[index]!,
    authorKey: keys.author(arrival.prepared.namespace, arrival.prepared.author),
  }));
  const known = await claimKeys(trx, placed, withdrawnKeys);
  const erased = await erasedAuthors(trx, placed);
  const own = new Set(ids);
  const rekeyed: { key: string; mentionId: number | null }[] = [];
  // What became of each arrival, by the id it was given, and which mentions are spoken for.
  const outcome = new Map<number, { mentionId: number | null; sourceId: number }>();
  const taken = new Set<number>();
  for (const one of placed) {
    const { sourceId } = one.poll;
    const found = [one.key, ...one.altKeys].map((key) => known.get(key)).filter((row) => row !== undefined);
    const first = found.find((row) => row.mentionId === null || !own.has(row.mentionId));
    // The same mention from two sources in one batch: the key belongs to the one before.
    const twin = first ? undefined : outcome.get(known.get(one.key)?.mentionId ?? -1);
    if (twin) {
      if (twin.mentionId === null) skip(report, 'author-erased');
      else if (twin.sourceId === sourceId) skip(report, 'repeated');
      else settled.sighted.push({ mentionId: twin.mentionId, poll: one.poll, seenAt: one.fetchedAt });
      continue;
    }
    const match: KnownMention | null = first ?? null;
    const authorErased = one.authorKey !== null && erased.has(one.authorKey);
    const verdict = reconcile(one.prepared, match, { sourceId, authorErased });
    const mentionId = verdict.kind === 'new' ? one.mentionId : (first?.mentionId ?? null);
    outcome.set(one.mentionId, { mentionId, sourceId });
    // Keys that this arrival claimed for itself go to the mention it turned out to be, or to none.
    const claimed = [one.key, ...one.altKeys].filter((key) => known.get(key)?.mentionId === one.mentionId);
    if (verdict.kind !== 'new') rekeyed.push(...claimed.map((key) => ({ key, mentionId })));
    if (verdict.kind === 'skip') skip(report, verdict.reason);
    else if (verdict.kind === 'new') settled.new.push(one);
    else if (taken.has(verdict.mentionId)) skip(report, 'repeated');
    else if (verdict.kind === 'sighted') {
      settled.sighted.push({ mentionId: verdict.mentionId, poll: one.poll, seenAt: one.fetchedAt });
    } else {
      taken.add(verdict.mentionId);
      if (first!.sourceId !== sourceId) settled.takenOver.push({ threadId: first!.threadId!, sourceId });
      if (verdict.kind === 'edited') settled.edited.push({ ...one, mentionId: verdict.mentionId, known: first! });
      else {
        const { fingerprint, secondHand } = one.prepared;
        settled.seenAgain.push({ mentionId: verdict.mentionId, sourceId, fingerprint, secondHand });
      }
    }
  }
  for (const key of withdrawnKeys) {
    const row = known.get(key);
    if (row?.mentionId != null && row.state === 'live') settled.withdrawn.push(row.mentionId);
  }
  await rekey(trx, rekeyed);
  await lockLive(trx, settled);
  return settled;
}

function skip(report: SaveReport, reason: keyof SaveReport['skipped']): true {
  report.skipped[reason] = (report.skipped[reason] ?? 0) + 1;
  return true;
}

async function newMentionIds(trx: Kysely<Tables>, count: number): Promise<number[]> {
  if (count === 0) return [];
  const { rows } = await sql<{ id: number }>`
    select nextval('mentions_id_seq') as id from generate_series(1, ${count}::int)`.execute(trx);
  return rows.map(({ id }) => id);
}

/**
 * Inserts every key in order, waiting for whoever is inserting the same one; answers what stands under each: for those that
 * were free the id that claimed it, for the others what is stored.
 */
async function claimKeys(
  trx: Kysely<Tables>,
  placed: readonly Placed[],
  withdrawn: ReadonlySet<string>,
): Promise<Map<string, KnownRow>> {
  const claims = new Map<string, number | null>([...withdrawn].map((key) => [key, null]));
  for (const { key, mentionId } of placed) if (!claims.has(key)) claims.set(key, mentionId);
  for (const { altKeys, mentionId } of placed) {
    for (const key of altKeys) if (!claims.has(key)) claims.set(key, mentionId);
  }
  const { rows } = await sql<{ key: string }>`
    insert into mention_keys (key, mention_id)
    select decode(u.key, 'hex'), u.mention_id
    from unnest(${[...claims.keys()]}::text[], ${[...claims.values()]}::bigint[]) u (key, mention_id)
    order by 1 on conflict do nothing returning encode(key, 'hex') as key`.execute(trx);
  const free = new Set(rows.map(({ key }) => key));
  const taken = new Map<string, number>();
  for (const { key, altKeys, poll } of placed) {
    for (const one of [key, ...altKeys]) if (!free.has(one)) taken.set(one, poll.sourceId);
  }
  for (const key of withdrawn) if (!free.has(key)) taken.set(key, 0);
  const stored = await knownMentions(
    trx,
    [...taken].map(([key, sourceId]) => ({ key, sourceId })),
  );
  const known = new Map(stored.map((row) => [row.key, row]));
  for (const key of free) known.set(key, { ...unstored, key, mentionId: claims.get(key) ?? null });
  return known;
}

const unstored: Omit<KnownRow, 'key' | 'mentionId'> = {
  askedBy: 0,
  state: 'live',
  sourceId: null,
  fingerprint: null,
  contentHash: null,
  seenHere: false,
  threadId: null,
  textMonth: null,
};

async function erasedAuthors(trx: Kysely<Tables>, placed: readonly Placed[]): Promise<Set<string>> {
  const authors = [...new Set(placed.flatMap(({ authorKey }) => authorKey ?? []))];
  const { rows } = await sql<{ key: string }>`
    select u.key from unnest(${authors}::text[]) u (key)
    join erased_authors e on e.author_key = decode(u.key, 'hex')`.execute(trx);
  return new Set(rows.map(({ key }) => key));
}

async function rekey(trx: Kysely<Tables>, changes: readonly { key: string; mentionId: number | null }[]) {
  if (changes.length === 0) return;
  await sql`
    update mention_keys k set mention_id = u.mention_id
    from unnest(${changes.map(({ key }) => key)}::text[], ${changes.map(({ mentionId }) => mentionId)}::bigint[])
      u (key, mention_id) where k.key = decode(u.key, 'hex')`.execute(trx);
}

/** Locks stored mentions in the order of their ids; what was wiped since it was read falls out. */
async function lockLive(trx: Kysely<Tables>, settled: Settled): Promise<void> {
  const ids = [...settled.edited, ...settled.seenAgain, ...settled.outgrown].map(({ mentionId }) => mentionId);
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: number }>`
    select id from mentions where id = any(${ids}::bigint[]) and state = 'live' order by id for update`.execute(trx);
  const live = new Set(rows.map(({ id }) => id));
  settled.edited = settled.edited.filter(({ mentionId }) => live.has(mentionId));
  settled.seenAgain = settled.seenAgain.filter(({ mentionId }) => live.has(mentionId));
  settled.outgrown = settled.outgrown.filter(({ mentionId }) => live.has(mentionId));
}
