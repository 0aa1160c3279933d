/**
 * Days of a calendar, both included, as ISO dates. What is reckoned here knows no clock and no time zone: a day is a name, and the
 * next one is the next name.
 */
export type Period = { from: string; to: string };

/** The longest period that is counted at once. */
export const longestPeriodDays = 366;

/** The usual lengths. All are whole weeks, so that a period has as many Mondays as the one before it. */
export const spans = { week: 7, month: 28, quarter: 91, year: 364 } as const;
export type Span = keyof typeof spans;

const dayMs = 86_400_000;
const msOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** So many days after a day, or before it. */
export function dayFrom(day: string, days: number): string {
  return new Date(msOf(day) + days * dayMs).toISOString().slice(0, 10);
}

/** How many days a period has; less than one when it ends before it begins. */
export function daysIn({ from, to }: Period): number {
  return Math.round((msOf(to) - msOf(from)) / dayMs) + 1;
}

/** Every day of a period, in order. */
export function eachDay(period: Period): string[] {
  return Array.from({ length: Math.max(0, daysIn(period)) }, (_, n) => dayFrom(period.from, n));
}

/** The period of so many days that ends on a day. */
export function endingOn(to: string, days: number): Period {
  return { from: dayFrom(to, 1 - days), to };
}

/** The same length, so many lengths later; -1 is the period before it. */
export function shifted({ from, to }: Period, times: number): Period {
  const days = daysIn({ from, to }) * times;
  return { from: dayFrom(from, days), to: dayFrom(to, days) };
}

/** Which of the usual lengths a period has. */
export function spanOf(period: Period): Span | null {
  const days = daysIn(period);
  return (Object.keys(spans) as Span[]).find((span) => spans[span] === days) ?? null;
}

/** Whether a period can be counted: in order, not too long, and with a period before it that a calendar has. */
export function isCountable({ from, to }: Period): boolean {
  const days = daysIn({ from, to });
  return days >= 1 && days <= longestPeriodDays && from >= '0003-01-01' && to <= '9998-12-31';
}

/** The day it is at a moment, in a time zone (IANA name). */
export function dayIn(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(at);
}
