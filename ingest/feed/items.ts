import type { MentionKind } from '#domain/mention.ts';
import { atomAuthor, atomPeople, rssAuthor } from './author.ts';
import type { Draft } from './identity.ts';
import { mediaOf } from './media.ts';
import { all, attribute, attributesOf, children, firstText, pick, textOf } from './node.ts';
import type { Fields, Node } from './rss-parser.ts';
import { absolute, languageTag, type Scope, within } from './scope.ts';
import { line, plainTitle, richText } from './text.ts';

/** What an item takes from the feed around it. */
export type FeedContext = { scope: Scope; author: Draft['author']; isComments: boolean };

/** Where the text of an item stands, best first (sources.md 4.1: content before summary). */
const rssTexts = [
  'content:encoded',
  'xhtml:body',
  'body',
  'fullitem',
  'atom:content',
  'content',
  'description',
  'summary',
  'atom:summary',
];
const lastTexts = ['itunes:summary', 'media:description', 'dc:description', 'itunes:subtitle'];

/** One RSS 0.9x, 1.0 or 2.0 item as a draft of a mention. */
export function rssItem(fields: Fields, feed: FeedContext): Draft {
  const scope = within(feed.scope, fields.attributes);
  const guid = all(fields, 'guid')[0];
  const id = firstText(fields, 'guid', 'id', 'atom:id', 'dc:identifier') ?? pick(fields.attributes ?? {}, 'rdf:about');
  const url = rssLink(fields, scope, guid);
  return assemble(fields, feed, {
    scope,
    isAtom: false,
    id,
    url,
    title: plainTitle(firstNode(fields, 'title', 'dc:title', 'media:title'), false),
    text: firstNode(fields, ...rssTexts, ...lastTexts) ?? mediaDescription(fields),
    author: rssAuthor(fields, scope.base) ?? feed.author,
    published: firstText(
      fields,
      'pubdate',
      'dc:date',
      'atom:published',
      'published',
      'date',
      'dcterms:issued',
      'dcterms:created',
      'created',
    ),
    edited: firstText(fields, 'atom:updated', 'updated', 'dcterms:modified', 'modified'),
    language: languageTag(firstText(fields, 'dc:language')),
  });
}

/** One Atom 0.3 or 1.0 entry as a draft of a mention. */
export function atomEntry(fields: Fields, feed: FeedContext): Draft {
  const scope = within(feed.scope, fields.attributes);
  const source = all(fields, 'source')[0];
  const published = firstText(fields, 'published', 'issued', 'created', 'dcterms:issued', 'dc:date', 'pubdate');
  const edited = firstText(fields, 'updated', 'modified', 'dcterms:modified');
  return assemble(fields, feed, {
    scope,
    isAtom: true,
    id: firstText(fields, 'id', 'guid'),
    url: firstAddress(firstText(fields, 'feedburner:origlink'), scope) ?? alternateLink(all(fields, 'link'), scope),
    title: plainTitle(firstNode(fields, 'title', 'media:title'), true),
    text: atomText(fields),
    author:
      atomAuthor(fields, 'author', scope.base) ??
      rssAuthor(fields, scope.base) ??
      (source === undefined ? undefined : atomPeople(children(source, 'author'), scope.base)) ??
      feed.author,
    published: published ?? edited,
    edited: published === undefined ? undefined : edited,
    language: languageTag(firstText(fields, 'dc:language')),
  });
}

type Parts = {
  scope: Scope;
  isAtom: boolean;
  id: string | undefined;
  url: string | undefined;
  title: string | undefined;
  text: Node | undefined;
  author: Draft['author'];
  published: string | undefined;
  edited: string | undefined;
  language: string | undefined;
};

