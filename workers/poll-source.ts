import { sourceHost } from '#domain/address-terms.ts';
import type { RawMention } from '#domain/mention.ts';
import { preparedDocument } from '#domain/prepared-document.ts';
import { type Identified, type KnownMention, plan } from '#domain/reconcile.ts';
import { roomFor } from '#domain/schedule.ts';
import type { Connector, PollAnswer } from '#ingest/connector.ts';
import { IngestClosedError, SourceError } from '#ingest/errors.ts';
import { fingerprintOf } from '#ingest/fingerprint.ts';
import type { UnderstoodMention } from '#ingest/prepare.ts';
import type { IngestThread } from '#ingest/thread.ts';
import type { FetchAllow } from '#platform/address.ts';
import { hostKeyOf } from '#platform/host-key.ts';
import type { Http } from '#platform/http.ts';
import type { Log } from '#platform/log.ts';
import type { Database } from '#storage/database.ts';
import { packedDocument } from '#storage/document-vector.ts';
import { hostState, pauseHost } from '#storage/hosts.ts';
import type { Keys } from '#storage/keys.ts';
import { whichNotKept } from '#storage/not-kept.ts';
import type { Arrival, NewPlace, Outgrown, PollRecord, SourcePoll } from '#storage/save-types.ts';
import type { DueSource, UnchangedPoll } from '#storage/source-polls.ts';
import { saidToBeAbout } from '#storage/topic-matches.ts';
import { isDatabaseAway } from '#storage/unavailable.ts';
import type { Lookup } from './lookup.ts';
import type { TopicMatcher } from './match-topics.ts';
import { type Failure, failureOf, isPlain, recordAnswer, recordFailure } from './poll-record.ts';

export type PollDeps = {
  db: Database;
  keys: Keys;
  http: Http;
  ingest: Pick<IngestThread, 'readFeed' | 'prepare'>;
  // biome-ignore lint/suspicious/noExplicitAny: settings differ per connector and are parsed by its own schema before use.
  connectorFor: (name: string) => Connector<any> | null;
  allow: FetchAllow;
  log: Log;
  /** Left out: no topic is asked, and everything is kept. */
  topics?: Pick<TopicMatcher, 'ready'> | undefined;
  /** The present moment; tests turn it. */
  clock?: () => Date;
};

/** A poll that is done: with something to save, or (nothing changed) only a time to note. */
export type Polled = { kind: 'save'; poll: SourcePoll } | ({ kind: 'unchanged' } & UnchangedPoll);

/**
 * Asks one source and works out what is to be saved; answers for every source, whatever went wrong with it. Throws only when
 * the database is away, which says nothing about the source.
 */
export async function pollSource(deps: PollDeps, lookup: Lookup, source: DueSource, lease: string): Promise<Polled> {
  const now = deps.clock?.() ?? new Date();
  try {
    return await ask(deps, lookup, source, lease, now);
  } catch (error) {
    // Stopping: says nothing about the source, which stays due.
    if (error instanceof IngestClosedError) throw error;
    const failure = failureOf(error);
    if (!failure && isDatabaseAway(error)) throw error;
    // A bug of ours ends the poll of this source only, and is told as what it is.
    if (!failure) deps.log.error({ err: error, sourceId: source.id }, 'polling a source broke');
    const known: Failure = failure ?? { kind: 'unreadable', error: { kind: 'unreadable', reason: 'internal' } };
    const record = await failed(deps, source, known, now);
    deps.log.info({ sourceId: source.id, ...known.error, nextPollAt: record.nextPollAt }, 'source failed');
    return { kind: 'save', poll: { ...emptyPoll(source, lease), record } };
  }
}

const emptyPoll = (source: DueSource, lease: string): SourcePoll => ({
  sourceId: source.id,
  lease,
  connector: source.connector,
  arrivals: [],
  sighted: [],
  withdrawn: [],
  record: null,
});

