import { load } from 'cheerio/slim';
import type { FeedDocument } from '#ingest/connector.ts';
import { SourceError } from '#ingest/errors.ts';
import { atomAuthor, nameOf } from './author.ts';
import { decode } from './decode.ts';
import { type Draft, identify } from './identity.ts';
import { alternateLink, atomEntry, type FeedContext, rssItem } from './items.ts';
import { readJsonFeed } from './json-feed.ts';
import { feedLimits } from './limits.ts';
import { newestFirstPart } from './newest.ts';
import { all, attribute, children, firstText, textOf } from './node.ts';
import { type Repaired, repair } from './repair.ts';
import { type Fields, parseFeed } from './rss-parser.ts';
import { absolute, languageTag, type Scope, within } from './scope.ts';
import { plainTitle } from './text.ts';
import { isWebPage, webPageInstead } from './web-page.ts';

/**
 * Reads any feed: RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0, JSON Feed, mended where it is broken (sources.md 4.1).
 * `url` is the address the bytes came from; `namespace` goes into every item.
 * @throws SourceError('unreadable') with a reason: 'empty', 'web-page', 'login', 'bot-wall', 'not-a-feed', 'encoding',
 * 'too-deep', 'too-large'.
 */
export async function readFeed(
  bytes: Uint8Array,
  contentType: string | undefined,
  url: string,
  namespace: string,
): Promise<FeedDocument> {
  const { text } = decode(bytes, contentType);
  const first = /\S/.exec(text)?.[0];
  if (first === undefined) throw new SourceError('unreadable', 'The answer is empty', { reason: 'empty' });
  if (first === '{' || first === '[') return readJsonFeed(text, url, namespace);
  if (isWebPage(text)) throw webPageInstead(text);
  const repaired = wellFormed(repair(text));
  if (repaired.root.name === 'html') throw webPageInstead(text);
  if (!feedRoots.has(repaired.root.name)) {
    throw new SourceError('unreadable', 'This is XML, but no feed', { reason: 'not-a-feed' });
  }
  return readXmlFeed(repaired, url, namespace);
}

const feedRoots = new Set(['rss', 'feed', 'rdf', 'rdf:rdf', 'channel', 'item', 'entry']);

/** Damaged tags are beyond the repair pass: cheerio reads them as a browser would, and what it writes is read again. */
function wellFormed(repaired: Repaired): Repaired {
  if (repaired.wellFormed) return repaired;
  return repair(load(repaired.xml, { xml: true }).xml());
}

async function readXmlFeed(repaired: Repaired, url: string, namespace: string): Promise<FeedDocument> {
  const { kept, dropped } = newestFirstPart(repaired.items, ({ from, to }) => dateIn(repaired.xml.slice(from, to)));
  const parsed = await parseFeed(dropped > 0 ? withItems(repaired, kept) : repaired);
  const isAtom = repaired.root.name === 'feed';
  const feed = parsed.feed;
  const root = Object.fromEntries(repaired.root.attributes.map(({ name, value }) => [name, value]));
  const outer: Scope = { base: url, baseIsDeclared: false, language: undefined };
  const scope = within(isAtom ? outer : within(outer, root), feed.attributes);
  const homeUrl = homeOf(feed, isAtom, scope);
  const title = plainTitle(all(feed, 'title').find((node) => textOf(node)) ?? all(feed, 'dc:title')[0], isAtom);
  const language = languageTag(firstText(feed, 'language', 'dc:language')) ?? scope.language;
  const context: FeedContext = {
    // What the feed says of itself holds for every item that does not say otherwise.
    scope: { ...scope, language },
    author: feedAuthor(feed, isAtom, scope),
    isComments: isComments(url, title),
  };

  const skipped: FeedDocument['skipped'] = dropped > 0 ? [{ index: kept.length, reason: 'too-many-items' }] : [];
  const places: number[] = [];
  const drafts = parsed.items.flatMap((item, index): Draft[] => {
    const draft = item && (isAtom ? atomEntry(item, context) : rssItem(item, context));
    if (!draft || isEmpty(draft)) {
      skipped.push({ index, reason: draft ? 'empty' : 'damaged' });
      return [];
    }
    places.push(index);
    return [draft];
  });
  const { items, repeated } = identify(drafts, namespace);
  skipped.push(...repeated.map((place) => ({ index: places[place]!, reason: 'repeated' })));

  return {
    ...(title && { title }),
    ...(homeUrl && { homeUrl }),
    ...(language && { language }),
    format: formatOf(repaired),
    items,
    // Each costs a key that is kept for good.
    withdrawals: all(feed, 'at:deleted-entry')
      .slice(0, feedLimits.items)
      .flatMap((node) => {
        const externalId = attribute(node, 'ref');
        return externalId ? [{ externalId, namespace }] : [];
      }),
    skipped,
    ...scheduleOf(feed),
    links: linksOf(feed, isAtom, scope),
  };
}

