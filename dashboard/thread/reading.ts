import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Thread } from '../api.ts';
import { changeAttention } from '../api-talk.ts';
import { showRead } from '../stream/queries.ts';
import { newestOf } from './timeline.ts';

/** Looked at for so long, a thread counts as read. */
const readAfterMs = 1_500;

/**
 * Notes that a thread was read up to its newest, once it has stood in view for a moment, and again when something comes in
 * while it is looked at. Answers what says so at once.
 */
export function useReading(thread: Thread | undefined): () => void {
  const client = useQueryClient();
  const threadId = thread?.id;
  const upTo = thread && newestOf(thread);
  const read = () => {
    if (threadId === undefined || upTo === undefined) return;
    changeAttention(threadId, { readUpTo: upTo }).then(
      () => {
        showRead(client, threadId);
        void client.invalidateQueries({ queryKey: ['counts'] }).catch(() => undefined);
      },
      // It stays unread; the next look tries again.
      () => undefined,
    );
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is read is said by the thread and its newest moment
  useEffect(() => {
    if (threadId === undefined) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const whenSeen = () => {
      clearTimeout(timer);
      if (document.visibilityState !== 'visible') return;
      timer = setTimeout(() => {
        document.removeEventListener('visibilitychange', whenSeen);
        read();
      }, readAfterMs);
    };
    document.addEventListener('visibilitychange', whenSeen);
    whenSeen();
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [threadId, upTo]);
  return read;
}