function assemble(fields: Fields, feed: FeedContext, parts: Parts): Draft {
  const { scope, id, url, title, author } = parts;
  const textScope = parts.text === undefined ? scope : within(scope, attributesOf(parts.text));
  const rich = parts.text === undefined ? undefined : richText(parts.text, parts.isAtom);
  const media = mediaOf(fields, scope.base);
  const published = line(parts.published, 100);
  const edited = line(parts.edited, 100);
  const reply = all(fields, 'thr:in-reply-to')[0];
  const inReplyTo = reply && line(attribute(reply, 'ref') ?? attribute(reply, 'href'), 1024);
  const language = parts.language ?? textScope.language;
  const rating = starsOf(firstText(fields, 'im:rating'));
  return {
    kind: rating ? 'review' : kindOf(media, inReplyTo !== undefined || feed.isComments, url),
    ...(id !== undefined && { id }),
    ...(url !== undefined && { url }),
    ...(title !== undefined && { title }),
    ...rich,
    ...(rich && 'html' in rich && { baseUrl: textScope.baseIsDeclared ? textScope.base : (url ?? textScope.base) }),
    ...(author !== undefined && { author }),
    ...(language !== undefined && { language }),
    ...(published !== undefined && { publishedRaw: published }),
    ...(edited !== undefined && edited !== published && { editedRaw: edited }),
    ...(inReplyTo !== undefined && { inReplyTo }),
    ...(rating && { rating }),
    ...(media.length > 0 && { media }),
  };
}

/** Reviews as application shops publish them carry one to five stars (sources.md 5.5). */
function starsOf(written: string | undefined): Draft['rating'] {
  return written !== undefined && /^[1-5]$/.test(written) ? { value: Number(written), best: 5 } : undefined;
}

function kindOf(media: Draft['media'], isComment: boolean, url: string | undefined): MentionKind {
  if (isComment) return 'comment';
  const types = new Set(media?.map(({ type }) => type));
  if (types.has('audio')) return 'audio';
  if (types.has('video') || (url !== undefined && /^https?:\/\/(www\.)?youtube\.com\/watch/.test(url))) return 'video';
  return 'article';
}

function firstNode(fields: Fields, ...names: string[]): Node | undefined {
  for (const name of names) {
    const found = all(fields, name).find((node) => textOf(node) !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The first content a reader can read: an Atom entry may carry pictures or files as content, or point elsewhere. */
function atomText(fields: Fields): Node | undefined {
  const contents = all(fields, 'content').filter((node) => textOf(node) !== undefined);
  const readable = contents.find((node) => /^$|text|html|xml/.test(attribute(node, 'type') ?? ''));
  return (
    readable ?? firstNode(fields, 'content', 'summary', 'content:encoded', 'description') ?? mediaDescription(fields)
  );
}

const mediaDescription = (fields: Fields): Node | undefined =>
  firstNode(fields, 'media:description') ??
  all(fields, 'media:group').flatMap((group) => children(group, 'media:description'))[0];

/** Feedburner's original, `link`, a guid that says (or does not deny) it is an address, or an Atom link. */
function rssLink(fields: Fields, scope: Scope, guid: Node | undefined): string | undefined {
  const original = firstAddress(firstText(fields, 'feedburner:origlink'), scope);
  if (original !== undefined) return original;
  for (const node of all(fields, 'link')) {
    const own = within(scope, attributesOf(node));
    const isOther = /^(enclosure|self|replies|hub)$/.test(attribute(node, 'rel') ?? '');
    const found = isOther ? undefined : firstAddress(textOf(node) ?? attribute(node, 'href'), own);
    if (found !== undefined) return found;
  }
  const address =
    guid === undefined || attribute(guid, 'isPermaLink')?.toLowerCase() === 'false' ? undefined : textOf(guid);
  if (address !== undefined && /^https?:\/\//i.test(address)) return firstAddress(address, scope);
  return alternateLink(all(fields, 'atom:link'), scope);
}

/** rel=alternate, preferably a page, else the first link without a rel (sources.md 4.1). */
export function alternateLink(links: Node[], scope: Scope): string | undefined {
  const alternates = links.filter((node) => (attribute(node, 'rel') ?? 'alternate') === 'alternate');
  const best = alternates.find((node) => /html/.test(attribute(node, 'type') ?? '')) ?? alternates[0];
  if (best === undefined) return undefined;
  return firstAddress(attribute(best, 'href') ?? textOf(best), within(scope, attributesOf(best)));
}

/** An address as absolute; line breaks and spaces inside come from feeds that wrap their XML. */
const firstAddress = (written: string | undefined, scope: Scope): string | undefined =>
  written === undefined ? undefined : absolute(written.replace(/\s+/g, ''), scope.base);
