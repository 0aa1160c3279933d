import { useEffect, useState } from 'react';
import { type Draft, isEmpty, keepDraft, readDraft } from './drafts.ts';
import { emptyComposed } from './written.ts';

/**
 * The draft of a place: kept at every change and there again after a reload. `isKept` is whether this browser keeps it, null
 * when nothing was typed yet. A change of `again` reads it anew, because something came back. With no draft kept it begins as
 * `begin`.
 */
export function useDraft(key: string, again: unknown = null, begin: () => Draft = () => emptyComposed) {
  const [state, setState] = useState<{ key: string; again: unknown; draft: Draft; isKept: boolean | null }>(() => ({
    key,
    again,
    draft: readDraft(key) ?? begin(),
    isKept: null,
  }));
  let now = state;
  if (state.key !== key || state.again !== again) {
    now = { key, again, draft: readDraft(key) ?? emptyComposed, isKept: null };
    setState(now);
  }
  const change = (next: Draft | ((draft: Draft) => Draft)) => {
    setState((before) => {
      const draft = typeof next === 'function' ? next(before.draft) : next;
      return { ...before, draft, isKept: keepDraft(before.key, draft) ? (isEmpty(draft) ? null : true) : false };
    });
  };
  // Another tab may have typed in the same place.
  useEffect(() => {
    const follow = (event: StorageEvent) => {
      if (event.key === key && !document.hasFocus())
        setState((before) => ({ ...before, draft: readDraft(key) ?? emptyComposed }));
    };
    window.addEventListener('storage', follow);
    return () => window.removeEventListener('storage', follow);
  }, [key]);
  return { draft: now.draft, isKept: now.isKept, change };
}
