import { decodeHTML } from 'entities';
import { absolute } from './feed/scope.ts';
import { readStartTag, type Tag } from './feed/tag.ts';
import { line, titleFromHtml } from './feed/text.ts';

export type PageLinks = {
  title: string | null;
  generator: string | null;
  /** Feeds that the page names in its head, in its order. */
  alternates: { url: string; title: string | null }[];
  /** Links on the same host that look like feeds. */
  anchors: string[];
};

/** Feeds stand near the top of a page; what comes after this is not looked at. */
const longestPage = 1_500_000;
const maxTags = 50_000;
const feedType = /^(application\/(rss\+xml|atom\+xml|feed\+json|rdf\+xml)|text\/xml)\b/i;
const feedPath = /(\/(feed|rss)\/?|\.(rss|xml|atom|rdf))$/i;

/** What a web page says about its feeds, in one linear pass without building a tree (sources.md 4.2). */
export function readPageLinks(html: string, pageUrl: string): PageLinks {
  const found: PageLinks = { title: null, generator: null, alternates: [], anchors: [] };
  const text = html.slice(0, longestPage);
  const page = URL.parse(pageUrl);
  let base = pageUrl;
  let tags = 0;
  let lost = false;
  for (let at = text.indexOf('<'); at >= 0 && tags < maxTags; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      const end: number = lost ? -1 : text.indexOf('-->', at + 4);
      lost ||= end < 0;
      at = end < 0 ? at + 4 : end + 3;
      continue;
    }
    const tag = tagAt(text, at);
    if (!tag) {
      at++;
      continue;
    }
    tags++;
    at = tag.to;
    const name = tag.name.toLowerCase();
    if (name === 'script' || name === 'style') at = skipPast(text, at, `</${name}`);
    else if (name === 'title')
      found.title ??= line(titleFromHtml(text.slice(at, at + 1000).split('<')[0]!, true), 300) ?? null;
    else if (name === 'base') base = absolute(get(tag, 'href'), pageUrl) ?? base;
    else if (name === 'meta' && get(tag, 'name').toLowerCase() === 'generator')
      found.generator = get(tag, 'content').slice(0, 100);
    else if (name === 'link') addAlternate(found, tag, base);
    else if (name === 'a' && page) addAnchor(found, tag, base, page);
  }
  return found;
}

/** A tag, or null for end tags, declarations and tags beyond the limits of a feed. */
function tagAt(text: string, at: number): Tag | null {
  try {
    return readStartTag(text, at);
  } catch {
    return null;
  }
}

function skipPast(text: string, at: number, mark: string): number {
  const end = text.indexOf(mark, at);
  return end < 0 ? text.length : end;
}

const get = (tag: Tag, name: string): string =>
  decodeHTML(tag.attributes.find((one) => one.name.toLowerCase() === name)?.value ?? '').trim();

function addAlternate(found: PageLinks, tag: Tag, base: string): void {
  const rels = get(tag, 'rel').toLowerCase().split(/\s+/);
  const type = get(tag, 'type');
  const href = get(tag, 'href');
  const title = get(tag, 'title');
  const isJsonFeed = /^application\/json\b/i.test(type) && /feed/i.test(title + href) && !/oembed|wp-json/i.test(href);
  if (!rels.includes('alternate') || !(feedType.test(type) || isJsonFeed)) return;
  const url = absolute(href, base);
  if (url === undefined || found.alternates.length >= 20 || found.alternates.some((one) => one.url === url)) return;
  found.alternates.push({ url, title: line(title, 200) ?? null });
}

function addAnchor(found: PageLinks, tag: Tag, base: string, page: URL): void {
  const href = get(tag, 'href');
  if (href === '' || found.anchors.length >= 5) return;
  const url = absolute(href, base);
  const target = url === undefined ? null : URL.parse(url);
  if (!target || target.hostname !== page.hostname || !feedPath.test(target.pathname)) return;
  target.hash = '';
  if (!found.anchors.includes(target.href)) found.anchors.push(target.href);
}
