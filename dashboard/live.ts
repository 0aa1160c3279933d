import { liveAddress } from './api.ts';

/** What the server tells while we look. `resync`: something may have been missed, load what is on the screen again. */
export type LiveEvent =
  | { kind: 'change'; threads: string[]; newThreads: number; sources: string[]; circles: string[]; attention: boolean }
  | { kind: 'resync' }
  | { kind: 'connection'; ok: boolean };

const name = 'buitenwacht.live';
/** A hiccup shorter than this is nobody's business. */
const quietMs = 3_000;
const [firstRetryMs, longestRetryMs] = [2_000, 30_000];

/**
 * One connection per browser: the tab that holds the lock listens and passes on what it hears, and when it closes another
 * takes over. Where locks are missing (plain http on a network) each tab listens for itself while it is looked at, because
 * a browser grants six connections to a host. Answers a function that ends it.
 */
export function listenLive(onEvent: (event: LiveEvent) => void): () => void {
  const ended = new AbortController();
  const channel = new BroadcastChannel(name);
  let state: LiveEvent = { kind: 'connection', ok: true };
  let stopListening: (() => void) | null = null;

  channel.onmessage = ({ data }: MessageEvent<LiveEvent | { kind: 'hello' }>) => {
    if (data.kind !== 'hello') onEvent(data);
    else if (stopListening) channel.postMessage(state);
  };
  channel.postMessage({ kind: 'hello' });

  const start = (share: boolean) => {
    const pass = (event: LiveEvent) => {
      if (event.kind === 'connection') state = event;
      if (share) channel.postMessage(event);
      onEvent(event);
    };
    stopListening = connect(pass);
  };
  const stop = () => {
    stopListening?.();
    stopListening = null;
  };

  if (navigator.locks) {
    const held = navigator.locks.request(name, { signal: ended.signal }, async () => {
      start(true);
      await new Promise((done) => ended.signal.addEventListener('abort', done, { once: true }));
      stop();
    });
    held.catch(() => undefined); // Aborted while waiting for its turn: this tab closed first.
  } else {
    const whileSeen = () => (document.hidden ? stop() : (stopListening ?? start(false)));
    document.addEventListener('visibilitychange', whileSeen, { signal: ended.signal });
    whileSeen();
  }
  return () => {
    ended.abort();
    stop();
    channel.close();
  };
}

/** Listens until stopped. The browser resumes by itself where it can; a refusal is asked again, ever slower. */
function connect(onEvent: (event: LiveEvent) => void): () => void {
  let source: EventSource;
  let retryMs = firstRetryMs;
  let quiet: number | undefined;
  let retry: number | undefined;

  const open = () => {
    let opened = false;
    source = new EventSource(liveAddress);
    source.onopen = () => {
      clearTimeout(quiet);
      quiet = undefined;
      retryMs = firstRetryMs;
      onEvent({ kind: 'connection', ok: true });
      // A connection of the browser's own resumes; a new one knows nothing of what was before it.
      if (!opened) onEvent({ kind: 'resync' });
      opened = true;
    };
    source.onerror = () => {
      quiet ??= window.setTimeout(() => onEvent({ kind: 'connection', ok: false }), quietMs);
      if (source.readyState !== EventSource.CLOSED) return;
      retry = window.setTimeout(open, retryMs);
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    };
    source.addEventListener('change', ({ data }) => onEvent({ kind: 'change', ...JSON.parse(data) }));
    source.addEventListener('resync', () => onEvent({ kind: 'resync' }));
  };
  open();
  return () => {
    clearTimeout(quiet);
    clearTimeout(retry);
    source.close();
  };
}
