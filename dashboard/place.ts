import type { StreamFilter } from './api.ts';

/** Where the reader is: the address says it all, so that a link to anything opens exactly that. */
export type Place =
  | { page: 'stream'; threadId: string | null; filter: StreamFilter }
  | { page: keyof typeof pages }
  /** null: one that is being made. */
  | { page: 'topic'; topicId: string | null }
  | { page: 'link'; token: string }
  | { page: 'nowhere' };

export const deskAddress = '/desk';
export const figuresAddress = '/figures';
export const topicsAddress = '/topics';
export const newTopicAddress = '/topics/new';
export const sourcesAddress = '/sources';
export const peopleAddress = '/people';
export const tipsAddress = '/tips';
export const meAddress = '/me';
export const newThreadAddress = '/new';
export const searchPath = '/search';

/** Pages whose path says everything about which they are; what stands behind the question mark is theirs to read. */
const pages = {
  desk: deskAddress,
  figures: figuresAddress,
  topics: topicsAddress,
  sources: sourcesAddress,
  people: peopleAddress,
  tips: tipsAddress,
  me: meAddress,
  new: newThreadAddress,
  search: searchPath,
};

const tones = ['negative', 'neutral', 'positive', 'unclear'] as const;
const sides = ['outside', 'inside'] as const;
const outcomes = ['discussed', 'answered', 'unanswered'] as const;

/** Reads an address; parts of a filter that cannot be right count as absent. */
export function placeOf(path: string, search: string): Place {
  for (const [page, address] of Object.entries(pages))
    if (path === address) return { page: page as keyof typeof pages };
  const token = /^\/links\/([A-Za-z0-9_-]{1,100})$/.exec(path)?.[1];
  if (token) return { page: 'link', token };
  const topicId = /^\/topics\/(o_[\w-]{1,60}|new)$/.exec(path)?.[1];
  if (topicId) return { page: 'topic', topicId: topicId === 'new' ? null : topicId };
  const threadId = /^\/threads\/(t_[\w-]{1,60})$/.exec(path)?.[1] ?? null;
  if (path !== '/' && threadId === null) return { page: 'nowhere' };
  return { page: 'stream', threadId, filter: filterOf(new URLSearchParams(search)) };
}

function filterOf(query: URLSearchParams): StreamFilter {
  const like = (name: string, pattern: RegExp) => {
    const value = query.get(name);
    return value !== null && pattern.test(value) ? { [name]: value } : {};
  };
  const among = (name: string, words: readonly string[]) => {
    const value = query.get(name);
    return value !== null && words.includes(value) ? { [name]: value } : {};
  };
  return {
    ...among('side', sides),
    ...like('source', /^[a-z]_[\w-]{22}$/),
    ...like('topic', /^o_[\w-]{22}$/),
    ...like('language', /^(?:[a-z]{2,3}|und)$/),
    ...among('tone', tones),
    ...among('unread', ['true']),
    ...among('mine', ['true']),
    ...like('from', day),
    ...like('to', day),
    ...among('outcome', outcomes),
  };
}

const day = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** What a step to a thread carries along, so that leaving the thread leads back there. */
export const fromDesk = (search: string) => ({ from: `${deskAddress}${search && `?${search}`}` });
export const fromSearch = (search: string) => ({ from: `${searchPath}${search && `?${search}`}` });

/** The list other than the stream that a thread was opened from, out of the state of this step; null when there was none. */
export function listBefore(state: unknown): { page: 'desk' | 'search'; href: string } | null {
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : null;
  const page = typeof from === 'string' ? /^\/(desk|search)(?:\?[^#]*)?$/.exec(from)?.[1] : undefined;
  return page === undefined ? null : { page: page as 'desk' | 'search', href: from as string };
}

/** A question and in which order its answer stands. */
export type Asked = { q: string; sort: 'newest' | 'best' };

/** What a search asks, read from its address. */
export function askedOf(search: string): Asked {
  const query = new URLSearchParams(search);
  return { q: query.get('q') ?? '', sort: query.get('sort') === 'best' ? 'best' : 'newest' };
}

/** The address of a search. */
export function searchAddress({ q, sort }: Asked): string {
  const query = new URLSearchParams({ ...(q ? { q } : {}), ...(sort === 'best' ? { sort } : {}) }).toString();
  return `${searchPath}${query && `?${query}`}`;
}

/** Where a topic is read and changed. */
export const topicAddress = (topicId: string) => `${topicsAddress}/${topicId}`;

/** The address of the stream under a filter, with a thread open or not. */
export function streamAddress(filter: StreamFilter, threadId: string | null = null): string {
  const query = new URLSearchParams(filter as Record<string, string>).toString();
  return `${threadId === null ? '/' : `/threads/${threadId}`}${query && `?${query}`}`;
}
