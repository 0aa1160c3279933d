const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

type Clock = { year: number; month: number; day: number; time: string; weekday: number; offset: string };

/** The Amsterdam clock at `at`, with its offset from UTC as '+0100'. */
export function clockOf(at: Date): Clock {
  const found = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  const [year, month, day] = [Number(found.year), Number(found.month), Number(found.day)];
  const [hour, minute, second] = [Number(found.hour), Number(found.minute), Number(found.second)];
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const hours = Math.round((local - at.getTime()) / 3_600_000);
  return {
    year,
    month,
    day,
    time: `${found.hour}:${found.minute}`,
    weekday: new Date(local).getUTCDay(),
    offset: `+0${hours}00`,
  };
}

/** The instant at which the Amsterdam clock shows `time` ('09:12') on the day `daysBefore` that of `at`. */
export function atClock(at: Date, daysBefore: number, time: string): Date {
  const { year, month, day } = clockOf(at);
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const asUtc = new Date(Date.UTC(year, month - 1, day - daysBefore, hour, minute));
  return new Date(asUtc.getTime() - Number(clockOf(asUtc).offset.slice(0, 3)) * 3_600_000);
}

/** RFC 822 in UTC, as most feeds write it. */
export const rfc822 = (at: Date): string => at.toUTCString().replace('GMT', '+0000');

export const iso = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

const weekdays = ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'];
const months = 'januari februari maart april mei juni juli augustus september oktober november december'.split(' ');

/** 'maandag 3 november 2026 14:20 +0100': what a Dutch content system makes of a date field. */
export function dutchDate(at: Date): string {
  const { year, month, day, time, weekday, offset } = clockOf(at);
  return `${weekdays[weekday]} ${day} ${months[month - 1]} ${year} ${time} ${offset}`;
}
