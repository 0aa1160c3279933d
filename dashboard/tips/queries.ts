import { useQuery } from '@tanstack/react-query';
import { fetchTip, fetchTips, type Tip } from '../api-tips.ts';
import { useAskedAgain } from '../live-updates.ts';
import { usePreferences } from '../preferences.ts';

const askEveryMs = 700;
/** The outside has about this long to answer; after it a tip is looked for in the list. */
const askForMs = 30_000;
const settleMs = 1_000;

/** What one handed in and what became of it, kept true while it is looked at. */
export function useTips() {
  const { language } = usePreferences();
  useAskedAgain('tips', settleMs);
  // Why a tip was refused is said in the reader's language.
  return useQuery({ queryKey: ['tips', language], queryFn: ({ signal }) => fetchTips(signal) });
}

/** Asks what became of a tip until it is known; null once that takes longer than one waits for. */
export async function outcomeOf(given: Tip, signal: AbortSignal): Promise<Tip | null> {
  const until = Date.now() + askForMs;
  let tip = given;
  while (tip.state === 'waiting') {
    if (Date.now() > until) return null;
    await pause(askEveryMs, signal);
    // An answer that does not come is asked for again: the tip itself is kept.
    tip = await fetchTip(tip.id, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      if (error instanceof Error && 'code' in error && error.code === 'not_found') throw error;
      return tip;
    });
  }
  return tip;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true },
    );
  });
}
