/** As the server holds it: a guest's last day is at most so far on. */
const mostDays = 180;

/** The periods that are offered at a click. */
export const offeredWeeks = [1, 2, 4, 12] as const;

/** The day (YYYY-MM-DD) so many days after another. */
export function daysOn(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

export const weeksOn = (today: string, weeks: number) => daysOn(today, 7 * weeks);
export const lastOffered = (today: string) => daysOn(today, mostDays);

/** Which of the offered periods ends on a day; null for any other day. */
export function weeksUntil(today: string, day: string): number | null {
  return offeredWeeks.find((weeks) => weeksOn(today, weeks) === day) ?? null;
}
