import { dayIn, daysIn, eachDay, type Period, spanOf } from '#domain/period.ts';
import type { Figures } from '../api-figures.ts';
import type { Language } from '../preferences.ts';
import type { Words } from '../words/nl.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** A day of the calendar as people write it; with the year where it is not that of `today`. */
export function dayName(day: string, language: Language, today: string, month: 'short' | 'long' = 'long'): string {
  const hasYear = day.slice(0, 4) !== today.slice(0, 4);
  const key = `${language} ${month} ${hasYear}`;
  const known = formats.get(key);
  const format =
    known ??
    new Intl.DateTimeFormat(language === 'nl' ? 'nl' : 'en-GB', {
      day: 'numeric',
      month,
      timeZone: 'UTC',
      ...(hasYear ? { year: 'numeric' } : {}),
    });
  formats.set(key, format);
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** A few days in a row as one: what a bar stands for. */
export type Group = Period & Pick<Figures['days'][number], 'stories' | 'mentions' | 'tones'>;
export type Grain = 'days' | 'weeks' | 'whole';

const mostDays = 31;

/** How finely a period is drawn: by day up to a month, by seven days from its first on when it is longer. */
export function grainOf(period: Period): 'days' | 'weeks' {
  return daysIn(period) <= mostDays ? 'days' : 'weeks';
}

/** The days of the figures, put together. */
export function groupsOf({ days, from, to }: Pick<Figures, 'days' | 'from' | 'to'>, grain: Grain): Group[] {
  const size = grain === 'days' ? 1 : grain === 'weeks' ? 7 : daysIn({ from, to });
  const groups: Group[] = [];
  for (let at = 0; at < days.length; at += size) {
    const some = days.slice(at, at + size);
    const sum = (of: (row: Figures['days'][number]) => number) => some.reduce((total, row) => total + of(row), 0);
    const both = (tone: 'negative' | 'neutral' | 'positive') => ({
      sure: sum(({ tones }) => tones[tone].sure),
      unsure: sum(({ tones }) => tones[tone].unsure),
    });
    groups.push({
      from: some[0]!.day,
      to: some.at(-1)!.day,
      stories: sum(({ stories }) => stories),
      mentions: sum(({ mentions }) => mentions),
      tones: {
        negative: both('negative'),
        neutral: both('neutral'),
        positive: both('positive'),
        unclear: sum(({ tones }) => tones.unclear),
      },
    });
  }
  return groups;
}

/** The finest in which at least half of the parts with any stories have enough to say something about their tone. */
export function toneGrainOf(figures: Figures): Grain {
  const enough = (grain: Grain) => {
    const groups = groupsOf(figures, grain).filter(({ stories }) => stories > 0);
    return groups.filter(({ stories }) => stories >= figures.tooFewBelow).length * 2 >= groups.length;
  };
  const grains: Grain[] = grainOf(figures) === 'days' ? ['days', 'weeks'] : ['weeks'];
  return grains.find((grain) => (grain === 'days' || figures.days.length > 7) && enough(grain)) ?? 'whole';
}

/** The days on which something is or may be missing: since a source stopped answering, and today, which is not over. */
export function incompleteDays({ days, gaps, today, timeZone }: Figures): Set<string> {
  const firstGap = gaps.map(({ since }) => dayIn(new Date(since), timeZone)).sort()[0];
  return new Set(
    days.flatMap(({ day }) => (day <= today && (day === today || (firstGap && day >= firstGap)) ? [day] : [])),
  );
}

export function isIncomplete(group: Period, incomplete: ReadonlySet<string>): boolean {
  return eachDay(group).some((day) => incomplete.has(day));
}

/** Some days in a row as people say them: "12 november", "10 t/m 16 november", "28 oktober t/m 3 november". */
export function rangeName({ from, to }: Period, language: Language, today: string, { figures: words }: Words): string {
  if (from === to) return dayName(from, language, today);
  const isOneMonth = from.slice(0, 7) === to.slice(0, 7);
  return words.period(
    isOneMonth ? String(Number(from.slice(8))) : dayName(from, language, today),
    dayName(to, language, today),
  );
}

/** The words for a period and for the one before it. */
export function periodWords(period: Period, { figures: words }: Words) {
  const span = spanOf(period);
  const days = daysIn(period);
  return {
    during: span ? words.during[span] : words.duringDays(days),
    before: span ? words.before[span] : words.beforeDays(days),
  };
}

/** Whether the period is too young to be held against the one before it: what is not over yet is too much of it. */
export function isTooYoung({ from, to, today }: Pick<Figures, 'from' | 'to' | 'today'>): boolean {
  return to > today || (to === today && daysIn({ from, to }) < 7);
}