async function ask(deps: PollDeps, lookup: Lookup, source: DueSource, lease: string, now: Date): Promise<Polled> {
  const connector = deps.connectorFor(source.connector);
  const settings = connector?.settings.safeParse(source.settings);
  if (!connector || !settings?.success) {
    throw new SourceError('refused', 'This version cannot read such a source', { reason: 'connector' });
  }
  const answer = await connector.poll({
    http: deps.http,
    settings: settings.data,
    namespace: `feed:${source.id}`,
    cursor: source.cursor,
    validators: {
      ...(source.etag === null ? {} : { etag: source.etag }),
      ...(source.last_modified === null ? {} : { lastModified: source.last_modified }),
      ...(source.body_hash === null ? {} : { bodyHash: source.body_hash }),
    },
    readFeed: deps.ingest.readFeed,
  });
  if (isPlain(source, answer)) {
    const record = recordAnswer(source, answer, { publishedAt: [], edits: 0, leftOut: 0, now });
    const keepsSource =
      record.etag === source.etag &&
      record.lastModified === source.last_modified &&
      source.failures === 0 &&
      source.failing_since === null &&
      source.last_error === null;
    return { kind: 'unchanged', sourceId: source.id, lease, record, keepsSource };
  }
  const hostname = connector.address(settings.data).hostname;
  const brought = await sortOut(deps, lookup, source, answer, { fetchedAt: now, hostname });
  const record = recordAnswer(source, answer, {
    publishedAt: brought.fresh.map(({ publishedAt }) => publishedAt),
    edits: brought.edits + brought.withdrawn.length,
    leftOut: brought.leftOut,
    now,
  });
  if (brought.leftOut > 0)
    deps.log.warn({ sourceId: source.id, leftOut: brought.leftOut }, 'a source brings more than we take in a day');
  record.moveTo = newPlace(deps, connector, settings.data, source, record);
  const poll = {
    ...emptyPoll(source, lease),
    connector: `${connector.name}/${connector.version}`,
    arrivals: brought.arrivals,
    sighted: brought.sighted,
    withdrawn: brought.withdrawn,
    notKept: brought.notKept,
    outgrown: brought.outgrown,
    record,
  };
  return { kind: 'save', poll };
}

type Brought = {
  arrivals: Arrival[];
  /** What was not there at the poll before. */
  fresh: UnderstoodMention[];
  edits: number;
  /** New items beyond what is taken in a day. */
  leftOut: number;
  sighted: number[];
  withdrawn: string[];
  notKept: string[];
  outgrown: Outgrown[];
};

/**
 * Known and unchanged items are left out before any work; the others are prepared and matched. Of a source that keeps only what a
 * topic matches the rest ends here: no word of it goes further, whether it is new or takes the place of words that a topic matched.
 */
async function sortOut(
  { db, keys, ingest, topics }: PollDeps,
  lookup: Lookup,
  source: DueSource,
  answer: PollAnswer,
  context: { fetchedAt: Date; hostname: string },
): Promise<Brought> {
  const raws = answer.items ?? [];
  const gone = (answer.withdrawals ?? []).map(({ namespace, externalId }) => keys.mention(namespace, externalId));
  const firstKeys = raws.map(({ namespace, externalId }) => keys.mention(namespace, externalId));
  const known = await lookup(source.id, [...firstKeys, ...gone]);
  const items = raws.map((raw, index) => identified(keys, raw, firstKeys[index]!, known));
  const altKeys = items.flatMap((item) => item.altKeys);
  for (const [key, row] of await lookup(source.id, altKeys)) known.set(key, row);

  const plans = plan(items, known, source.id);
  const matching = await topics?.ready();
  const keepsMatched = matching !== undefined && source.keeps === 'matched';
  const newKey = (index: number) => keys.notKept(source.id, items[index]!.key, items[index]!.fingerprint);
  const asked = keepsMatched ? plans.flatMap((one, index) => (one.kind === 'new' ? [newKey(index)] : [])) : [];
  const passed = await whichNotKept(db, asked);
  let room = roomFor(source, context.fetchedAt);
  const wanted = plans.flatMap((one, index) => {
    if (one.kind !== 'new') return one.kind === 'changed' ? [index] : [];
    if (passed.size > 0 && passed.has(newKey(index))) return [];
    room -= 1;
    return room < 0 ? [] : [index];
  });
  const prepared = await prepareSurely(
    ingest,
    wanted.map((index) => raws[index]!),
    context,
  );
  const brought: Brought = {
    arrivals: [],
    fresh: [],
    edits: 0,
    leftOut: Math.max(0, -room),
    sighted: [],
    withdrawn: [],
    notKept: [],
    outgrown: [],
  };
  const changed = keepsMatched ? plans.flatMap((one) => (one.kind === 'changed' ? one.known.mentionId! : [])) : [];
  const staysAnyway = await saidToBeAbout(db, changed);
  const from = { sourceId: source.id, sourceHost: sourceHost(source.settings), fetchedAt: context.fetchedAt };
  for (const [position, index] of wanted.entries()) {
    const one = plans[index]!;
    const mention = prepared[position];
    if (!mention || (one.kind !== 'new' && one.kind !== 'changed')) continue;
    if (one.kind === 'new') brought.fresh.push(mention);
    else brought.edits += 1;
    const document = matching && preparedDocument(mention, { ...from, isEdited: one.kind === 'changed' });
    const found = document && matching.match(document);
    const mentionId = one.kind === 'changed' ? one.known.mentionId : null;
    if (keepsMatched && found?.length === 0 && !(mentionId !== null && staysAnyway.has(mentionId))) {
      // Where a topic could not be asked, it is looked at again while the source shows it.
      if (!matching.isWhole) continue;
      if (mentionId === null) brought.notKept.push(newKey(index));
      else brought.outgrown.push({ mentionId, fingerprint: items[index]!.fingerprint });
      continue;
    }
    brought.arrivals.push({
      key: items[index]!.key,
      altKeys: one.altKeys,
      prepared: { ...mention, fingerprint: items[index]!.fingerprint },
      fetchedAt: context.fetchedAt,
      topics: found,
      document: document && packedDocument(document, mention.title),
    });
  }
  for (const one of plans) if (one.kind === 'sighted') brought.sighted.push(one.known.mentionId!);
  brought.withdrawn = gone.filter((key) => !known.has(key) || known.get(key)!.state === 'live');
  brought.withdrawn = brought.withdrawn.filter((key) => known.get(key)?.mentionId !== null);
  return brought;
}

