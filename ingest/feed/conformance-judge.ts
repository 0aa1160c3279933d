import type { RawMention } from '#domain/mention.ts';
import type { FeedDocument } from '#ingest/connector.ts';
import { readDate } from '#ingest/dates.ts';
import { sanitise } from '#ingest/sanitise.ts';
import { titleFromHtml } from './text.ts';

/** One assert of feedparser's own test files, on feedparser's own names (shared/corpora/feeds-conformance/README.md). */
export type Assert = { path: (string | number)[]; op: string; value: unknown };

/** Paths of feedparser that have no counterpart in a mention or its source, by the reason. Longest prefix first decides. */
const notKept: [pattern: RegExp, reason: string][] = [
  [/^(etag|modified|modified_parsed)$/, 'an HTTP header: the connector keeps it, not the reader'],
  [/^(encoding|version)$/, "a word for the format or charset in feedparser's spelling"],
  [/^feed$/, 'the whole feed as one object'],
  [/^feed\.(description|subtitle|tagline|info)(_detail)?\b/, 'a description of the source is not shown anywhere'],
  [/(copyright|rights|license|publisher|generator|docs|textinput|validity)/, 'says nothing about a mention'],
  [/^feed\.(image|thr_)/, 'says nothing about a mention'],
  [/^feed\.(author|contributors|authors)/, "the source's author is used for items without one, mail addresses never"],
  [/(tags|category)/, 'categories: topics are our own'],
  [/(itunes_|psc_|subtitle|media_(credit|rating|restriction|license|player))/, 'podcast and media details'],
  [/(where|geo)/, 'places are not used'],
  [/contributors/, 'one author line; contributors are not authors'],
  [/\.email$/, 'mail addresses are left out on purpose'],
  [/^entries\.\d+\.source\b/, 'only the author of atom:source is used'],
  [/_detail\.type$|content\.\d+\.type$/, 'types decide the reading and are then gone'],
  [/title_detail\.(base|language)$/, 'a title is plain text: it has no base and no language of its own'],
  [/links\.(?!0\.href)/, 'links other than the page are kept as media or not at all'],
  [/^feed\.links/, 'links other than the page are kept by relation only'],
  [
    /(guidislink|wfw_comment|madeup_element|thr_in-reply-to\.(source|type|href)|image\.href|hreflang|authors\.[1-9].*)$/,
    'not used',
  ],
  [/^entries\.\d+\.created$/, 'dates as text: judged through *_parsed'],
];

/** Why a path is not judged, or null when it is. */
export function reasonNotKept(path: Assert['path']): string | null {
  const written = path.join('.');
  return notKept.find(([pattern]) => pattern.test(written))?.[1] ?? null;
}

/** What we have where feedparser expects something, and what it expects, in forms that can be compared. */
export function judge(document: FeedDocument, { path, op, value }: Assert, url: string): string | null {
  const [first, index] = path;
  if (first === 'entries' && path.length === 1) return verdict(op, document.items, value);
  if (first === 'feed') return judgeFeed(document, String(path[1]), op, value);
  const item = document.items[Number(index)];
  if (!item) return 'there is no such item';
  return judgeItem(item, path.slice(2).join('.'), op, value, url);
}

function judgeFeed(document: FeedDocument, field: string, op: string, value: unknown): string | null {
  if (field === 'title' || field === 'title_detail') return titleVerdict(op, document.title, value);
  if (field === 'link') return verdict(op, document.homeUrl, value);
  if (field === 'language') return verdict(op, document.language, value ?? undefined);
  return `no judge for feed.${field}`;
}

function judgeItem(item: RawMention, field: string, op: string, value: unknown, url: string): string | null {
  if (/^title(_detail\.value)?$/.test(field)) return titleVerdict(op, item.title, value);
  if (/^(description|summary|content\.0\.value|summary_detail\.value)$/.test(field)) {
    const expected = typeof value === 'string' ? safe(value, url) : value;
    const got = item.html === undefined ? item.text && safe(escapeText(item.text), url) : safe(item.html, item.baseUrl);
    return verdict(op, got, expected);
  }
  if (/^enclosures\.(\d+)/.test(field)) return judgeEnclosure(item, field.split('.'), op, value);
  if (/_parsed$/.test(field)) return verdict(op, timeOf(item, field), Array.isArray(value) ? tuple(value) : value);
  const got: Record<string, unknown> = {
    link: item.url,
    'links.0.href': item.url,
    id: item.externalId,
    guid: item.externalId,
    author: item.author?.name,
    'author_detail.name': item.author?.name,
    'author_detail.url': item.author?.url,
    'authors.0.url': item.author?.url,
    language: item.language,
    'content.0.language': item.language,
    'summary_detail.language': item.language,
    'content.0.base': item.baseUrl,
    'summary_detail.base': item.baseUrl,
    'media_thumbnail.0.url': item.media?.find(({ type }) => type === 'image')?.url,
    'thr_in-reply-to.ref': item.inReplyTo,
  };
  return field in got ? verdict(op, got[field], value ?? undefined) : `no judge for ${field}`;
}

function judgeEnclosure(item: RawMention, [, index, part]: string[], op: string, value: unknown): string | null {
  const media = item.media?.[Number(index)];
  const got = { href: media?.url, url: media?.url, type: media?.mime, length: String(media?.bytes) };
  if (part !== undefined) return verdict(op, got[part as keyof typeof got], value);
  return verdict(op, { href: got.href, length: got.length, type: got.type }, value);
}

function timeOf(item: RawMention, field: string): string | undefined {
  const raw = field === 'updated_parsed' ? (item.editedRaw ?? item.publishedRaw) : item.publishedRaw;
  return raw === undefined ? undefined : readDate(raw, { hostname: null })?.toISOString().slice(0, 19);
}

const tuple = (parts: number[]): string =>
  new Date(Date.UTC(parts[0]!, parts[1]! - 1, parts[2], parts[3], parts[4], parts[5])).toISOString().slice(0, 19);

/** Titles are plain text with us, HTML with feedparser unless the feed says otherwise. */
function titleVerdict(op: string, got: string | undefined, value: unknown): string | null {
  if (typeof value !== 'string' || got === value) return verdict(op, got, value);
  return verdict(op, got, titleFromHtml(value, true).replace(/\s+/g, ' ').trim() || undefined);
}

/** Both sides through our own sanitiser: its allow-list is ours, relative addresses become absolute, wrappers go. */
function safe(html: string, base: string | undefined): string {
  return sanitise(html, base)
    .html.replace(/<\/?div>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function verdict(op: string, got: unknown, expected: unknown): string | null {
  const same = JSON.stringify(got) === JSON.stringify(expected);
  const size = Array.isArray(got) || typeof got === 'string' ? got.length : Number.NaN;
  const holds: Record<string, () => boolean> = {
    '==': () => same,
    '!=': () => !same,
    'len==': () => size === expected,
    contains: () => typeof got === 'string' && got.includes(String(expected)),
    lacks: () => !(typeof got === 'string' && got.includes(String(expected))),
    truthy: () => Boolean(got),
    falsy: () => !got,
  };
  if (holds[op]?.()) return null;
  return `${op} ${JSON.stringify(expected)?.slice(0, 120)}, got ${JSON.stringify(got)?.slice(0, 120)}`;
}
