import { expect, test } from 'vitest';
import { createNewcomers } from './newcomers.ts';

const since = Date.parse('2026-11-20T12:00:00Z');
const made = (secondsAfter: number, id = 1) => ({ id, createdAt: new Date(since + secondsAfter * 1000) });

test('a thread made after the start is new once', () => {
  const newcomers = createNewcomers(since);
  const round = newcomers.round();
  expect(round.isNew(made(5))).toBe(true);
  round.done();
  expect(newcomers.round().isNew(made(5))).toBe(false);
});

test('a thread from before the start is not new, one whose transaction was just under way is', () => {
  const round = createNewcomers(since).round();
  expect(round.isNew(made(-60))).toBe(false);
  expect(round.isNew(made(-1))).toBe(true);
});

test('what was said in a frame that did not go out is said again', () => {
  const newcomers = createNewcomers(since);
  newcomers.round().isNew(made(5));
  expect(newcomers.round().isNew(made(5))).toBe(true);
});
