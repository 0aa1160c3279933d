import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import { changeAttention } from '../api-talk.ts';
import { useShortcuts } from '../frame/shortcuts.ts';
import { rowOf } from './kept-place.ts';
import { showRead } from './queries.ts';

/**
 * j and k walk through the rows: from the one that has focus, else from the thread that is open, else from the first in
 * view. On a row r replies and e is done with it: read. When a thread closes, focus goes back to its row.
 */
export function useWalk(
  pane: RefObject<HTMLElement | null>,
  threadId: string | null,
  onReply: (threadId: string) => void,
): void {
  const client = useQueryClient();
  const step = (by: 1 | -1) => {
    if (!pane.current) return;
    const rows = [...pane.current.querySelectorAll<HTMLElement>('[data-thread]')];
    const active = document.activeElement?.closest<HTMLElement>('[data-thread]');
    const from = active ?? (threadId === null ? null : rowOf(pane.current, threadId));
    const top = pane.current.getBoundingClientRect().top;
    const next = from
      ? rows[rows.indexOf(from) + by]
      : rows.find((row) => row.getBoundingClientRect().bottom > top + 1);
    next?.querySelector('a')?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const reached = () => document.activeElement?.closest<HTMLElement>('[data-thread]')?.dataset.thread;
  const reply = () => {
    const id = reached();
    if (id) onReply(id);
  };
  const done = () => {
    const id = reached();
    if (!id) return;
    // Everything there is by now; what arrives meanwhile stays new, which the server sees to.
    changeAttention(id, { readUpTo: new Date().toISOString() }).then(
      () => {
        showRead(client, id);
        void client.invalidateQueries({ queryKey: ['counts'] }).catch(() => undefined);
      },
      () => undefined,
    );
    step(1);
  };
  // With a thread open these keys are about that thread.
  useShortcuts({ j: () => step(1), k: () => step(-1), ...(threadId === null ? { r: reply, e: done } : {}) });

  const was = useRef(threadId);
  useEffect(() => {
    if (was.current !== null && threadId === null && pane.current)
      rowOf(pane.current, was.current)?.querySelector('a')?.focus({ preventScroll: true });
    was.current = threadId;
  }, [pane, threadId]);
}
