const dayMs = 86_400_000;
const windowDays = 14;

/**
 * Mean a day over the last 14 days. `recent` holds the newest 50 times (epoch milliseconds) only: when all of those are younger than the window,
 * the mean is over the time they span.
 */
export function perDay(recent: number[], now: Date): number {
  const ages = recent.map((at) => (now.getTime() - at) / dayMs).filter((days) => days <= windowDays);
  const full = ages.length === recent.length && recent.length >= 50;
  const days = full ? Math.max(1 / 24, ...ages) : windowDays;
  return Math.round((ages.length / days) * 100) / 100;
}
