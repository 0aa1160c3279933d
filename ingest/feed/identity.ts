import { hash } from 'node:crypto';
import type { RawMention } from '#domain/mention.ts';

/** An item that has been read but not yet named: `id` is its guid, id or rdf:about as written. */
export type Draft = Omit<RawMention, 'externalId' | 'namespace' | 'altIds' | 'urlIsOwn'> & { id?: string };

const maxIdLength = 1024;

/**
 * Names the items of one document by the ladder of sources.md 2.1: id; when that is repeated, id and link; link; title and
 * date; title and text. Items that are the same in all of that are one item: the first stays, the others are answered as
 * `repeated`, by index.
 */
export function identify(drafts: Draft[], namespace: string): { items: RawMention[]; repeated: number[] } {
  const ids = countOf(drafts.map((draft) => draft.id));
  const urls = countOf(drafts.map((draft) => draft.url));
  const sameStory = countOf(drafts.map(linkAndTitle));
  const paths = countOf(drafts.map(({ id }) => (id ? withoutHost(id) : undefined)));
  const taken = new Set<string>();
  const items: RawMention[] = [];
  const repeated: number[] = [];
  drafts.forEach((draft, index) => {
    const externalId = firstFree(draft, ids, urls, taken);
    if (externalId === null) {
      repeated.push(index);
      return;
    }
    const { id, ...rest } = draft;
    const urlIsOwn = draft.url !== undefined && urls.get(draft.url) === 1 && !isSiteRoot(draft.url);
    const path = id && ids.get(id) === 1 ? withoutHost(id) : undefined;
    const story = urlIsOwn ? linkAndTitle(draft) : undefined;
    const altIds = [
      ...(path && paths.get(path) === 1 ? [path] : []),
      ...(story && sameStory.get(story) === 1 ? [story] : []),
    ].filter((altId) => altId !== externalId);
    items.push({
      ...rest,
      externalId,
      namespace,
      ...(altIds.length > 0 && { altIds }),
      ...(draft.url !== undefined && { urlIsOwn }),
    });
  });
  return { items, repeated };
}

/** The best name that is this item's own, or null when an equal item had it already. */
function firstFree(
  draft: Draft,
  ids: Map<string, number>,
  urls: Map<string, number>,
  taken: Set<string>,
): string | null {
  const { id, url } = draft;
  const isAlone = id !== undefined ? ids.get(id) === 1 : url !== undefined && urls.get(url) === 1;
  if (!isAlone) {
    const everything = digest(JSON.stringify([id, url, draft.title, draft.publishedRaw, draft.html, draft.text]));
    if (taken.has(everything)) return null;
    taken.add(everything);
  }
  for (const candidate of candidates(draft, isAlone)) {
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
  return null;
}

function* candidates(draft: Draft, isAlone: boolean): Generator<string> {
  const { id, url, title, publishedRaw } = draft;
  if (isAlone) yield bounded((id ?? url)!);
  else if (id !== undefined && url !== undefined) yield bounded(`${id}|${url}`);
  const key = id ?? url ?? '';
  if (title !== undefined && publishedRaw !== undefined) yield digest(`${key}\n${title}\n${publishedRaw}`);
  yield digest(`${key}\n${title ?? ''}\n${draft.html ?? draft.text ?? ''}`);
}

function countOf(values: (string | undefined)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const digest = (text: string): string => `sha256:${hash('sha256', text)}`;
const bounded = (id: string): string => (id.length <= maxIdLength ? id : digest(id));

function linkAndTitle({ url, title }: Draft): string | undefined {
  return url !== undefined && title !== undefined ? digest(`${url}\n${title}`) : undefined;
}

/** A guid that is an address, without scheme and host: sites move to https and to www (sources.md 2.1). */
function withoutHost(id: string): string | undefined {
  const rest = /^https?:\/\/[^/?#]+(\/?[\s\S]{2,})$/i.exec(id.slice(0, maxIdLength))?.[1];
  return rest === undefined ? undefined : `//${rest}`;
}

/** True for the front door of a site: every item may point there without being the same. */
export function isSiteRoot(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.search === '' && /^\/(index\.\w{2,5})?$/.test(url.pathname);
}
