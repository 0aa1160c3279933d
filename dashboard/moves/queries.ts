import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefusedError } from '../api.ts';
import { fetchMoves, type Move, previewMove, type Where } from '../api-moves.ts';
import { whyNot } from '../circles/why-not.ts';
import type { Notice } from '../frame/NoticeBar.tsx';
import { useWords } from '../words/Worded.tsx';

// Under the key of the thread: whatever tells that the thread changed has its moves asked again too.
const movesKey = (threadId: string) => ['thread', threadId, 'moves'];
/** Whether a key is that of the moves under way of some thread. */
export const isMoves = ([of, , what, ...more]: readonly unknown[]) =>
  of === 'thread' && what === 'moves' && more.length === 0;

/** The moves of a thread under way of which the reader may know. */
export function useMoves(threadId: string): readonly Move[] {
  const { data } = useQuery({
    queryKey: movesKey(threadId),
    queryFn: ({ signal }) => fetchMoves(threadId, signal),
  });
  return data ?? [];
}

/** What a move would do; asked anew each time it is looked at. Null: it is not chosen yet. */
export function usePreview(threadId: string, where: Where | null) {
  return useQuery({
    queryKey: [...movesKey(threadId), 'preview', where],
    queryFn: ({ signal }) => previewMove(threadId, where!, signal),
    enabled: where !== null,
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
}

/** Something done to a move. Refused or not, how it stands is asked again; when it is over meanwhile, `onOver` is told why not. */
export function useMoveAct<T>(threadId: string, act: (given: T) => Promise<unknown>, onOver: (why: Notice) => void) {
  const client = useQueryClient();
  const words = useWords();
  return useMutation({
    mutationFn: act,
    onError: (error) => {
      if (isOver(error)) onOver({ says: whyNot(error, words) });
    },
    onSettled: () =>
      Promise.all(
        [['thread', threadId], ['inbox'], ['circle'], ['circles']].map((queryKey) =>
          client.invalidateQueries({ queryKey }).catch(() => undefined),
        ),
      ),
  });
}

const isOver = (error: Error) =>
  error instanceof RefusedError && (error.code === 'move_over' || error.code === 'not_found');
