import type { Language } from './preferences.ts';
import type { FirstWords } from './words/nl-first.ts';

const locales: Record<Language, string> = { nl: 'nl', en: 'en-GB' };
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locales[language], options);
  formats.set(key, made);
  return made;
}

const clockOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** Time of day, 24 hours: "09:12". */
export function clock(at: Date, language: Language): string {
  return format(language, clockOptions).format(at);
}

/** The day without the year when it is this year's: "12 nov", "12 nov 2024". */
export function day(at: Date, language: Language, now: Date): string {
  const sameYear = at.getFullYear() === now.getFullYear();
  return format(language, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(at);
}

/** The whole day, for a text: "31 januari 2027". */
export function longDay(at: Date, language: Language): string {
  return format(language, { dateStyle: 'long' }).format(at);
}

/** As short as a list allows: "09:12" today, "gisteren 14:20", "12 nov", "12 nov 2024". */
export function shortTime(at: Date, language: Language, words: FirstWords, now: Date): string {
  const days = daysAgo(at, now);
  if (days === 0) return clock(at, language);
  if (days === 1) return words.time.yesterday(clock(at, language));
  return day(at, language, now);
}

/** As people say it, with the time of day: "vandaag 10:05", "gisteren 17:32", "12 nov 17:32". */
export function spokenTime(at: Date, language: Language, words: FirstWords, now: Date): string {
  const days = daysAgo(at, now);
  if (days === 0) return words.time.today(clock(at, language));
  if (days === 1) return words.time.yesterday(clock(at, language));
  return `${day(at, language, now)} ${clock(at, language)}`;
}

/** Everything there is to say about a moment, for a tooltip. */
export function fullTime(at: Date, language: Language): string {
  return format(language, { dateStyle: 'full', timeStyle: 'short' }).format(at);
}

/** A length of time as a rhythm, in the largest unit that says it well: "elke 30 minuten". */
export function every(seconds: number, words: FirstWords): string {
  const steps = [
    [86_400, words.time.days],
    [3_600, words.time.hours],
    [60, words.time.minutes],
  ] as const;
  for (const [unit, say] of steps) if (seconds >= 0.9 * unit) return say(Math.max(1, Math.round(seconds / unit)));
  return words.time.seconds(Math.max(1, Math.round(seconds)));
}

/** Whole days between the calendar days of two moments, in the reader's time zone; negative for the future. */
export function daysAgo(at: Date, now: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

/** The name of a language in the reader's own: "Nederlands"; null for what nobody could tell. */
export function languageName(code: string, language: Language): string | null {
  if (code === 'und' || code === '') return null;
  try {
    return new Intl.DisplayNames(locales[language], { type: 'language', fallback: 'none' }).of(code) ?? null;
  } catch {
    return null;
  }
}

/** A number of a list or table; one decimal below ten. */
export function figure(value: number, language: Language): string {
  const digits = value > 0 && value < 10 ? 1 : 0;
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: digits }).format(value);
}
