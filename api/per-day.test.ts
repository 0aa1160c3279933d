import { expect, test } from 'vitest';
import { perDay } from './per-day.ts';

const now = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number) => now.getTime() - days * 86_400_000;

test('a quiet source is counted over two weeks', () => {
  expect(perDay([], now)).toBe(0);
  expect(perDay([daysAgo(1), daysAgo(3), daysAgo(13)], now)).toBe(0.21);
  expect(perDay([daysAgo(1), daysAgo(15), daysAgo(400)], now)).toBe(0.07);
});

test('a busy source is counted over the time its newest fifty span', () => {
  expect(
    perDay(
      Array.from({ length: 50 }, (_, i) => daysAgo(i / 10)),
      now,
    ),
  ).toBe(10.2);
  expect(
    perDay(
      Array.from({ length: 50 }, () => now.getTime()),
      now,
    ),
  ).toBe(1200);
});