/** An item that says nothing at all is no mention. */
const isEmpty = ({ id, url, title, html, text, media }: Draft): boolean =>
  !(id || url || title || html || text || media);

function dateIn(item: string): string | undefined {
  return /<(?:\w{1,20}:)?(?:pubdate|published|updated|modified|date)\b[^>]{0,100}>([^<]{4,60})</i.exec(
    item.slice(0, 20_000),
  )?.[1];
}

/** The document with these items only. */
function withItems(repaired: Repaired, kept: Repaired['items']): Repaired {
  let xml = repaired.xml.slice(0, repaired.items[0]!.from);
  const items = kept.map(({ from, to }) => {
    const start = xml.length;
    xml += repaired.xml.slice(from, to);
    return { from: start, to: xml.length };
  });
  return { ...repaired, xml: xml + repaired.xml.slice(repaired.items.at(-1)!.to), items };
}

function homeOf(feed: Fields, isAtom: boolean, scope: Scope): string | undefined {
  if (isAtom) return alternateLink(all(feed, 'link'), scope);
  const written = firstText(feed, 'link');
  return (
    (written && absolute(written, scope.base)) ??
    alternateLink([...all(feed, 'link'), ...all(feed, 'atom:link')], scope)
  );
}

function feedAuthor(feed: Fields, isAtom: boolean, scope: Scope): Draft['author'] {
  const atom = isAtom ? atomAuthor(feed, 'author', scope.base) : undefined;
  const name = nameOf(firstText(feed, 'dc:creator', 'managingeditor', 'itunes:author', ...(isAtom ? [] : ['author'])));
  return atom ?? (name === undefined ? undefined : { name });
}

/** WordPress and its like: /comments/feed, "Comments on: …", "Reacties op: …". */
const isComments = (url: string, title: string | undefined): boolean =>
  /\/comments\/feed|[?&]feed=comments|\/comments\/default/.test(url) ||
  /^(comments (on|for|voor)|reacties (op|voor))\b/i.test(title ?? '');

function formatOf({ root }: Repaired): string {
  const get = (name: string): string => root.attributes.find((one) => one.name.toLowerCase() === name)?.value ?? '';
  if (root.name === 'feed') {
    const isOld =
      root.attributes.some(({ value }) => value.startsWith('http://purl.org/atom/ns#')) || get('version') === '0.3';
    return isOld ? 'atom 0.3' : 'atom 1.0';
  }
  if (root.name.startsWith('rdf')) {
    return root.attributes.some(({ value }) => value.includes('netscape.com/rdf')) ? 'rss 0.90' : 'rss 1.0';
  }
  return `rss ${/^\d(\.\d{1,2})?$/.exec(get('version'))?.[0] ?? '2.0'}`;
}

const periodSeconds: Record<string, number> = {
  hourly: 3600,
  daily: 86_400,
  weekly: 604_800,
  monthly: 2_592_000,
  yearly: 31_536_000,
};

/** `ttl` in minutes, the syndication module, and the hours (GMT) and days that a feed asks to be left alone. */
function scheduleOf(feed: Fields): Pick<FeedDocument, 'ttlSeconds' | 'skipHours' | 'skipDays'> {
  const ttl = Number(firstText(feed, 'ttl')) * 60;
  const period = periodSeconds[firstText(feed, 'sy:updateperiod')?.toLowerCase() ?? ''];
  const frequency = Number(firstText(feed, 'sy:updatefrequency') ?? 1);
  const seconds = Math.max(ttl > 0 ? ttl : 0, period && frequency >= 1 ? period / frequency : 0);
  const skipHours = all(feed, 'skiphours')
    .flatMap((node) => children(node, 'hour').map((hour) => Number(textOf(hour))))
    .filter((hour) => Number.isInteger(hour) && hour >= 0 && hour <= 24)
    .map((hour) => hour % 24);
  const skipDays = all(feed, 'skipdays')
    .flatMap((node) => children(node, 'day').map((day) => textOf(day) ?? ''))
    .filter((day) => /^(mon|tues|wednes|thurs|fri|satur|sun)day$/i.test(day));
  return {
    ...(Number.isFinite(seconds) && seconds > 0 && { ttlSeconds: Math.round(seconds) }),
    ...(skipHours.length > 0 && skipHours.length < 24 && { skipHours: [...new Set(skipHours)] }),
    ...(skipDays.length > 0 && skipDays.length < 7 && { skipDays: [...new Set(skipDays)] }),
  };
}

function linksOf(feed: Fields, isAtom: boolean, scope: Scope): FeedDocument['links'] {
  const nodes = isAtom ? all(feed, 'link') : all(feed, 'atom:link');
  return nodes.slice(0, 50).flatMap((node) => {
    const rel = attribute(node, 'rel');
    const href = absolute(attribute(node, 'href') ?? '', scope.base);
    return rel && rel !== 'alternate' && href ? [{ rel: rel.slice(0, 100), href }] : [];
  });
}
