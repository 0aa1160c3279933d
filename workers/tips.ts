import { setTimeout } from 'node:timers/promises';
import type { RawMention } from '#domain/mention.ts';
import { preparedDocument } from '#domain/prepared-document.ts';
import { canonicalUrl, urlKeyOf } from '#ingest/canonical-url.ts';
import { IngestClosedError, SourceError } from '#ingest/errors.ts';
import { fingerprintOf } from '#ingest/fingerprint.ts';
import { refusalOf } from '#ingest/http-answer.ts';
import type { UnderstoodMention } from '#ingest/prepare.ts';
import type { IngestThread } from '#ingest/thread.ts';
import { tipConnector, tipIdentity, tipOfText } from '#ingest/tip.ts';
import type { Http } from '#platform/http.ts';
import type { Log } from '#platform/log.ts';
import type { Database } from '#storage/database.ts';
import { packedDocument } from '#storage/document-vector.ts';
import type { Keys } from '#storage/keys.ts';
import { listen } from '#storage/listen.ts';
import { savePolls } from '#storage/mentions.ts';
import type { SourceLastError } from '#storage/schema.ts';
import {
  type ClaimedTip,
  claimTip,
  type KnownTip,
  knownTip,
  mentionUnder,
  postponeTip,
  refuseTip,
  settleTip,
  tipLease,
  tipSource,
} from '#storage/tip-work.ts';
import { tipsChannel } from '#storage/tips.ts';
import { isDatabaseAway } from '#storage/unavailable.ts';
import type { TopicMatcher } from './match-topics.ts';
import { type Failure, failureOf } from './poll-record.ts';

export type TipDeps = {
  db: Database;
  keys: Keys;
  http: Http;
  ingest: Pick<IngestThread, 'readTip' | 'prepare'>;
  log: Log;
  /** Left out: no topic is asked. What a colleague hands in is kept whatever topics say. */
  topics?: Pick<TopicMatcher, 'ready'> | undefined;
};

const atOnce = 3;
const sweepMs = 10_000;
/** Longer than one try can take: 20 s to fetch, waiting for a turn and reading included. */
const leaseSeconds = 90;
const mostTries = 3;
/** After the first and the second failure that may pass. */
const pauseSeconds = [30, 120];
/** How long a tip that is under way may go on after we were asked to stop. */
const graceMs = 3_000;
/** A server that asks for more patience than this gets it by being asked no more. */
const longestPauseSeconds = 600;

/**
 * Looks up what colleagues hand in: at once when it is kept, else within ten seconds. Any number of these may run; a tip is
 * worked on by one. `close` lets what is under way finish, or puts it back.
 */
export function startTips(deps: TipDeps & { databaseUrl: string }): { close: () => Promise<void> } {
  const { db, log, databaseUrl } = deps;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const underWay = new Set<number>();
  let failing = false;

  async function work(): Promise<void> {
    try {
      while (!stopping.signal.aborted) {
        const tip = await claimTip(db, leaseSeconds);
        if (!tip) break;
        // There may be more than one: another looks too.
        wake();
        underWay.add(tip.id);
        try {
          if (!stopping.signal.aborted) await lookUp(deps, tip);
          else await postponeTip(db, tip.id, 0, { uncounted: true });
        } finally {
          underWay.delete(tip.id);
        }
      }
      failing = false;
    } catch (err) {
      // One line when it begins, not one each time. A claimed tip comes back when its lease is over.
      if (!failing) log.warn({ err }, 'cannot look tips up');
      failing = true;
    }
  }
  function wake(): void {
    if (stopping.signal.aborted || running.size >= atOnce) return;
    const one = work().finally(() => running.delete(one));
    running.add(one);
  }

  const listener = listen(databaseUrl, tipsChannel, wake, (err) => log.warn({ err }, 'not listening'));
  const timer = setInterval(wake, sweepMs);
  return {
    async close() {
      stopping.abort();
      clearInterval(timer);
      await listener.close();
      await Promise.race([Promise.all(running), setTimeout(graceMs, null, { ref: false })]);
      // A slow site: they are for whoever comes next.
      for (const id of underWay) await postponeTip(db, id, 0, { uncounted: true });
    },
  };
}

/**
 * Takes a tip as far as it goes: fetched, read, saved as polled mentions are, and told to who handed it in. Safe to repeat at any
 * point. Throws only when the database is away.
 */
