import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayFrom, dayIn, daysIn, eachDay, endingOn, isCountable, shifted, spanOf } from './period.ts';

const day = fc.integer({ min: 0, max: 40_000 }).map((n) => dayFrom('1950-01-01', n));

test('a period and the one before it are as long, and meet', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 400 }), (to, length) => {
      const period = endingOn(to, length);
      const before = shifted(period, -1);
      expect(daysIn(period)).toBe(length);
      expect(daysIn(before)).toBe(length);
      expect(dayFrom(before.to, 1)).toBe(period.from);
      expect(shifted(before, 1)).toEqual(period);
      expect(isCountable(period)).toBe(length <= 366);
    }),
  );
});

test('days follow one another through leap years and changes of the clock', () => {
  expect(eachDay({ from: '2028-02-28', to: '2028-03-01' })).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
  expect(eachDay({ from: '2026-03-28', to: '2026-03-30' })).toHaveLength(3);
  expect(eachDay({ from: '2026-03-30', to: '2026-03-28' })).toEqual([]);
});

test('a period that is turned round, too long or outside the calendar cannot be counted', () => {
  expect(isCountable({ from: '2026-01-01', to: '2027-01-01' })).toBe(true);
  expect(isCountable({ from: '2026-01-01', to: '2027-01-02' })).toBe(false);
  expect(isCountable({ from: '2026-01-02', to: '2026-01-01' })).toBe(false);
  expect(isCountable({ from: '0001-01-01', to: '0001-01-02' })).toBe(false);
  expect(isCountable({ from: '9999-12-30', to: '9999-12-31' })).toBe(false);
  expect(isCountable({ from: '', to: 'gisteren' })).toBe(false);
});

test('a moment is on the day of its time zone', () => {
  const at = new Date('2026-03-28T23:30:00Z');
  expect([dayIn(at, 'Europe/Amsterdam'), dayIn(at, 'Atlantic/Azores'), dayIn(at, 'Asia/Tokyo')]).toEqual([
    '2026-03-29',
    '2026-03-28',
    '2026-03-29',
  ]);
  expect(spanOf(endingOn('2026-11-23', 28))).toBe('month');
  expect(spanOf(endingOn('2026-11-23', 30))).toBeNull();
});
