import type { InfiniteData } from '@tanstack/react-query';
import type { StreamPage, ThreadRow } from '../api.ts';

export type Cursor = string | null;
type Pages = InfiniteData<StreamPage, Cursor>;

/** Threads of the first page as it is now that the loaded list does not have. */
export function newcomersOf({ pages }: Pages, head: StreamPage): ThreadRow[] {
  const known = new Set(pages.flatMap(({ threads }) => threads.map(({ id }) => id)));
  return head.threads.filter(({ id }) => !known.has(id));
}

/** The list with the present first page put in, in order; from scratch when so much is new that a gap would remain. */
export function withNewcomers(old: Pages, head: StreamPage): Pages {
  const newcomers = newcomersOf(old, head);
  if (newcomers.length === head.threads.length && head.cursor !== null) return { pages: [head], pageParams: [null] };
  const replaced = withReplaced(old, [head]);
  const [first = { threads: [], cursor: null }, ...rest] = replaced.pages;
  const threads = [...newcomers, ...first.threads].sort((a, b) => Date.parse(b.sortAt) - Date.parse(a.sortAt));
  return { pages: [{ ...first, threads }, ...rest], pageParams: old.pageParams };
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
