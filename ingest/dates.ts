import { isNoise, isWeekday, monthNamed, zoneNamed } from './date-words.ts';

const longest = 80;

/**
 * A date as sources write it, or null: RFC 822, ISO 8601 and W3C, asctime, Dutch and English words, numbers day first.
 * `05-11-2026` is 5 November; with slashes the American order is assumed where the hostname has no country of its own.
 * Without a zone it is Dutch time on .nl and .be, else UTC (sources.md 2.5). Never guesses: what is not understood is null,
 * not now and not 1970. Linear in its input, which is cut at 80 characters.
 */
export function readDate(raw: string, context: { hostname: string | null }): Date | null {
  const text = raw
    .slice(0, 200)
    .replace(/\([^()]*\)\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (text === '' || text.length > longest) return null;
  const hostname = context.hostname?.toLowerCase().replace(/\.$/, '') ?? null;
  const parts = isoParts(text) ?? numericParts(withoutWeekday(text), hostname) ?? wordParts(text) ?? epochParts(text);
  return parts && toDate(parts, hostname);
}

type Parts = { year: number; month: number; day: number; time: Time; offset: number | null };
type Time = { hour: number; minute: number; second: number; ms: number };
const midnight: Time = { hour: 0, minute: 0, second: 0, ms: 0 };

/** 2026-11-05, 2026-11, 2026, 20261105, 2026-309 and any of the first and the third with a time; Google's 2003-012-31 too. */
function isoParts(text: string): Parts | null {
  const day = /^(\d{4})(?:-(\d{1,3})-(\d{1,2})|-(\d{2})|(\d{2})(\d{2})|-?(\d{3}))?(?=$|[T ])/i.exec(text);
  if (!day) return null;
  const [whole, year, month, dayOfMonth, onlyMonth, compactMonth, compactDay, dayOfYear] = day;
  const rest = readTimeAndZone(text.slice(whole.length).replace(/^[T ]\s?/i, ''));
  if (!rest) return null;
  if (dayOfYear !== undefined) {
    const date = new Date(Date.UTC(Number(year), 0, Number(dayOfYear)));
    if (date.getUTCFullYear() !== Number(year)) return null;
    return { year: Number(year), month: date.getUTCMonth() + 1, day: date.getUTCDate(), ...rest };
  }
  return {
    year: Number(year),
    month: Number(month ?? onlyMonth ?? compactMonth ?? 1),
    day: Number(dayOfMonth ?? compactDay ?? 1),
    ...rest,
  };
}

/** 05-11-2026, 5.11.26, 11/05/2026, 2026/11/05, with or without a time. */
function numericParts(text: string, hostname: string | null): Parts | null {
  const found = /^(\d{1,4})([-./])(\d{1,2})\2(\d{4}|\d{1,2})(?=$|[T ,])/i.exec(text);
  if (!found) return null;
  const [whole, first, separator, second, third] = found as unknown as [string, string, string, string, string];
  const rest = readTimeAndZone(text.slice(whole.length).replace(/^[T ,]\s?-?\s?/i, ''));
  if (!rest) return null;
  if (first.length === 4) return { year: Number(first), month: Number(second), day: Number(third), ...rest };
  if (first.length > 2 || third.length === 1) return null;
  const [a, b] = [Number(first), Number(second)];
  const monthFirst = separator === '/' && a <= 12 && (b > 12 || isAmerican(hostname));
  return { year: fullYear(third), month: monthFirst ? a : b, day: monthFirst ? b : a, ...rest };
}

const isAmerican = (hostname: string | null): boolean =>
  hostname === null || hostname.endsWith('.us') || !/\.[a-z]{2}$/.test(hostname);

const token =
  /(\d{1,2}[:.]\d{1,2}(?:[:.]\d{1,2}(?:[.,]\d{1,9})?)?)(?![\d:])|([+-]\d{1,2}:?\d{2})(?![\d:])|(\d{1,4})(?!\d)\.?|([\p{L}/_]+)\.?|([,\s]|-(?=\s))/uy;

/** Words and numbers in any sensible order; every character has to mean something, or it is no date. */
function wordParts(text: string): Parts | null {
  const numbers: string[] = [];
  let month: number | undefined;
  let time: string | undefined;
  let half: string | undefined;
  let offset: number | null = null;
  let hasNumericOffset = false;
  let hasZone = false;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (!found) return null;
    const [, clock, numericOffset, number, word] = found;
    if (clock !== undefined && time === undefined) time = clock.replaceAll('.', ':');
    else if (clock !== undefined) return null;
    else if (numericOffset !== undefined) {
      const minutes = offsetOf(numericOffset);
      if (minutes === null || hasNumericOffset || time === undefined) return null;
      offset = minutes;
      hasNumericOffset = true;
    } else if (number !== undefined) numbers.push(number);
    else if (word !== undefined) {
      const lower = word.toLowerCase();
      const asMonth = monthNamed(lower);
      const asZone = time === undefined ? undefined : zoneNamed(lower.replace(/^etc\//, ''));
      if (asMonth !== undefined) {
        if (month !== undefined && month !== asMonth) return null;
        month = asMonth;
      } else if (lower === 'am' || lower === 'pm') half = lower;
      else if (asZone !== undefined) {
        if (hasZone) return null;
        hasZone = true;
        if (!hasNumericOffset) offset = asZone;
      } else if (!isNoise(lower) && !isWeekday(lower)) return null;
    }
  }
  if (month === undefined || numbers.length !== 2) return null;
  const clock = time === undefined ? midnight : readClock(time, half);
  const [first, second] = numbers as [string, string];
  const [day, year] = first.length === 4 ? [second, first] : [first, second];
  if (!clock || day.length > 2 || (year.length !== 4 && year.length !== 2)) return null;
  return { year: fullYear(year), month, day: Number(day), time: clock, offset };
}

/** Ten digits are seconds since 1970, thirteen milliseconds; fewer could be anything. */
function epochParts(text: string): Parts | null {
  if (!/^1\d{9}(\d{3})?$/.test(text)) return null;
  const date = new Date(Number(text) * (text.length === 10 ? 1000 : 1));
  const time = {
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ms: date.getUTCMilliseconds(),
  };
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), time, offset: 0 };
}

