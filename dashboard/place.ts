import type { StreamFilter } from './api.ts';

/** Where the reader is: the address says it all, so that a link to anything opens exactly that. */
export type Place =
  | { page: 'stream'; threadId: string | null; filter: StreamFilter }
  | { page: 'sources' }
  | { page: 'nowhere' };

const tones = ['negative', 'neutral', 'positive', 'unclear'] as const;

/** Reads an address; parts of a filter that cannot be right count as absent. */
export function placeOf(path: string, search: string): Place {
  if (path === '/sources') return { page: 'sources' };
  const threadId = /^\/threads\/(t_[\w-]{1,60})$/.exec(path)?.[1] ?? null;
  if (path !== '/' && threadId === null) return { page: 'nowhere' };
  const query = new URLSearchParams(search);
  const [source, language] = [query.get('source'), query.get('language')];
  const tone = tones.find((word) => word === query.get('tone'));
  return {
    page: 'stream',
    threadId,
    filter: {
      ...(source && /^[a-z]_[\w-]{22}$/.test(source) ? { source } : {}),
      ...(language && /^(?:[a-z]{2,3}|und)$/.test(language) ? { language } : {}),
      ...(tone ? { tone } : {}),
    },
  };
}

/** The address of the stream under a filter, with a thread open or not. */
export function streamAddress(filter: StreamFilter, threadId: string | null = null): string {
  const query = new URLSearchParams(filter as Record<string, string>).toString();
  return `${threadId === null ? '/' : `/threads/${threadId}`}${query && `?${query}`}`;
}

export const sourcesAddress = '/sources';
