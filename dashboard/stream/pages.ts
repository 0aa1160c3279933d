import type { InfiniteData } from '@tanstack/react-query';
import type { StreamPage, ThreadRow } from '../api.ts';

export type Cursor = string | null;
type Pages = InfiniteData<StreamPage, Cursor>;

/** Threads of the first page as it is now that the loaded list does not have, or that rose with something unread. */
export function newcomersOf({ pages }: Pages, head: StreamPage): ThreadRow[] {
  const known = new Set(pages.flatMap(({ threads }) => threads.map(({ id }) => id)));
  const risen = risenOf(pages);
  return head.threads.filter(({ id, unread }) => !known.has(id) || (unread && risen.has(id)));
}

/** The list with the present first page put in, in order; from scratch when so much is new that a gap would remain. */
export function withNewcomers(old: Pages, head: StreamPage): Pages {
  const known = new Set(old.pages.flatMap(({ threads }) => threads.map(({ id }) => id)));
  const isGap = head.cursor !== null && head.threads.every(({ id }) => !known.has(id));
  if (isGap) return { pages: [head], pageParams: [null] };
  const { pages } = withReplaced(old, [head]);
  const risen = risenOf(pages);
  const moved = head.threads.filter(({ id }) => !known.has(id) || risen.has(id));
  const left = pages.map((page) => ({ ...page, threads: page.threads.filter(({ id }) => !risen.has(id)) }));
  const [first = { threads: [], cursor: null }, ...rest] = left;
  const threads = [...moved, ...first.threads].sort((a, b) => Date.parse(b.sortAt) - Date.parse(a.sortAt));
  return { pages: [{ ...first, threads }, ...rest], pageParams: old.pageParams };
}

/** Threads that stand below one that is older than they are by now: somebody wrote in them since the list was loaded. */
function risenOf(pages: readonly StreamPage[]): Set<string> {
  const risen = new Set<string>();
  let oldest = Number.POSITIVE_INFINITY;
  for (const { id, sortAt } of pages.flatMap(({ threads }) => threads)) {
    const at = Date.parse(sortAt);
    if (at > oldest) risen.add(id);
    else oldest = at;
  }
  return risen;
}

/** The list with its rows as the fresh pages have them; nothing is added, nothing moves, unchanged rows stay the same object. */
export function withReplaced(old: Pages, fresh: readonly StreamPage[]): Pages {
  const now = new Map(fresh.flatMap(({ threads }) => threads.map((thread) => [thread.id, thread] as const)));
  let changed = false;
  const pages = old.pages.map((page) => {
    const threads = page.threads.map((thread) => {
      const next = now.get(thread.id);
      if (!next || JSON.stringify(next) === JSON.stringify(thread)) return thread;
      changed = true;
      return next;
    });
    return { ...page, threads };
  });
  return changed ? { ...old, pages } : old;
}
