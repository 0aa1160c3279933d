import type { Author, Media } from '#domain/mention.ts';
import type { FeedDocument } from '#ingest/connector.ts';
import { SourceError } from '#ingest/errors.ts';
import { type Draft, identify } from './identity.ts';
import { feedLimits } from './limits.ts';
import { mediaType } from './media.ts';
import { newestFirstPart } from './newest.ts';
import { absolute, languageTag } from './scope.ts';
import { line } from './text.ts';

type Json = Record<string, unknown>;

/** JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1). */
export function readJsonFeed(text: string, url: string, namespace: string): FeedDocument {
  const feed = parse(text);
  const version = string(feed.version);
  const written = Array.isArray(feed.items) ? feed.items : null;
  if (!written || !(version?.includes('jsonfeed.org') || string(feed.title) !== undefined)) {
    throw new SourceError('unreadable', 'This is JSON, but no JSON Feed', { reason: 'not-a-feed' });
  }
  const { kept, dropped } = newestFirstPart(written, (item) => string(record(item)?.date_published));
  const base = absolute(string(feed.feed_url) ?? '', url) ?? url;
  const author = authorOf(feed, base);
  const language = languageTag(string(feed.language));
  const skipped: FeedDocument['skipped'] = dropped > 0 ? [{ index: kept.length, reason: 'too-many-items' }] : [];
  const drafts = kept.flatMap((item, index) => {
    const draft = draftOf(record(item) ?? {}, base, author, language);
    if (!draft) skipped.push({ index, reason: 'empty' });
    return draft ?? [];
  });
  const { items, repeated } = identify(drafts, namespace);
  const title = line(string(feed.title), feedLimits.titleLength);
  const homeUrl = absolute(string(feed.home_page_url) ?? '', url);
  return {
    ...(title && { title }),
    ...(homeUrl && { homeUrl }),
    ...(language && { language }),
    format: `json ${/version\/(\d(\.\d)?)/.exec(version ?? '')?.[1] ?? '1'}`,
    items,
    withdrawals: [],
    skipped: [...skipped, ...repeated.map((index) => ({ index, reason: 'repeated' }))],
    links: [{ rel: 'next', href: absolute(string(feed.next_url) ?? '', url) ?? '' }].filter(({ href }) => href !== ''),
  };
}

function draftOf(
  item: Json,
  base: string,
  feedAuthor: Author | undefined,
  feedLanguage: string | undefined,
): Draft | null {
  const id = typeof item.id === 'number' ? String(item.id) : string(item.id);
  const url = absolute(string(item.url) ?? string(item.external_url) ?? '', base);
  const title = line(string(item.title), feedLimits.titleLength);
  const html = cut(string(item.content_html));
  const plain = cut(string(item.content_text) ?? string(item.summary));
  if (id === undefined && url === undefined && title === undefined && html === undefined && plain === undefined)
    return null;
  const author = authorOf(item, base) ?? feedAuthor;
  const language = languageTag(string(item.language)) ?? feedLanguage;
  const published = line(string(item.date_published) ?? string(item.date_modified), 100);
  const edited = line(string(item.date_modified), 100);
  const media = mediaOf(item, base);
  return {
    kind: media.some(({ type }) => type === 'audio')
      ? 'audio'
      : media.some(({ type }) => type === 'video')
        ? 'video'
        : 'article',
    ...(id && { id }),
    ...(url && { url }),
    ...(title && { title }),
    ...(html ? { html, baseUrl: url ?? base } : plain && { text: plain }),
    ...(author && { author }),
    ...(language && { language }),
    ...(published && { publishedRaw: published }),
    ...(edited && edited !== published && { editedRaw: edited }),
    ...(media.length > 0 && { media }),
  };
}

function authorOf(from: Json, base: string): Author | undefined {
  const listed: unknown[] = Array.isArray(from.authors) ? from.authors : [from.author];
  const people = listed.slice(0, 20).flatMap((one): Json[] => {
    const person = record(one);
    return person ? [person] : [];
  });
  const name = line(people.flatMap((person) => string(person.name) ?? []).join(', '), 200);
  const url = people.map((person) => absolute(string(person.url) ?? '', base)).find((found) => found !== undefined);
  return name || url ? { ...(name && { name }), ...(url && { url }) } : undefined;
}

function mediaOf(item: Json, base: string): Media[] {
  const attachments = Array.isArray(item.attachments) ? item.attachments.slice(0, 20) : [];
  const listed = attachments.flatMap((one): Media[] => {
    const attachment = record(one);
    const url = attachment && absolute(string(attachment.url) ?? '', base);
    if (!url) return [];
    const mime = line(string(attachment.mime_type), 100);
    const bytes = attachment.size_in_bytes;
    return [
      {
        type: mediaType(mime, undefined, url),
        url,
        ...(mime && { mime }),
        ...(typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes > 0 && { bytes }),
      },
    ];
  });
  const image = absolute(string(item.image) ?? string(item.banner_image) ?? '', base);
  return image && !listed.some(({ url }) => url === image) ? [...listed, { type: 'image', url: image }] : listed;
}

/** Depth is counted before JSON.parse builds anything. */
function parse(text: string): Json {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34 /* " */) {
      at++;
      while (at < text.length && text.charCodeAt(at) !== 34) at += text.charCodeAt(at) === 92 /* \ */ ? 2 : 1;
    } else if (code === 123 || code === 91) {
      if (++depth > feedLimits.depth) {
        throw new SourceError('unreadable', `Nested more than ${feedLimits.depth} deep`, { reason: 'too-deep' });
      }
    } else if (code === 125 || code === 93) depth--;
  }
  try {
    const parsed = record(JSON.parse(text));
    if (parsed) return parsed;
  } catch (cause) {
    throw new SourceError('unreadable', 'This looks like JSON but is damaged', { reason: 'not-a-feed' }, { cause });
  }
  throw new SourceError('unreadable', 'This is JSON, but no JSON Feed', { reason: 'not-a-feed' });
}

const record = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
const string = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
const cut = (text: string | undefined): string | undefined => text?.slice(0, feedLimits.textLength).toWellFormed();
