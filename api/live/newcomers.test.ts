import { expect, test } from 'vitest';
import { createNewcomers } from './newcomers.ts';

const since = Date.parse('2026-11-20T12:00:00Z');
const made = (secondsAfter: number, id = 1) => ({ id, createdAt: new Date(since + secondsAfter * 1000) });

test('a thread made after the start is new until it was told of', () => {
  const newcomers = createNewcomers(since, []);
  expect(newcomers.isNew(made(5))).toBe(true);
  expect(newcomers.isNew(made(5))).toBe(true);
  newcomers.note([1]);
  expect(newcomers.isNew(made(5))).toBe(false);
});

test('a thread from before the start is not new; one whose transaction was under way is, unless it was known', () => {
  const newcomers = createNewcomers(since, [2]);
  expect(newcomers.isNew(made(-60))).toBe(false);
  expect(newcomers.isNew(made(-10))).toBe(true);
  expect(newcomers.isNew(made(-10, 2))).toBe(false);
});

test('what is remembered has an end, the newest stays', () => {
  const newcomers = createNewcomers(since, []);
  newcomers.note(Array.from({ length: 60_000 }, (_, id) => id));
  expect(newcomers.isNew(made(5, 59_999))).toBe(false);
  expect(newcomers.isNew(made(5, 0))).toBe(true);
});
