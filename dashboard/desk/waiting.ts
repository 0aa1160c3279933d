import type { Words } from '../words/nl.ts';

type WaitWords = Words['desk']['wait'];

/** A length of time as people say it, in at most two units: "1 uur en 52 minuten", "3 dagen". */
export function waitLong(minutes: number, words: WaitWords): string {
  return say(minutes, words.none, words.minute, words.hour, words);
}

/** The same where room is short: "4 u 20 min", "26 min", "3 dagen". */
export function waitShort(minutes: number, words: WaitWords): string {
  const and = (large: string, small: string) => `${large} ${small}`;
  return say(minutes, words.shortNone, words.shortMinute, words.shortHour, { ...words, and });
}

/** Whole minutes since a moment; never negative, whatever the clocks say. */
export function minutesSince(at: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(at)) / 60_000));
}

function say(
  given: number,
  none: string,
  minute: (n: number) => string,
  hour: (n: number) => string,
  { day, and }: Pick<WaitWords, 'day' | 'and'>,
): string {
  const total = Math.max(0, Math.round(given));
  const [days, hours, minutes] = [Math.floor(total / 1440), Math.floor((total % 1440) / 60), total % 60];
  if (total === 0) return none;
  // From three days on nobody counts the hours, from a day on nobody counts the minutes.
  if (days >= 3) return day(days);
  if (days > 0) return hours === 0 ? day(days) : and(day(days), hour(hours));
  if (hours > 0) return minutes === 0 ? hour(hours) : and(hour(hours), minute(minutes));
  return minute(minutes);
}
