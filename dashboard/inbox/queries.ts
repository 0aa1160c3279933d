import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchInbox, fetchInboxCount, fetchLevels, type InboxPage, markInbox, type ReadWhat } from '../api-inbox.ts';
import { useAskedAgain } from '../live-updates.ts';

const askEveryMs = 1_000;

/** How much in the inbox is unread, kept true; undefined until it is known. */
export function useInboxCount(): number | undefined {
  useAskedAgain('inbox', askEveryMs);
  return useQuery({ queryKey: ['inbox', 'count'], queryFn: ({ signal }) => fetchInboxCount(signal) }).data;
}

/** What there is for the reader, page by page; who shows the count keeps this true as well. */
export function useInbox(unread: boolean) {
  return useInfiniteQuery({
    queryKey: ['inbox', 'items', unread],
    queryFn: ({ pageParam, signal }) => fetchInbox(unread, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ cursor }: InboxPage) => cursor,
  });
}

/** Marks as read and takes that back, and asks again what hangs on it. */
export function useMarkInbox(said: { onDone: (undo: string | null) => void; onFailed: () => void }) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: ReadWhat) => markInbox(what),
    onSuccess: (undo) => {
      for (const queryKey of [['inbox'], ['counts'], ['thread']])
        void client.invalidateQueries({ queryKey }).catch(() => undefined);
      said.onDone(undo);
    },
    onError: said.onFailed,
  });
}

/** How much the reader wants to hear, where they said so. */
export function useLevels() {
  return useQuery({ queryKey: ['notice-levels'], queryFn: ({ signal }) => fetchLevels(signal) });
}
