import { expect, test } from 'vitest';
import { createRate } from './rate.ts';

test('each key has its own count, which begins again after a while', () => {
  let at = 0;
  const rate = createRate({ most: 2, windowMs: 1_000 }, () => at);
  expect([rate('a'), rate('a'), rate('a'), rate('b')]).toEqual([true, true, false, true]);
  at = 999;
  expect(rate('a')).toBe(false);
  at = 1_000;
  expect(rate('a')).toBe(true);
});

test('keys that are made up one after another do not fill the memory', () => {
  const rate = createRate({ most: 1, windowMs: 1_000 }, () => 0);
  const had = Array.from({ length: 60_000 }, (_, n) => rate(`k${n}`)).filter(Boolean).length;
  expect(had).toBe(50_000);
});
