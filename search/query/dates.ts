import { dayFrom, dayIn, type Period } from '#domain/period.ts';
import { fold } from '#domain/tokens.ts';
import type { Day, QueryLanguage } from './query.ts';

type Unit = Extract<Day, { kind: 'ago' }>['unit'];
type Stretch = Extract<Day, { kind: 'period' }>;

const words: Record<QueryLanguage, readonly [string, Stretch['unit'], number][]> = {
  nl: [
    ['vandaag', 'day', 0],
    ['gisteren', 'day', 1],
    ['eergisteren', 'day', 2],
    ['deze week', 'week', 0],
    ['vorige week', 'week', 1],
    ['deze maand', 'month', 0],
    ['vorige maand', 'month', 1],
    ['dit kwartaal', 'quarter', 0],
    ['vorig kwartaal', 'quarter', 1],
    ['dit jaar', 'year', 0],
    ['vorig jaar', 'year', 1],
  ],
  en: [
    ['today', 'day', 0],
    ['yesterday', 'day', 1],
    ['day before yesterday', 'day', 2],
    ['this week', 'week', 0],
    ['last week', 'week', 1],
    ['this month', 'month', 0],
    ['last month', 'month', 1],
    ['this quarter', 'quarter', 0],
    ['last quarter', 'quarter', 1],
    ['this year', 'year', 0],
    ['last year', 'year', 1],
  ],
};
const byWord = new Map([...words.nl, ...words.en].map(([word, unit, back]) => [word, { unit, back }]));

const units: Record<Unit, { nl: string; en: string; also: string }> = {
  day: { nl: 'd', en: 'd', also: 'dag dagen day days' },
  week: { nl: 'w', en: 'w', also: 'week weken weeks' },
  month: { nl: 'm', en: 'm', also: 'maand maanden month months' },
  year: { nl: 'j', en: 'y', also: 'jaar jaren year years' },
};
const byUnit = new Map(
  (Object.keys(units) as Unit[]).flatMap((unit) => {
    const { nl, en, also } = units[unit];
    return [nl, en, ...also.split(' ')].map((written) => [written, unit] as const);
  }),
);
/** Further back than this nothing was said on the web. */
const mostYears = 100;

/** What somebody means by a day in Dutch, English or ISO 8601; null when it is none, or no day of a calendar. */
export function readDay(written: string): Day | null {
  const text = fold(written).trim().replaceAll(/\s+/g, ' ');
  const word = byWord.get(text);
  if (word) return { kind: 'period', ...word };
  if (/^\d{4}(-\d{2}){0,2}$/.test(text)) return isOnCalendar(text) ? { kind: 'date', date: text } : null;
  const ago = /^-?(\d{1,4}) ?([a-z]{1,7})$/.exec(text);
  const unit = ago && byUnit.get(ago[2]!);
  if (!unit) return null;
  const count = Number(ago[1]);
  return count <= (unit === 'year' ? mostYears : 1_000) ? { kind: 'ago', count, unit } : null;
}

function isOnCalendar(date: string): boolean {
  const [year, month = '01', day = '01'] = date.split('-');
  if (Number(year) < 1900 || Number(year) > 2200) return false;
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // The thirty-first of a short month becomes the first of the next.
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === `${year}-${month}-${day}`;
}

/** A day as it is written in a language. */
export function printDay(day: Day, language: QueryLanguage): string {
  if (day.kind === 'date') return day.date;
  if (day.kind === 'ago') return `${day.count}${units[day.unit][language]}`;
  return words[language].find(([, unit, back]) => unit === day.unit && back === day.back)![0];
}

/** The words there are for days, and two examples of the other forms. */
export const dayWords = (language: QueryLanguage, year: number): string[] => [
  `${year}-12-31`,
  `7${units.day[language]}`,
  ...words[language].map(([word]) => word),
];

/** Whether it is another day tomorrow. */
export const moves = (day: Day): boolean => day.kind !== 'date';

/** First day and last day of what was meant, where it is `today`; what is so long ago lasts until today. */
export function daysOf(day: Day, today: string): Period {
  if (day.kind === 'ago') return { from: back(today, day.count, day.unit), to: today };
  if (day.kind === 'date') {
    const unit = (['year', 'month', 'day'] as const)[day.date.split('-').length - 1]!;
    return whole(`${day.date}-01-01`.slice(0, 10), unit);
  }
  if (day.unit === 'quarter') return whole(back(first(today, 'quarter'), 3 * day.back, 'month'), 'quarter');
  return whole(back(first(today, day.unit), day.back, day.unit), day.unit);
}

type Length = Stretch['unit'];

/** The first day of the stretch a day is in. Weeks begin on Monday (ISO 8601). */
function first(day: string, unit: Length): string {
  if (unit === 'day') return day;
  if (unit === 'week') return dayFrom(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
  const month = Number(day.slice(5, 7));
  const begins = unit === 'year' ? 1 : unit === 'quarter' ? month - ((month - 1) % 3) : month;
  return `${day.slice(0, 4)}-${String(begins).padStart(2, '0')}-01`;
}

function whole(from: string, unit: Length): Period {
  const months = { month: 1, quarter: 3, year: 12 };
  if (unit === 'day') return { from, to: from };
  return { from, to: unit === 'week' ? dayFrom(from, 6) : dayFrom(back(from, -months[unit], 'month'), -1) };
}

/** So long before a day; a day that a month does not have becomes its last. */
function back(day: string, count: number, unit: Unit): string {
  if (unit === 'day' || unit === 'week') return dayFrom(day, -count * (unit === 'week' ? 7 : 1));
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const months = year * 12 + month - 1 - count * (unit === 'year' ? 12 : 1);
  const lastDate = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate();
  return new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(date, lastDate))).toISOString().slice(0, 10);
}

/**
 * The moment a day begins in a time zone (IANA name), in milliseconds since 1970. Where clocks go back at midnight there are two of those
 * and it is the first; where they go forward there is none and it is the moment they do.
 */
export function startOfDay(day: string, timeZone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = midnight - offsetAt(midnight, timeZone);
  const again = midnight - offsetAt(guess, timeZone);
  const [early, late] = guess < again ? [guess, again] : [again, guess];
  return dayIn(new Date(early), timeZone) === day ? early : late;
}

/** How far the clocks of a zone are ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - at;
}
