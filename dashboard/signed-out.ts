import { useSyncExternalStore } from 'react';

let signedOut = false;
const listeners = new Set<() => void>();

/** Whether the server said, since somebody signed in here, that nobody is: the session ended elsewhere or by itself. */
export function useSignedOut(): boolean {
  return useSyncExternalStore(subscribe, isSignedOut);
}

export function isSignedOut(): boolean {
  return signedOut;
}

export const tellSignedOut = () => tell(true);
export const tellSignedIn = () => tell(false);

function tell(now: boolean): void {
  if (signedOut === now) return;
  signedOut = now;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
