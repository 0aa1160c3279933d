import type { Language } from '../preferences.ts';
import { day, daysAgo } from '../time.ts';
import type { Words } from '../words/nl.ts';

/** The day that an ISO date names, at noon: no time zone makes it another one. */
export const dateOf = (iso: string) => new Date(`${iso}T12:00:00`);

/** An ISO date as people say it: "31 jan", with its year when that is another one. */
export const sayDay = (iso: string, language: Language, now: Date) => day(dateOf(iso), language, now);

/** How long until a last day: in weeks while that says enough, then in days. */
export function timeLeft(iso: string, say: Words['circle'], now: Date): string {
  const days = -daysAgo(dateOf(iso), now);
  if (days < 0) return say.isOver;
  return days > 20 ? say.weeksLeft(Math.round(days / 7)) : say.daysLeft(days);
}
