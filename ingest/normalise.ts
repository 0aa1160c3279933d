import { hash } from 'node:crypto';
import sanitizeHtml from 'sanitize-html';
import type { Author, Media, PreparedMention, PublishedBy, RawMention } from '#domain/mention.ts';
import { tokens } from '#domain/tokens.ts';
import { canonicalUrl, mediaUrl, urlKeyOf } from './canonical-url.ts';
import { readDate } from './dates.ts';
import { boundText, oneLine, plainText, storableText, unescapeSafe } from './plain-text.ts';
import { sanitise } from './sanitise.ts';

export type NormaliseContext = {
  fetchedAt: Date;
  /** Of the source: decides time zones and what `ref` means in an address. */
  hostname: string | null;
};
/** All of a mention that can be read off its raw form; language and tone are judged afterwards. */
export type NormalisedMention = Omit<PreparedMention, 'language' | 'languageBy' | 'sentiment' | 'fingerprint'>;

const maxTextBytes = 256 * 1024;
const maxTitleBytes = 1024;
const maxNameBytes = 200;
const maxIdLength = 1_000;
const maxMedia = 20;
/** Equal texts shorter than this say nothing about sameness (design section 8). */
const minJoinTokens = 20;

/** A raw mention as facts that are safe to store and show. Every field has a fallback: no input makes this throw. */
export function normalise(raw: RawMention, context: NormaliseContext): NormalisedMention {
  const title = titleOf(raw.title);
  const body = bodyOf(raw);
  const url = raw.url === undefined ? null : canonicalUrl(raw.url.trim(), context.hostname);
  const published = publishedOf(raw, url, context);
  const media = mediaOf(raw, body.media);
  const rating = ratingOf(raw.rating);
  return {
    externalId: storableId(raw.externalId),
    namespace: storableId(raw.namespace),
    altIds: (raw.altIds ?? []).map(storableId),
    kind: raw.kind,
    canonicalUrl: url,
    urlKey: url === null || raw.urlIsOwn === false ? null : urlKeyOf(url),
    textKey: raw.kind === 'review' || rating ? null : textKeyOf(body.text),
    author: authorOf(raw.author),
    title,
    html: body.html,
    text: body.text,
    publishedAt: published.at,
    publishedBy: published.by,
    editedAt: editedOf(raw, published.at, context),
    rating,
    secondHand: raw.secondHand === true,
    inReplyTo: raw.inReplyTo ? storableId(raw.inReplyTo) : null,
    media,
    contentHash: contentHashOf(title, body.text, media, rating),
  };
}

/** Ids are the source's and stay as they are, unless no database could hold them; a very long one is told by its hash. */
export function storableId(id: string): string {
  const clean = storableText(id);
  return clean.length <= maxIdLength ? clean : `${clean.slice(0, 900).toWellFormed()}~${hash('sha256', clean, 'hex')}`;
}

function bodyOf(raw: RawMention): { html: string | null; text: string; media: Media[] } {
  // Most posts and many descriptions hold no markup: one look is 30 times cheaper than a parser.
  if (raw.html !== undefined && /[<&]/.test(raw.html)) {
    const safe = sanitise(raw.html, raw.baseUrl ?? raw.url);
    const text = boundText(plainText(safe.html), maxTextBytes);
    return { html: safe.html.includes('<') ? safe.html : null, text, media: safe.media };
  }
  const text = storableText(raw.html || raw.text || '');
  return { html: null, text: boundText(text.replace(/\n{3,}/g, '\n\n').trim(), maxTextBytes), media: [] };
}

/** Whatever is not a whole inline tag, as feeds put them into titles, is what the author wrote: `List<int>`, `a<b`. */
const notTitleTag =
  /<(?!\/?(?:a|abbr|b|br|code|div|em|font|h[1-6]|i|img|p|q|s|small|span|strike|strong|sub|sup|u)(?:\s[^<>]*)?\/?>)/gi;

/** One line, entities decoded once, inline tags gone. A title is text: nothing in it is markup any more. */
function titleOf(title: string | undefined): string | null {
  if (title === undefined) return null;
  const bounded = title.slice(0, maxTitleBytes * 8);
  const text = /[<&]/.test(bounded)
    ? unescapeSafe(sanitizeHtml(bounded.replace(notTitleTag, '&lt;'), { allowedTags: [], allowedAttributes: {} }))
    : bounded;
  return oneLine(text, maxTitleBytes) || null;
}

