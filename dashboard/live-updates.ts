import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { type LiveEvent, listenLive } from './live.ts';
import { isMoves } from './moves/queries.ts';

type Listener = (event: LiveEvent) => void;

let connected = true;
const listeners = new Set<Listener>();
const followers = new Set<() => void>();

/** Keeps what was loaded true: a thread or the list of sources is asked again when the server says that it changed. */
export function keepUpToDate(client: QueryClient): () => void {
  return listenLive((event) => {
    const again = (queryKey: string[]) => void client.invalidateQueries({ queryKey }).catch(() => undefined);
    if (event.kind === 'connection') {
      connected = event.ok;
      for (const follower of followers) follower();
    } else if (event.kind === 'resync') {
      again(['thread']);
      again(['desk']);
      again(['sources']);
      again(['facets']);
    } else {
      for (const thread of event.threads) again(['thread', thread]);
      if (event.threads.length > 0) again(['desk']);
      // That a source brought something is told to the desk only; others hear of the threads.
      if (event.sources.length > 0 || event.newThreads > 0) again(['sources']);
      if (event.sources.length > 0) again(['facets']);
      // Of a move only those hear who may see it, each apart.
      if (event.attention)
        void client.invalidateQueries({ predicate: ({ queryKey }) => isMoves(queryKey) }).catch(() => undefined);
    }
    for (const listener of listeners) listener(event);
  });
}

/** Hears everything that is told live, the connection itself included, until the answer is called. */
export function onLive(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks for `key` again whenever anything happens, but however much that is, at most once in so long. */
export function useAskedAgain(key: string, everyMs: number): void {
  const client = useQueryClient();
  useEffect(() => {
    let asking: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      asking = undefined;
      void client.invalidateQueries({ queryKey: [key] }).catch(() => undefined);
    };
    const stop = onLive(({ kind }) => {
      if (kind !== 'connection') asking ??= setTimeout(ask, everyMs);
    });
    return () => {
      stop();
      clearTimeout(asking);
    };
  }, [client, key, everyMs]);
}

/** Whether the live connection holds. */
export function useConnected(): boolean {
  return useSyncExternalStore(follow, () => connected);
}

function follow(follower: () => void): () => void {
  followers.add(follower);
  return () => followers.delete(follower);
}
