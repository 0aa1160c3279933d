import { expect, test } from 'vitest';
import { dayIn } from '#domain/period.ts';
import { daysOf, printDay, readDay, startOfDay } from './dates.ts';

/** First and last day of what was written, where today is Monday the 23rd of November 2026. */
const days = (written: string, today = '2026-11-23') => {
  const day = readDay(written);
  const { from, to } = day ? daysOf(day, today) : { from: 'none', to: '' };
  return `${from}/${to}`;
};

test('days, months and years of ISO 8601', () => {
  expect(days('2026-11-23')).toBe('2026-11-23/2026-11-23');
  expect(days('2026-02')).toBe('2026-02-01/2026-02-28');
  expect(days('2024-02')).toBe('2024-02-01/2024-02-29');
  expect(days('2025')).toBe('2025-01-01/2025-12-31');
  for (const none of [
    '2026-13',
    '2026-02-30',
    '2026-1-1',
    '26-01-01',
    '23-11-2026',
    '1066',
    '9999',
    '2026-11-23T10:00',
  ])
    expect(days(none)).toBe('none/');
});

test('words of both languages, whatever their case; weeks begin on Monday', () => {
  expect(days('Gisteren')).toBe('2026-11-22/2026-11-22');
  expect(days('eergisteren')).toBe('2026-11-21/2026-11-21');
  expect(days('deze  week')).toBe('2026-11-23/2026-11-29');
  expect(days('last week')).toBe('2026-11-16/2026-11-22');
  expect(days('last week', '2026-11-22')).toBe('2026-11-09/2026-11-15');
  expect(days('vorige maand')).toBe('2026-10-01/2026-10-31');
  expect(days('last month', '2026-03-31')).toBe('2026-02-01/2026-02-28');
  expect(days('dit kwartaal')).toBe('2026-10-01/2026-12-31');
  expect(days('last quarter', '2026-01-15')).toBe('2025-10-01/2025-12-31');
  expect(days('vorig jaar')).toBe('2025-01-01/2025-12-31');
  expect(days('today')).toBe('2026-11-23/2026-11-23');
  for (const none of ['morgen', 'tomorrow', 'week', '', 'constructor']) expect(days(none)).toBe('none/');
});

test('so long ago, until today; a day that a month does not have is its last', () => {
  expect(days('7d')).toBe('2026-11-16/2026-11-23');
  expect(days('-30d')).toBe('2026-10-24/2026-11-23');
  expect(days('2 weken')).toBe('2026-11-09/2026-11-23');
  expect(days('1 month', '2026-03-31')).toBe('2026-02-28/2026-03-31');
  expect(days('13m')).toBe('2025-10-23/2026-11-23');
  expect(days('1j', '2024-02-29')).toBe('2023-02-28/2024-02-29');
  expect(days('1y')).toBe(days('1 jaar'));
  for (const none of ['7', 'd', '7x', '10000d', '1001d', '101y', '--7d', '1.5d', '7 d w'])
    expect(days(none)).toBe('none/');
});

test('are printed in either language, and read again', () => {
  const written = '2026-11 7d 2w 1m 3y vandaag eergisteren'
    .split(' ')
    .concat('vorige week', 'dit kwartaal', 'vorig jaar');
  for (const each of written)
    for (const language of ['nl', 'en'] as const)
      expect(readDay(printDay(readDay(each)!, language))).toEqual(readDay(each));
  expect(printDay(readDay('yesterday')!, 'nl')).toBe('gisteren');
  expect(printDay(readDay('2 jaar')!, 'en')).toBe('2y');
});

test('a day begins at its first moment, also where clocks change at midnight', () => {
  const begins = (day: string, timeZone: string) => new Date(startOfDay(day, timeZone)).toISOString();
  expect(begins('2026-11-23', 'Europe/Amsterdam')).toBe('2026-11-22T23:00:00.000Z');
  expect(begins('2026-03-30', 'Europe/Amsterdam')).toBe('2026-03-29T22:00:00.000Z');
  expect(begins('2026-10-25', 'Europe/Amsterdam')).toBe('2026-10-24T22:00:00.000Z');
  expect(begins('2026-11-23', 'Asia/Kathmandu')).toBe('2026-11-22T18:15:00.000Z');
  // No midnight: clocks go from 23:59:59 to 1:00.
  expect(begins('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z');
  // The evening before comes twice.
  expect(begins('2018-02-18', 'America/Sao_Paulo')).toBe('2018-02-18T03:00:00.000Z');
  // Midnight comes twice.
  expect(begins('2026-11-01', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z');
  expect(begins('2026-10-25', 'Atlantic/Azores')).toBe('2026-10-25T00:00:00.000Z');
});

test('the first moment of a day is the first at which it is that day, whichever way clocks go', () => {
  const changes = {
    'Australia/Sydney': ['2026-04-05', '2026-10-04'],
    'Australia/Lord_Howe': ['2026-04-05', '2026-10-04'],
    'America/New_York': ['2026-03-08', '2026-11-01'],
    'America/Santiago': ['2026-04-05', '2026-09-06'],
    'Africa/Cairo': ['2026-04-24', '2026-10-30'],
    'America/St_Johns': ['2008-03-09', '2008-11-02'],
  };
  for (const [zone, days] of Object.entries(changes))
    for (const day of days) {
      const begins = startOfDay(day, zone);
      expect([zone, day, dayIn(new Date(begins), zone)]).toEqual([zone, day, day]);
      expect(dayIn(new Date(begins - 1), zone) < day).toBe(true);
    }
});
