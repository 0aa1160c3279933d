import { expect, test } from 'vitest';
import { day, daysAgo, every, figure, languageName, shortTime, spokenTime } from './time.ts';
import { en } from './words/en.ts';
import { nl } from './words/nl.ts';

const now = new Date(2026, 10, 23, 10, 5);

test.each([
  [new Date(2026, 10, 23, 9, 12), '09:12', '09:12'],
  [new Date(2026, 10, 22, 23, 59), 'gisteren 23:59', 'yesterday 23:59'],
  [new Date(2026, 10, 12, 14, 20), '12 nov', '12 Nov'],
  [new Date(2024, 0, 3, 14, 20), '3 jan 2024', '3 Jan 2024'],
])('a list says a moment as short as it can: %s', (at, dutch, english) => {
  expect(shortTime(at, 'nl', nl, now)).toBe(dutch);
  expect(shortTime(at, 'en', en, now)).toBe(english);
});

test('a sentence says the day with its time', () => {
  expect(spokenTime(new Date(2026, 10, 23, 9, 12), 'nl', nl, now)).toBe('vandaag 09:12');
  expect(spokenTime(new Date(2026, 10, 12, 14, 20), 'nl', nl, now)).toBe('12 nov 14:20');
});

test('yesterday is a day of the calendar, not 24 hours', () => {
  expect(daysAgo(new Date(2026, 10, 22, 23, 59), new Date(2026, 10, 23, 0, 1))).toBe(1);
  expect(daysAgo(new Date(2026, 2, 28, 12), new Date(2026, 2, 29, 12))).toBe(1);
});

test.each([
  [30, 'elke 30 seconden', 'every 30 seconds'],
  [60, 'elke minuut', 'every minute'],
  [900, 'elke 15 minuten', 'every 15 minutes'],
  [3_500, 'elk uur', 'every hour'],
  [7_200, 'elke 2 uur', 'every 2 hours'],
  [86_400, 'elke dag', 'every day'],
])('%s seconds are a rhythm in words', (seconds, dutch, english) => {
  expect(every(seconds, nl)).toBe(dutch);
  expect(every(seconds, en)).toBe(english);
});

test('figures follow the language; below ten they keep one decimal', () => {
  expect(figure(0.33, 'nl')).toBe('0,3');
  expect(figure(0.33, 'en')).toBe('0.3');
  expect(figure(1_234.6, 'nl')).toBe('1.235');
});

test('a language is named in the language of the reader, and not at all when nobody could tell', () => {
  expect(languageName('fr', 'nl')).toBe('Frans');
  expect(languageName('fr', 'en')).toBe('French');
  expect(languageName('und', 'nl')).toBeNull();
  expect(languageName('%', 'nl')).toBeNull();
  expect(day(now, 'nl', now)).toBe('23 nov');
});