/** Prepares in ever smaller parts when the whole is too much, so that one monstrous item costs itself only (null). */
async function prepareSurely(
  ingest: PollDeps['ingest'],
  raws: RawMention[],
  context: { fetchedAt: Date; hostname: string },
): Promise<(UnderstoodMention | null)[]> {
  if (raws.length === 0) return [];
  try {
    return await ingest.prepare(raws, context);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (raws.length === 1) return [null];
    const middle = raws.length >> 1;
    return [
      ...(await prepareSurely(ingest, raws.slice(0, middle), context)),
      ...(await prepareSurely(ingest, raws.slice(middle), context)),
    ];
  }
}

/** Alternative keys are worked out only for items whose first key is new: the others do not need them. */
function identified(keys: Keys, raw: RawMention, key: string, known: ReadonlyMap<string, KnownMention>): Identified {
  const altKeys = known.has(key) ? [] : (raw.altIds ?? []).map((altId) => keys.alternative(raw.namespace, altId));
  return { key, altKeys, fingerprint: fingerprintOf(raw), secondHand: raw.secondHand === true };
}

async function failed({ db }: PollDeps, source: DueSource, failure: Failure, now: Date) {
  const { host_key: hostKey } = source;
  if (hostKey === null) return recordFailure(source, failure, { now, blockedUntil: null });
  let told = failure;
  let state = await hostState(db, hostKey);
  // A site that limits us and then says "forbidden" means the same thing (sources.md 2.8).
  if (failure.kind === 'denied' && failure.error.status === 403 && state.limitedRecently) {
    told = { ...failure, kind: 'rate-limited', error: { ...failure.error, kind: 'rate-limited' } };
    await pauseHost(db, hostKey);
    state = await hostState(db, hostKey);
  }
  return recordFailure(source, told, { now, blockedUntil: state.blockedUntil });
}

/** A permanent redirect seen twice, a day apart: from now on the source is at its new address (sources.md 2.8). */
function newPlace(
  { allow, log }: PollDeps,
  // biome-ignore lint/suspicious/noExplicitAny: as in PollDeps.
  connector: Connector<any>,
  settings: unknown,
  source: DueSource,
  { movedTo, movedSeenAt, polledAt }: PollRecord,
): NewPlace | null {
  if (!movedTo || !movedSeenAt || polledAt.getTime() - movedSeenAt.getTime() < 86_400_000) return null;
  const moved = connector.settings.safeParse({ ...(settings as object), url: movedTo });
  if (!moved.success) return null;
  const address = connector.address(moved.data);
  log.info({ sourceId: source.id, hostname: address.hostname }, 'source moves, unless another is there');
  const place = connector.place(moved.data);
  return { settings: moved.data as Record<string, unknown>, place, hostKey: hostKeyOf(address, allow) };
}
