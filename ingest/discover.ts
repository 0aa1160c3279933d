import { type Http, HttpError } from '#platform/http.ts';
import { type Candidate, describe, guessKind } from './candidate.ts';
import type { PollContext } from './connector.ts';
import { feedAccept, placeOf } from './connectors/feed.ts';
import { SourceError } from './errors.ts';
import { decode } from './feed/decode.ts';
import { refusalOf } from './http-answer.ts';
import { guesses, knownFeeds } from './known-feeds.ts';
import { readPageLinks } from './page-links.ts';
import { mastodonBehind, type Pasted, readPasted } from './pasted-address.ts';
import { socialCandidate } from './social-candidate.ts';

export type { Candidate } from './candidate.ts';

export type Discovery = {
  /** What the address itself is, in a stable word: 'feed', 'account', 'hashtag', 'web-page', 'login', 'bot-wall', 'empty', 'not-a-feed'. */
  found: string;
  pageTitle: string | null;
  /** Best first; comment feeds last. */
  candidates: Candidate[];
  /** Feeds that were named but could not be read. */
  refused: { address: string; reason: string; status: number | null }[];
};

export type DiscoverDeps = { http: Http; readFeed: PollContext<unknown>['readFeed'] };

/** Named feeds are all asked, up to this many; spacing between them is the client's. */
const maxNamed = 8;

/**
 * What can be followed behind any pasted address: a feed, the feeds of a page, a Mastodon account or hashtag, a Bluesky
 * account (sources.md 4.2). A page that names no feed is tried at six usual places at most.
 * @throws HttpError when there is no answer or it may not be had; SourceError when the address itself refuses.
 */
export async function discover(address: string, deps: DiscoverDeps): Promise<Discovery> {
  const pasted = readPasted(address);
  if (!pasted) throw new HttpError('invalid-url', 'Not an address that can be read');
  if (pasted.is !== 'web') return discoverSocial(pasted, deps);
  const social = mastodonBehind(pasted.url);
  const candidate = social && (await socialCandidate(social, deps).catch(() => null));
  if (candidate) return { found: foundBySocial(social!), pageTitle: null, candidates: [candidate], refused: [] };
  const search = createSearch(deps);
  await search.tryAll(knownFeeds(pasted.url));
  if (search.candidates.length > 0) return search.answer('web-page', null);
  return discoverWeb(pasted, deps, search);
}

const foundBySocial = (pasted: Pasted): string => (pasted.is === 'hashtag' ? 'hashtag' : 'account');

async function discoverSocial(pasted: Pasted, deps: DiscoverDeps): Promise<Discovery> {
  const candidate = await socialCandidate(pasted, deps);
  if (!candidate) throw new SourceError('unreadable', 'No such account or hashtag', { reason: 'no-account' });
  return { found: foundBySocial(pasted), pageTitle: null, candidates: [candidate], refused: [] };
}

async function discoverWeb(pasted: Pasted & { is: 'web' }, deps: DiscoverDeps, search: Search): Promise<Discovery> {
  const answer = await fetchPage(pasted, deps.http);
  const refusal = refusalOf(answer);
  if (refusal) throw refusal;
  const contentType = answer.headers['content-type'];
  try {
    const document = await deps.readFeed(answer.body, contentType, answer.url, 'preview');
    search.add(answer.movedTo ?? pasted.url.href, document);
    return search.answer('feed', null);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const found = error.detail.reason ?? 'not-a-feed';
    if (!['web-page', 'login', 'bot-wall', 'not-a-feed'].includes(found)) throw error;
    return discoverPage(decode(answer.body, contentType).text, new URL(answer.url), found, search);
  }
}

async function discoverPage(html: string, page: URL, found: string, search: Search): Promise<Discovery> {
  const links = readPageLinks(html, page.href);
  await search.tryAll(links.alternates.slice(0, maxNamed).map(({ url }) => url));
  if (search.candidates.length === 0) await search.tryAll(links.anchors);
  if (search.candidates.length === 0) await search.tryAll(knownFeeds(page));
  if (search.candidates.length === 0 && found !== 'bot-wall') await search.guess(guesses(page, links.generator));
  return search.answer(found, links.title);
}

/**
 * Without a typed scheme https goes first; http, on the port that was typed, only when https has no answer at all. What the
 * rules on addresses and ports refuse they refuse for both.
 */
async function fetchPage({ url, schemeWasTyped }: Pasted & { is: 'web' }, http: Http) {
  const headers = { accept: `${feedAccept}, text/html;q=0.5` };
  try {
    return await http.request({ url: url.href, headers });
  } catch (error) {
    const isSilent = error instanceof HttpError && ['connect', 'tls', 'protocol'].includes(error.reason);
    if (schemeWasTyped || !isSilent) throw error;
    return http.request({ url: url.href.replace(/^https:/, 'http:'), headers });
  }
}

type Search = ReturnType<typeof createSearch>;

function createSearch({ http, readFeed }: DiscoverDeps) {
  const candidates: Candidate[] = [];
  const refused: Discovery['refused'] = [];
  const asked = new Set<string>();

  const add = (url: string, document: Awaited<ReturnType<typeof readFeed>>): void => {
    const place = placeOf(url);
    if (candidates.some((one) => one.place === place)) return;
    const address = new URL(url);
    const facts = describe(document.items, address.hostname);
    const isComments = document.items.length > 0 && document.items.every(({ kind }) => kind === 'comment');
    candidates.push({
      connector: 'feed',
      settings: { url },
      place,
      address: url,
      title: document.title ?? address.hostname,
      what: isComments || /\/comments\//.test(address.pathname) ? 'comments-feed' : 'feed',
      homeUrl: document.homeUrl ?? null,
      ...facts,
      language: document.language ?? facts.language,
      kind: guessKind(address, document, facts.perDay),
      skipped: document.skipped.length,
    });
  };

  const attempt = async (url: string, remember: boolean): Promise<void> => {
    if (asked.has(placeOf(url))) return;
    asked.add(placeOf(url));
    try {
      const answer = await http.request({ url, headers: { accept: feedAccept } });
      const refusal = refusalOf(answer);
      if (refusal) throw refusal;
      add(answer.movedTo ?? url, await readFeed(answer.body, answer.headers['content-type'], answer.url, 'preview'));
    } catch (error) {
      if (!(error instanceof SourceError) && !(error instanceof HttpError)) throw error;
      if (remember) refused.push({ address: url, ...wordsOf(error) });
    }
  };

  return {
    candidates,
    add,
    tryAll: async (urls: string[]): Promise<void> => {
      for (const url of urls) await attempt(url, true);
    },
    /** Guesses that fail are nobody's fault and are not told; the first that is a feed is enough. */
    guess: async (urls: string[]): Promise<void> => {
      for (const url of urls) {
        await attempt(url, false);
        if (candidates.length > 0) return;
      }
    },
    answer: (found: string, pageTitle: string | null): Discovery => ({
      found,
      pageTitle,
      candidates: candidates.toSorted(
        (a, b) => Number(a.what === 'comments-feed') - Number(b.what === 'comments-feed'),
      ),
      refused,
    }),
  };
}

function wordsOf(error: SourceError | HttpError): { reason: string; status: number | null } {
  if (error instanceof HttpError) return { reason: error.reason, status: null };
  return { reason: error.detail.reason ?? error.kind, status: error.detail.status ?? null };
}
