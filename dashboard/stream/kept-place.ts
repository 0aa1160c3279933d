import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import type { StreamFilter } from '../api.ts';

/** Where a reader was in the list: the first row in view, how far it was cut off, and how many pages were loaded. */
type KeptPlace = { thread: string; offset: number; pages: number };

/** More than this is not loaded again for a place; the reader begins at the top instead. */
const mostPages = 12;
const keepAfterMs = 150;

/**
 * Keeps the place in the list for this tab and goes back to it after a reload: loads as many pages as there were, then puts
 * the same row where it was. Answers whether it is still on its way there, and needs every row drawn.
 */
export function useKeptPlace(
  pane: RefObject<HTMLElement | null>,
  filter: StreamFilter,
  list: { pageCount: number; hasMore: boolean; loadMore: () => void },
): boolean {
  const key = `buitenwacht.place ${JSON.stringify(Object.entries(filter).sort())}`;
  const [wanted, setWanted] = useState<{ key: string; place: KeptPlace | null }>(() => ({
    key,
    place: readPlace(key),
  }));
  if (wanted.key !== key) setWanted({ key, place: readPlace(key) });
  const { place } = wanted;
  const { pageCount, hasMore, loadMore } = list;

  useLayoutEffect(() => {
    const { current } = pane;
    if (!current || !place || pageCount === 0) return;
    // All of them, also when the row is there already: below it there must be enough to scroll to.
    if (hasMore && pageCount < Math.min(place.pages, mostPages)) return loadMore();
    const row = rowOf(current, place.thread);
    if (row) current.scrollTop += row.getBoundingClientRect().top - topOf(current) + place.offset;
    setWanted({ key, place: null });
  }, [pane, key, place, pageCount, hasMore, loadMore]);

  useEffect(() => {
    const { current } = pane;
    if (!current || place || pageCount === 0) return;
    let timer: number | undefined;
    const keep = () => {
      timer = undefined;
      const top = topOf(current);
      const rows = [...current.querySelectorAll<HTMLElement>('[data-thread]')];
      const first = rows.find((row) => row.getBoundingClientRect().bottom > top);
      const thread = first?.dataset.thread;
      if (!first || !thread) return;
      const now: KeptPlace = { thread, offset: top - first.getBoundingClientRect().top, pages: pageCount };
      try {
        if (current.scrollTop < 1) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify(now));
      } catch {
        // A browser that keeps nothing begins at the top after a reload.
      }
    };
    const later = () => {
      timer ??= window.setTimeout(keep, keepAfterMs);
    };
    current.addEventListener('scroll', later, { passive: true });
    window.addEventListener('pagehide', keep);
    return () => {
      clearTimeout(timer);
      current.removeEventListener('scroll', later);
      window.removeEventListener('pagehide', keep);
    };
  }, [pane, key, place, pageCount]);
  return place !== null;
}

/** The row of a thread in the list, when it is drawn. */
export function rowOf(pane: HTMLElement, threadId: string): HTMLElement | null {
  return pane.querySelector<HTMLElement>(`[data-thread="${CSS.escape(threadId)}"]`);
}

/** Where rows begin to show: below the part of the list's head that stays in view. */
function topOf(pane: HTMLElement): number {
  return pane.getBoundingClientRect().top;
}

function readPlace(key: string): KeptPlace | null {
  try {
    const place = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    const isPlace = typeof place?.thread === 'string' && typeof place.offset === 'number';
    return isPlace && typeof place.pages === 'number' ? place : null;
  } catch {
    return null;
  }
}
