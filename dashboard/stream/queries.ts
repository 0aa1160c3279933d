import { type InfiniteData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { fetchFacets, fetchStream, type StreamFilter, type StreamPage } from '../api.ts';
import { onLive } from '../live-updates.ts';
import { useRight } from '../session.ts';
import { type Cursor, newcomersOf, withNewcomers, withReplaced } from './pages.ts';

type Pages = InfiniteData<StreamPage, Cursor>;
/** The server is asked at most this often what is new, however much happens. */
const askEveryMs = 1_000;
/** Beyond this many pages touched at once, rows that changed are left until the next load. */
const mostPagesAgain = 3;

/** The stream under a filter: loaded page by page, never reordered under the reader. */
export function useStream(filter: StreamFilter) {
  return useInfiniteQuery<StreamPage, Error, Pages, readonly unknown[], Cursor>({
    queryKey: ['stream', filter],
    queryFn: ({ pageParam, signal }) => fetchStream(filter, pageParam, signal),
    initialPageParam: null,
    getNextPageParam: ({ cursor }) => cursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/**
 * What came in since: counted beside the list and put into it by `show`. Rows that are in the list already are brought up
 * to date where they stand.
 */
export function useNewcomers(filter: StreamFilter) {
  const client = useQueryClient();
  const streamKey = useMemo(() => ['stream', filter] as const, [filter]);
  const { data: pages } = useStream(filter);
  const head = useQuery({
    queryKey: ['stream-head', filter],
    queryFn: ({ signal }) => fetchStream(filter, null, signal),
    enabled: false,
  });
  const { refetch } = head;

  useEffect(() => {
    let asking: number | undefined;
    let changed = new Set<string>();
    let isReadElsewhere = false;
    const ask = async () => {
      asking = undefined;
      const known = client.getQueryData<Pages>(streamKey);
      const touched = changed;
      const isAllStale = isReadElsewhere;
      changed = new Set();
      isReadElsewhere = false;
      if (!known) return;
      const { data } = await refetch();
      const first = new Set(data?.threads.map(({ id }) => id));
      const fresh = data ? [data] : [];
      const stale = known.pages.flatMap(({ threads }, index) =>
        threads.some(({ id }) => (isAllStale || touched.has(id)) && !first.has(id))
          ? [known.pageParams[index] ?? null]
          : [],
      );
      for (const cursor of stale.slice(0, mostPagesAgain)) fresh.push(await fetchStream(filter, cursor));
      client.setQueryData<Pages>(streamKey, (old) => old && withReplaced(old, fresh));
    };
    const stop = onLive((event) => {
      if (event.kind === 'change') for (const id of event.threads) changed.add(id);
      if (event.kind === 'connection') return;
      isReadElsewhere ||= event.kind === 'resync' || event.attention;
      if (event.kind === 'change' && event.threads.length === 0 && !event.attention) return;
      asking ??= window.setTimeout(() => void ask().catch(() => undefined), askEveryMs);
    });
    return () => {
      stop();
      clearTimeout(asking);
    };
  }, [client, filter, refetch, streamKey]);

  const newcomers = useMemo(() => (pages && head.data ? newcomersOf(pages, head.data) : []), [pages, head.data]);
  const show = () =>
    client.setQueryData<Pages>(streamKey, (old) => (old && head.data ? withNewcomers(old, head.data) : old));
  // Nobody is reading an empty list: what comes first comes in by itself.
  const isEmpty = pages?.pages.every(({ threads }) => threads.length === 0) ?? false;
  useEffect(() => {
    if (isEmpty && newcomers.length > 0 && head.data)
      client.setQueryData<Pages>(streamKey, (old) => old && withNewcomers(old, head.data));
  });
  return { newcomers, isMore: newcomers.length === head.data?.threads.length && head.data.cursor !== null, show };
}

/** Says in the loaded lists, before the server does, that a thread was read. */
export function showRead(client: QueryClient, threadId: string): void {
  const read = (page: StreamPage): StreamPage => ({
    ...page,
    threads: page.threads.map((row) => (row.id === threadId && row.unread ? { ...row, unread: false } : row)),
  });
  client.setQueriesData<Pages>({ queryKey: ['stream'] }, (old) => old && { ...old, pages: old.pages.map(read) });
  client.setQueriesData<StreamPage>({ queryKey: ['stream-head'] }, (old) => old && read(old));
}

/** What the stream can be filtered by; guests are told of nothing to choose from. */
export function useFacets() {
  const enabled = useRight('colleague');
  return useQuery({ queryKey: ['facets'], queryFn: ({ signal }) => fetchFacets(signal), enabled });
}
