import { setTimeout as sleep } from 'node:timers/promises';

/** So long at most without asking how long it still is: clocks and zones are set right meanwhile. */
const mostWaitMs = 600_000;
const retryMs = 1_000;

/**
 * Does something as soon as a day has begun, each day. `untilNext` answers in milliseconds; a failure is told and tried again in a second.
 */
export function startDays({
  untilNext,
  onDay,
  onError,
}: {
  untilNext: () => Promise<number>;
  onDay: () => Promise<void>;
  onError: (error: unknown) => void;
}): { close: () => Promise<void> } {
  const ending = new AbortController();
  const wait = (ms: number) => sleep(ms, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
  const running = (async () => {
    for (let isNewDay = false; !ending.signal.aborted; )
      try {
        if (isNewDay) await onDay();
        const ms = await untilNext();
        isNewDay = ms <= mostWaitMs;
        await wait(Math.max(1, Math.min(Math.ceil(ms), mostWaitMs)));
      } catch (error) {
        onError(error);
        await wait(retryMs);
      }
  })();
  return {
    async close() {
      ending.abort();
      await running;
    },
  };
}
