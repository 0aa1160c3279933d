import { expect, test } from 'vitest';
import { daysOn, lastOffered, offeredWeeks, weeksOn, weeksUntil } from './last-day.ts';

test('a day so many days on counts over months, years and the hour that goes', () => {
  expect(daysOn('2026-03-28', 2)).toBe('2026-03-30');
  expect(daysOn('2026-12-31', 1)).toBe('2027-01-01');
  expect(daysOn('2028-02-28', 1)).toBe('2028-02-29');
});

test('a day at the end of an offered period is told from any other', () => {
  for (const weeks of offeredWeeks) expect(weeksUntil('2026-11-23', weeksOn('2026-11-23', weeks))).toBe(weeks);
  expect(weeksUntil('2026-11-23', '2026-12-02')).toBeNull();
  expect(weeksUntil('2026-11-23', '')).toBeNull();
});

test('the last day is 180 days on', () => {
  expect(lastOffered('2026-11-23')).toBe('2027-05-22');
});
