import { expect, test } from 'vitest';
import { enDesk } from '../words/en-desk.ts';
import { nlDesk } from '../words/nl-desk.ts';
import { minutesSince, waitLong, waitShort } from './waiting.ts';

const nl = nlDesk.desk.wait;

test.each([
  [0, 'nog geen minuut', '0 min'],
  [1, '1 minuut', '1 min'],
  [26, '26 minuten', '26 min'],
  [60, '1 uur', '1 u'],
  [112, '1 uur en 52 minuten', '1 u 52 min'],
  [260, '4 uur en 20 minuten', '4 u 20 min'],
  [1439, '23 uur en 59 minuten', '23 u 59 min'],
  [1440, '1 dag', '1 dag'],
  [1500, '1 dag en 1 uur', '1 dag 1 u'],
  [2 * 1440 + 59, '2 dagen', '2 dagen'],
  [3 * 1440 + 600, '3 dagen', '3 dagen'],
  [4000 * 1440, '4.000 dagen', '4.000 dagen'],
  [59.7, '1 uur', '1 u'],
  [-5, 'nog geen minuut', '0 min'],
])('%d minutes are said as "%s"', (minutes, long, short) => {
  expect(waitLong(minutes, nl)).toBe(long);
  expect(waitShort(minutes, nl)).toBe(short);
});

test('English says the same', () => {
  expect(waitLong(112, enDesk.desk.wait)).toBe('1 hour and 52 minutes');
  expect(waitShort(260, enDesk.desk.wait)).toBe('4 h 20 min');
});

test('a minute counts when it is over, and a clock that is behind counts as none', () => {
  const now = new Date('2026-11-23T10:00:59Z');
  expect(minutesSince('2026-11-23T09:59:00Z', now)).toBe(1);
  expect(minutesSince('2026-11-23T10:05:00Z', now)).toBe(0);
});
