import { readDate } from '#ingest/dates.ts';
import { feedLimits } from './limits.ts';

/**
 * At most 2,000 items, the newest ones: feeds are written newest first or oldest first, which the dates of the two ends
 * tell. The order of what is kept does not change.
 */
export function newestFirstPart<Item>(
  items: Item[],
  dateOf: (item: Item) => string | undefined,
): { kept: Item[]; dropped: number } {
  const dropped = items.length - feedLimits.items;
  if (dropped <= 0) return { kept: items, dropped: 0 };
  const time = (item: Item): number => readDate(dateOf(item) ?? '', { hostname: null })?.getTime() ?? Number.NaN;
  const oldestFirst = time(items[0]!) < time(items.at(-1)!);
  return { kept: oldestFirst ? items.slice(dropped) : items.slice(0, feedLimits.items), dropped };
}
