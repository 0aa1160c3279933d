import type { StreamFilter } from './api.ts';

/** Where the reader is: the address says it all, so that a link to anything opens exactly that. */
export type Place =
  | { page: 'stream'; threadId: string | null; filter: StreamFilter }
  | { page: keyof typeof pages }
  /** null: one that is being made. */
  | { page: 'topic'; topicId: string | null }
  | { page: 'circle'; circleId: string; part: 'talk' | 'settings' }
  | { page: 'circle-as'; circleId: string; standing: Standing }
  | { page: 'link' | 'invitation'; token: string }
  | { page: 'nowhere' };

export const standings = ['guest', 'colleague', 'outsider'] as const;
/** As whom a host looks at their own circle. */
export type Standing = (typeof standings)[number];

export const deskAddress = '/desk';
export const figuresAddress = '/figures';
export const topicsAddress = '/topics';
export const newTopicAddress = '/topics/new';
export const circlesAddress = '/circles';
export const newCircleAddress = '/circles/new';
export const allCirclesAddress = '/circles/all';
export const sourcesAddress = '/sources';
export const peopleAddress = '/people';
export const auditAddress = '/people/log';
export const tipsAddress = '/tips';
export const inboxAddress = '/inbox';
export const meAddress = '/me';
export const newThreadAddress = '/new';
export const searchPath = '/search';

/** Pages whose path says everything about which they are; what stands behind the question mark is theirs to read. */
const pages = {
  desk: deskAddress,
  figures: figuresAddress,
  topics: topicsAddress,
  circles: circlesAddress,
  newCircle: newCircleAddress,
  allCircles: allCirclesAddress,
  sources: sourcesAddress,
  people: peopleAddress,
  audit: auditAddress,
  tips: tipsAddress,
  inbox: inboxAddress,
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
  const invitation = /^\/invitations\/([A-Za-z0-9_-]{1,100})$/.exec(path)?.[1];
  if (invitation) return { page: 'invitation', token: invitation };
  const topicId = /^\/topics\/(o_[\w-]{1,60}|new)$/.exec(path)?.[1];
  if (topicId) return { page: 'topic', topicId: topicId === 'new' ? null : topicId };
  const circle = /^\/circles\/(c_[\w-]{1,60})(?:\/(settings|as\/(guest|colleague|outsider)))?$/.exec(path);
  if (circle?.[1] && circle[3]) return { page: 'circle-as', circleId: circle[1], standing: circle[3] as Standing };
  if (circle?.[1]) return { page: 'circle', circleId: circle[1], part: circle[2] ? 'settings' : 'talk' };
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
export const fromCircle = (circleId: string) => ({ from: circleAddress(circleId) });

/** The list other than the stream that a thread was opened from, out of the state of this step; null when there was none. */
export function listBefore(state: unknown): { page: 'desk' | 'search' | 'circle'; href: string } | null {
  const from = typeof state === 'object' && state !== null && 'from' in state ? state.from : null;
  if (typeof from !== 'string') return null;
  if (/^\/circles\/c_[\w-]{1,60}$/.test(from)) return { page: 'circle', href: from };
  const page = /^\/(desk|search)(?:\?[^#]*)?$/.exec(from)?.[1];
  return page === undefined ? null : { page: page as 'desk' | 'search', href: from };
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

/** The page of a circle, or what a host sets there. */
export const circleAddress = (circleId: string, part: 'talk' | 'settings' = 'talk') =>
  `${circlesAddress}/${circleId}${part === 'settings' ? '/settings' : ''}`;
/** A circle as somebody else would see it. */
export const circleAsAddress = (circleId: string, standing: Standing) => `${circlesAddress}/${circleId}/as/${standing}`;
/** Where a conversation is begun, in a circle that is chosen already. */
export const newThreadIn = (circleId: string) => `${newThreadAddress}?circle=${circleId}`;

/** The address of the stream under a filter, with a thread open or not. */
export function streamAddress(filter: StreamFilter, threadId: string | null = null): string {
  const query = new URLSearchParams(filter as Record<string, string>).toString();
  return `${threadId === null ? '/' : `/threads/${threadId}`}${query && `?${query}`}`;
}
