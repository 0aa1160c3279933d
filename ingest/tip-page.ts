import type { MentionKind, RawMention } from '#domain/mention.ts';
import { bareHostname, canonicalUrl, urlKeyOf } from './canonical-url.ts';
import { SourceError } from './errors.ts';
import { decode } from './feed/decode.ts';
import { absolute, languageTag } from './feed/scope.ts';
import { isWebPage, webPageInstead } from './feed/web-page.ts';
import { type Article, articleIn } from './json-ld.ts';
import { type PageElement, type PageParts, partsOf, prune } from './page-parts.ts';
import { tipIdentity } from './tip.ts';

/** What stands after this in a page is not looked at. */
const longestPage = 2_000_000;
const mostArticles = 20;
/** With less than this a page may be a door instead of a text. */
const shortText = 200;
/** Parts of an article that are not its words. */
const notItsWords = new Set('script style noscript template nav aside header footer form button svg iframe'.split(' '));

/**
 * A web page as the mention it is: title, words, author, time and language from what it says of itself for machines
 * (JSON-LD of schema.org, Open Graph), else from its elements. `url` is where the bytes came from.
 * @throws SourceError('unreadable') with a reason: 'not-a-page', 'empty', 'no-text', 'login', 'bot-wall', 'encoding', 'too-large'.
 */
export function readTipPage(bytes: Uint8Array, contentType: string | undefined, url: string): RawMention {
  const source = pageText(bytes, contentType);
  const page = partsOf(source);
  const meta = metaOf(page);
  const article = articleIn(
    page.all('script').flatMap((script) => (/ld\+json/i.test(script.attribs.type ?? '') ? page.text(script) : [])),
  );
  // Read before the article is pruned: its header has the heading and the time.
  const heading = headingOf(page);
  const content = contentOf(page, article, article.description ?? meta('og:description') ?? meta('description'));
  const title = article.headline ?? meta('og:title') ?? (content.text === '' ? undefined : heading);
  if (content.text.length < shortText) throwDoor(source);
  if (!title && content.text === '') throw unreadable('no-text', 'A page without words');
  const address = addressOf(page, meta('og:url'), url);
  const published = article.publishedRaw ?? meta('article:published_time') ?? first(page, 'time', 'datetime');
  const edited = article.editedRaw ?? meta('article:modified_time');
  const language = [article.language, first(page, 'html', 'lang'), meta('og:locale')].map(languageTag).find(Boolean);
  const author = article.author ?? nameOnly(meta('author') ?? meta('article:author'));
  return {
    ...tipIdentity(address, null),
    url: address,
    kind: kindOf(article.type),
    baseUrl: url,
    ...content.as,
    ...(title && { title }),
    ...(author && { author }),
    ...(published && { publishedRaw: published }),
    ...(edited && { editedRaw: edited }),
    ...(language && { language }),
  };
}

function pageText(bytes: Uint8Array, contentType: string | undefined): string {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  const saysHtml = /^(text\/html|application\/xhtml\+xml)$/.test(type);
  // Servers that do not know call a page plain text or bytes.
  const mayBeHtml = saysHtml || type === '' || type === 'text/plain' || type === 'application/octet-stream';
  if (!mayBeHtml) throw unreadable('not-a-page', 'No web page');
  const { text } = decode(bytes, contentType);
  if (!/\S/.test(text.slice(0, longestPage))) throw unreadable('empty', 'The answer is empty');
  if (!saysHtml && !isWebPage(text)) throw unreadable('not-a-page', 'No web page');
  return text.slice(0, longestPage);
}

type Content = { text: string; as: Pick<RawMention, 'html' | 'text'> };

/** The longest of its articles or what it gives machines; where those say little its main part or its description. */
function contentOf(page: PageParts, article: Article, description: string | undefined): Content {
  const articles = page.all('article').slice(0, mostArticles);
  const found = longest([...articles.map((one) => ofElement(page, one)), ofText(article.body)]);
  if (found.text.length >= shortText) return found;
  const main = page.all('main')[0] ?? page.all('div').find(({ attribs }) => attribs.role === 'main');
  return longest([found, ...(main ? [ofElement(page, main)] : []), ofText(description)]);
}

const longest = (contents: Content[]): Content => contents.reduce((a, b) => (b.text.length > a.text.length ? b : a));

function ofElement(page: PageParts, element: PageElement): Content {
  prune(
    element,
    ({ name, attribs }) => notItsWords.has(name) || 'hidden' in attribs || attribs['aria-hidden'] === 'true',
  );
  return { text: page.text(element).replace(/\s+/g, ' ').trim(), as: { html: page.html(element) } };
}

const ofText = (text: string | undefined): Content => ({ text: text?.trim() ?? '', as: text ? { text } : {} });

/** A door instead of a text: a form to sign in, or a question whether we are human. */
function throwDoor(source: string): void {
  const instead = webPageInstead(source);
  if (instead.detail.reason === 'login' || instead.detail.reason === 'bot-wall') throw instead;
}

/** What `<meta>` says, by property or name; the first that says anything. */
function metaOf(page: PageParts): (name: string) => string | undefined {
  const said = new Map<string, string>();
  for (const { attribs } of page.all('meta')) {
    const name = (attribs.property ?? attribs.name ?? '').toLowerCase();
    const content = attribs.content?.trim();
    if (name && content && !said.has(name)) said.set(name, content);
  }
  return (name) => said.get(name);
}

/** The value of an attribute on the first element of a name that has it. */
const first = (page: PageParts, name: string, attribute: string): string | undefined =>
  page.all(name).find(({ attribs }) => attribs[attribute])?.attribs[attribute];

const headingOf = (page: PageParts): string | undefined =>
  [page.all('h1')[0], page.all('title')[0]].map((element) => element && page.text(element).trim()).find(Boolean);

/** `article:author` is often the address of a profile. */
const nameOnly = (name: string | undefined) => (name && !/^https?:/i.test(name) ? { name } : undefined);

/**
 * The address under which a page wants to be known, if that lies on its own site and is not the home page: else any page could
 * pass for another's, and a whole site for one mention.
 */
function addressOf(page: PageParts, ogUrl: string | undefined, url: string): string {
  const own = canonicalUrl(url) ?? url;
  const base = absolute(first(page, 'base', 'href') ?? '', url) ?? url;
  const link = page.all('link').find(({ attribs }) => /(^|\s)canonical(\s|$)/i.test(attribs.rel ?? ''));
  for (const named of [link?.attribs.href, ogUrl]) {
    const resolved = named === undefined ? undefined : absolute(named, base);
    const canonical = resolved === undefined ? null : canonicalUrl(resolved);
    if (canonical === null || urlKeyOf(canonical) === null) continue;
    if (bareHostname(new URL(canonical).hostname) === bareHostname(new URL(own).hostname)) return canonical;
  }
  return own;
}

function kindOf(type: string | undefined): MentionKind {
  if (type === undefined) return 'article';
  if (/Review$/.test(type)) return 'review';
  return /^(Comment|Answer|Question|(Discussion|SocialMedia)\w*Posting)$/.test(type) ? 'post' : 'article';
}

const unreadable = (reason: string, message: string) => new SourceError('unreadable', message, { reason });