function authorOf(raw: Author | undefined): Author | null {
  if (!raw) return null;
  const author: Author = {};
  const name = nameOf(raw.name ?? '');
  const handle = oneLine(raw.handle ?? '', maxNameBytes);
  const url = raw.url ? canonicalUrl(raw.url.trim()) : null;
  if (name) author.name = name;
  if (handle) author.handle = handle;
  if (url) author.url = url;
  if (raw.externalId) author.externalId = storableId(raw.externalId);
  return Object.keys(author).length === 0 ? null : author;
}

/** RSS writes authors as `address (name)` or `name <address>`: the name is what readers see, the address not ours to keep. */
function nameOf(raw: string): string {
  const line = oneLine(titleOf(raw) ?? '', maxNameBytes);
  const inParentheses = /^\S+@\S+ \((.+)\)$/.exec(line)?.[1];
  const name = inParentheses ?? line.replace(/[<(]?\S+@\S+\.\S+[>)]?/g, '').trim();
  return name === '' ? (line.split('@')[0] ?? '').replace(/^[<(]/, '') : name;
}

const earliest = Date.UTC(2000, 0, 1);
const clockSkewMs = 10 * 60_000;

/** sources.md 2.5: a time before 2000 or in the future was not meant. */
function isPlausible(at: Date | null, { fetchedAt }: NormaliseContext): at is Date {
  return at !== null && at.getTime() >= earliest && at.getTime() <= fetchedAt.getTime() + clockSkewMs;
}

function publishedOf(raw: RawMention, url: string | null, context: NormaliseContext): { at: Date; by: PublishedBy } {
  const said = raw.publishedRaw === undefined ? null : readDate(raw.publishedRaw, context);
  if (isPlausible(said, context)) return { at: said, by: 'source' };
  const [, year, month, day] = /\/((?:19|20)\d\d)\/(\d\d?)\/(\d\d?)(?:\/|$)/.exec(url ?? '') ?? [];
  if (year !== undefined) {
    // Noon is the same day all over Europe; today's page was there when we fetched it.
    const noon = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), 12));
    const sameDay = noon.getUTCMonth() === Number(month) - 1 && noon.getUTCDate() === Number(day);
    const at = new Date(Math.min(noon.getTime(), context.fetchedAt.getTime()));
    if (sameDay && noon.getTime() - at.getTime() <= 12 * 3_600_000 && isPlausible(at, context))
      return { at, by: 'url' };
  }
  return { at: context.fetchedAt, by: 'observed' };
}

function editedOf(raw: RawMention, publishedAt: Date, context: NormaliseContext): Date | null {
  const edited = raw.editedRaw === undefined ? null : readDate(raw.editedRaw, context);
  return isPlausible(edited, context) && edited.getTime() > publishedAt.getTime() ? edited : null;
}

function mediaOf(raw: RawMention, inHtml: Media[]): Media[] {
  const byUrl = new Map<string, Media>();
  for (const { type, url, alt, mime, bytes } of [...(raw.media ?? []), ...inHtml]) {
    const address = mediaUrl(url.trim(), raw.baseUrl ?? raw.url);
    if (address === null || byUrl.has(address) || byUrl.size >= maxMedia) continue;
    const media: Media = { type, url: address };
    const description = oneLine(alt ?? '', maxTitleBytes);
    if (description) media.alt = description;
    if (mime) media.mime = oneLine(mime, maxNameBytes);
    if (bytes !== undefined && Number.isSafeInteger(bytes) && bytes > 0) media.bytes = bytes;
    byUrl.set(address, media);
  }
  return [...byUrl.values()];
}

function ratingOf(raw: RawMention['rating']): PreparedMention['rating'] {
  if (!raw || !Number.isFinite(raw.value) || !(raw.best > 0 && raw.best <= 1_000)) return null;
  return raw.value >= 0 && raw.value <= raw.best ? { value: raw.value, best: raw.best } : null;
}

function textKeyOf(text: string): string | null {
  const words = tokens(text);
  return words.length < minJoinTokens ? null : hash('sha256', words.join(' '), 'base64url');
}

/** sources.md 2.3: what decides that a known mention was edited; white space does not. */
function contentHashOf(title: string | null, text: string, media: Media[], rating: PreparedMention['rating']): Buffer {
  const matter = [title, text.replace(/\s{2,}|[^\S ]/g, ' '), media.map(({ url }) => url), rating?.value, rating?.best];
  return hash('sha256', JSON.stringify(matter), 'buffer');
}