export async function lookUp(deps: TipDeps, tip: ClaimedTip): Promise<void> {
  const { db, log } = deps;
  try {
    const outcome = await found(deps, tip);
    if (outcome.kind === 'known' && (await settleTip(db, tip.id, outcome.mentionId))) {
      log.info({ tipId: tip.id }, 'tip looked up');
    } else await refuse(deps, tip, { kind: 'gone', reason: outcome.kind === 'erased' ? 'author-erased' : 'wiped' });
  } catch (error) {
    if (error instanceof IngestClosedError) return await postponeTip(db, tip.id, 0, { uncounted: true });
    const failure = failureOf(error);
    if (!failure && isDatabaseAway(error)) throw error;
    if (!failure) log.error({ err: error, tipId: tip.id }, 'looking a tip up broke');
    const why = failure?.error ?? { kind: 'unreadable', reason: 'internal' };
    const pause = Math.max(pauseSeconds[tip.tries - 1] ?? 0, failure?.retryAfterSeconds ?? 0);
    const isLast = tip.tries >= mostTries || pause > longestPauseSeconds;
    if (!isLast && mayPass(failure)) await postponeTip(db, tip.id, pause);
    else await refuse(deps, tip, why);
  }
}

/** A bug of ours may be one of the moment. */
function mayPass(failure: Failure | null): boolean {
  if (!failure) return true;
  const { kind, error } = failure;
  const isSettled = error.reason === 'redirects' || error.reason === 'contact-missing';
  return !isSettled && (kind === 'unreachable' || kind === 'rate-limited' || kind === 'waiting');
}

async function refuse({ db, log }: TipDeps, tip: ClaimedTip, why: SourceLastError): Promise<void> {
  await refuseTip(db, tip.id, why);
  log.info({ tipId: tip.id, ...why }, 'tip refused');
}

async function found(deps: TipDeps, { address, text, tries }: ClaimedTip): Promise<NonNullable<KnownTip>> {
  // It took its worker down so often that nobody begins it again.
  if (tries > mostTries) throw new SourceError('unreadable', 'Reading it was cut off', { reason: 'internal' });
  const { db, keys } = deps;
  const sourceId = await tipSource(db);
  const isPage = text === null;
  const lookIn = (identity: Identity, url: string | null, textKey: string | null) =>
    knownTip(db, {
      sourceId,
      isPage,
      mention: keys.mention(identity.namespace, identity.externalId),
      url: url === null ? null : keys.join('url', url),
      text: textKey === null ? null : keys.join('text', textKey),
    });

  const known = await lookIn(tipIdentity(address, text), address === null ? null : urlKeyOf(address), null);
  if (known) return known;
  const raw = text === null ? await fetched(deps, address!) : tipOfText(text, address);
  const fetchedAt = new Date();
  const [prepared] = await deps.ingest.prepare([raw], { fetchedAt, hostname: hostnameOf(raw) });
  const copy = await lookIn(raw, prepared!.urlKey, prepared!.textKey);
  if (copy) return copy;
  return await saved(deps, sourceId, raw, prepared!, fetchedAt);
}

type Identity = Pick<RawMention, 'namespace' | 'externalId'>;

const hostnameOf = ({ url }: RawMention): string | null => (url === undefined ? null : new URL(url).hostname);

async function fetched({ http, ingest }: TipDeps, address: string): Promise<RawMention> {
  const answer = await http.request({ url: address, headers: { accept: 'text/html, application/xhtml+xml' } });
  const refusal = refusalOf(answer);
  if (refusal) throw refusal;
  return await ingest.readTip(answer.body, answer.headers['content-type'], canonicalUrl(answer.url) ?? address);
}

/** One mention of one source in a poll of its own, on the path of every other. */
async function saved(
  { db, keys, topics }: TipDeps,
  sourceId: number,
  raw: RawMention,
  mention: UnderstoodMention,
  fetchedAt: Date,
): Promise<NonNullable<KnownTip>> {
  const key = keys.mention(mention.namespace, mention.externalId);
  const prepared = { ...mention, fingerprint: fingerprintOf(raw) };
  const matching = await topics?.ready();
  const document = matching && preparedDocument(prepared, { sourceId, sourceHost: null, isEdited: false, fetchedAt });
  const found = document && { topics: matching.match(document), document: packedDocument(document, prepared.title) };
  const arrival = { key, altKeys: [], prepared, fetchedAt, ...found };
  const poll = { sourceId, lease: tipLease, connector: tipConnector, arrivals: [arrival], sighted: [], withdrawn: [] };
  const report = await savePolls(db, keys, [{ ...poll, record: null }]);
  if (report.dropped.length > 0) throw new Error('The source of tips has another lease');
  const mentionId = await mentionUnder(db, key);
  return mentionId === null ? { kind: 'erased' } : { kind: 'known', mentionId };
}
