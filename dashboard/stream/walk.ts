import { type RefObject, useEffect, useRef } from 'react';
import { useShortcuts } from '../frame/shortcuts.ts';
import { rowOf } from './kept-place.ts';

/**
 * j and k walk through the rows: from the one that has focus, else from the thread that is open, else from the first in
 * view. When a thread closes, focus goes back to its row.
 */
export function useWalk(pane: RefObject<HTMLElement | null>, threadId: string | null): void {
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
  useShortcuts({ j: () => step(1), k: () => step(-1) });

  const was = useRef(threadId);
  useEffect(() => {
    if (was.current !== null && threadId === null && pane.current)
      rowOf(pane.current, was.current)?.querySelector('a')?.focus({ preventScroll: true });
    was.current = threadId;
  }, [pane, threadId]);
}
