import { useSyncExternalStore } from 'react';

const narrow = window.matchMedia('(max-width: 1099.98px)');

/** Whether there is room for one column only: what stands beside something elsewhere lies over or within it here. */
export const isOneColumn = () => narrow.matches;

/** The same, for what is drawn otherwise then. */
export function useOneColumn(): boolean {
  return useSyncExternalStore(follow, isOneColumn);
}

function follow(follower: () => void): () => void {
  narrow.addEventListener('change', follower);
  return () => narrow.removeEventListener('change', follower);
}
