import { createHash } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type FeedFacts, makeFeed as make, readFeed, revokeFeed as revoke } from '#storage/search-feeds.ts';
import type { Viewer } from './access.ts';
import { seenSearch } from './access-saved-searches.ts';
import { newestFound } from './access-search.ts';
import { viewerFrom } from './auth-viewers.ts';
import { placeOf } from './client-place.ts';
import type { Deps, Env } from './env.ts';
import { atomFeed, type FeedContents, type FeedItem, jsonFeed } from './feed-document.ts';
import { createGate } from './gate.ts';
import { originFor } from './guards.ts';
import type { Language } from './language.ts';
import { ProblemError } from './problem.ts';
import { createRate } from './rate.ts';
import type { SearchFeed, SearchHit } from './schema-search.ts';

const mostItems = 50;
const mostTitleCharacters = 80;

/** A private address for a search that its viewer sees, in place of an earlier one. */
export async function makeFeed(
  deps: Pick<Deps, 'db' | 'ids' | 'publicUrl'>,
  c: Context<Env>,
  publicId: string,
): Promise<z.infer<typeof SearchFeed>> {
  const { viewer } = c.var;
  const { id } = await seenSearch(deps, viewer, publicId);
  const token = await make(deps.db, { searchId: id, personId: viewer.personId });
  // It went, or is shared no longer, since we looked.
  if (token === null) throw new ProblemError('not_found');
  const address = `${originFor(c, deps.publicUrl)}/feeds/${token}`;
  return { atom: `${address}.atom`, json: `${address}.json` };
}

/** The viewer's address of a search stops working. */
export async function revokeFeed(
  deps: Pick<Deps, 'db' | 'ids'>,
  { personId, ...viewer }: Viewer,
  publicId: string,
): Promise<void> {
  const { id } = await seenSearch(deps, { personId, ...viewer }, publicId);
  await revoke(deps.db, { searchId: id, personId });
}

/**
 * What the private address of a search shows now: what its person may see, and nothing once it was revoked, the search went out of
 * their sight or they left. Whoever guesses learns nothing, and is soon told to wait.
 */
export function createFeeds(deps: Deps): (c: Context<Env>, feed: string) => Promise<Response> {
  const ofAddress = createRate({ most: 60, windowMs });
  const fromPlace = createRate({ most: 600, windowMs });
  // However many programs come at the whole hour, the people behind their screens go first.
  const gate = createGate(2, 100);
  return async (c, feed) => {
    const [token, form] = feed.split('.') as [string, 'atom' | 'json'];
    if (!fromPlace(placeOf(c, deps.proxies)) || !ofAddress(token)) throw new ProblemError('busy');
    return await gate(async () => {
      const found = await readFeed(deps.db, token, deps.timeZone);
      if (!found) throw new ProblemError('not_found');
      const contents = await contentsOf(deps, found, originFor(c, deps.publicUrl));
      return answer(c, form, form === 'atom' ? atomFeed(contents) : jsonFeed(contents));
    });
  };
}
const windowMs = 600_000;

const contentTypes = { atom: 'application/atom+xml; charset=utf-8', json: 'application/feed+json; charset=utf-8' };

function answer(c: Context<Env>, form: 'atom' | 'json', body: string): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  // Asked for anew each time: revoking it counts at once.
  const headers = { etag, 'cache-control': 'private, no-cache' };
  const known = (c.req.header('if-none-match') ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*')) return c.body(null, 304, headers);
  return c.body(body, 200, { ...headers, 'content-type': contentTypes[form] });
}

async function contentsOf(deps: Deps, { person, search, madeAt }: FeedFacts, origin: string): Promise<FeedContents> {
  const language = person.language ?? 'nl';
  const id = `urn:buitenwacht:${deps.ids.encode('search', search.id)}`;
  const homeUrl = `${origin}/search?q=${encodeURIComponent(search.query)}`;
  const about = { id, title: search.name, language, homeUrl, madeAt: madeAt.toISOString() };
  try {
    const found = await newestFound(deps, viewerFrom(person), search.query, mostItems);
    return { ...about, items: found.map((one) => itemOf(one, origin, language)) };
  } catch (error) {
    // A name in it means nothing any more: silence would say that nobody says anything.
    if (!(error instanceof ProblemError) || error.code !== 'query_refused') throw error;
    const item = { id: `${id}:refused`, url: homeUrl, by: [], at: about.madeAt, ...refused[language] };
    return { ...about, items: [item] };
  }
}

const refused: Record<Language, { title: string; text: string }> = {
  nl: {
    title: 'Deze zoekvraag kan niet meer worden gesteld.',
    text: 'Een bron, onderwerp, kring of zoekvraag die erin staat is er niet meer. Open de zoekvraag om hem te herstellen.',
  },
  en: {
    title: 'This question can no longer be asked.',
    text: 'A source, topic, circle or search that it names no longer exists. Open the search to repair it.',
  },
};

const inside: Record<Language, string> = { nl: 'Binnen', en: 'Inside' };

function itemOf(
  { hit, threadId }: { hit: z.infer<typeof SearchHit>; threadId: string },
  origin: string,
  language: Language,
): FeedItem {
  const { excerpt, cut, at } = hit;
  const text = `${cut.before ? '… ' : ''}${excerpt}${cut.after ? ' …' : ''}`;
  const by = hit.kind === 'mention' ? [hit.source?.label ?? null, hit.author] : [inside[language], hit.person.name];
  return {
    id: `urn:buitenwacht:${hit.id}`,
    url: `${origin}/threads/${threadId}#${hit.id}`,
    title: hit.title ?? shortened(excerpt),
    by: by.filter((name) => name !== null),
    // No more than stands in the list: what is wiped here may stay in the programs that read along.
    text,
    at,
  };
}

function shortened(text: string): string {
  const characters = Array.from(text);
  if (characters.length <= mostTitleCharacters) return text;
  return `${characters.slice(0, mostTitleCharacters - 1).join('')}…`;
}