function withoutWeekday(text: string): string {
  const found = /^(\p{L}{2,12})\.?,? ?(?=\d)/u.exec(text);
  return found && isWeekday(found[1]!.toLowerCase()) ? text.slice(found[0].length) : text;
}

/** What may follow a numeric date: nothing, or a time with or without a zone, and nothing else. */
function readTimeAndZone(text: string): Pick<Parts, 'time' | 'offset'> | null {
  if (text === '') return { time: midnight, offset: null };
  const found =
    /^(\d{1,2}(?::?\d{2}(?::?\d{2}(?:[.,]\d{1,9})?)?)?) ?(am|pm)?(?: uur| u)?(?: ?(?:([a-z/]{1,12})? ?([+-]\d{2}:?\d{0,2})?))?$/i.exec(
      text,
    );
  if (!found) return null;
  const [, clock, half, zone, numericOffset] = found;
  const time = readClock(clock!, half?.toLowerCase());
  const named = zone === undefined ? null : zoneNamed(zone.toLowerCase().replace(/^etc\//, ''));
  const offset = numericOffset === undefined ? named : offsetOf(numericOffset);
  if (!time || named === undefined || (numericOffset !== undefined && offset === null)) return null;
  return { time, offset: offset ?? null };
}

function readClock(written: string, half: string | undefined): Time | null {
  const compact = /^\d{4}(\d{2})?/.test(written) ? written.replace(/^(\d\d)(\d\d)(\d\d)?/, '$1:$2:$3') : written;
  const [hours, minutes = '0', seconds = '0'] = compact.replace(/:$/, '').split(':');
  const [whole, fraction = ''] = seconds.split(/[.,]/);
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  }
  const [minute, second] = [Number(minutes), Number(whole)];
  const isMidnight = hour === 24 && minute === 0 && second === 0;
  if ((hour > 23 && !isMidnight) || minute > 59 || second > 60) return null;
  return { hour, minute, second: Math.min(second, 59), ms: Number(fraction.slice(0, 3).padEnd(3, '0')) };
}

/** Minutes of +01:00, +0100 or +01; null beyond what exists on earth. */
function offsetOf(written: string): number | null {
  const digits = written.slice(1).replace(':', '');
  const hours = Number(digits.length <= 2 ? digits : digits.slice(0, -2));
  const minutes = Number(digits.length <= 2 ? 0 : digits.slice(-2));
  if (hours > 14 || minutes > 59) return null;
  return (written.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

const fullYear = (written: string): number =>
  written.length === 4 ? Number(written) : Number(written) + (Number(written) < 70 ? 2000 : 1900);

function toDate({ year, month, day, time, offset }: Parts, hostname: string | null): Date | null {
  if (month < 1 || month > 12 || day < 1) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1) return null;
  date.setUTCHours(time.hour, time.minute, time.second, time.ms);
  const minutes = offset ?? (hostname !== null && /\.(nl|be)$/.test(hostname) ? amsterdamOffset(date) : 0);
  return new Date(date.getTime() - minutes * 60_000);
}

/** Minutes that clocks in Amsterdam and Brussels are ahead of UTC, given what they show: the rule of the EU since 1996. */
function amsterdamOffset(local: Date): number {
  const winterTime = local.getTime() - 3_600_000;
  const year = local.getUTCFullYear();
  return winterTime >= lastSunday(year, 2) && winterTime < lastSunday(year, 9) ? 120 : 60;
}

/** 01:00 UTC on the last Sunday of a month of 31 days. */
function lastSunday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 31, 1));
  return last.getTime() - last.getUTCDay() * 86_400_000;
}
