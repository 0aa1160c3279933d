/** Whether one more may be had under a key now. */
export type Rate = (key: string) => boolean;

const mostKeys = 50_000;

/** At most so many in each stretch of time under one key, in this process. */
export function createRate({ most, windowMs }: { most: number; windowMs: number }, now: () => number = Date.now): Rate {
  let since = now();
  const counts = new Map<string, number>();
  return (key) => {
    if (now() - since >= windowMs) {
      since = now();
      counts.clear();
    }
    const count = counts.get(key) ?? 0;
    // With so many at once each may be a key made up: they all wait for the next stretch.
    if (count >= most || (count === 0 && counts.size >= mostKeys)) return false;
    counts.set(key, count + 1);
    return true;
  };
}
