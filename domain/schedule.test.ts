import { expect, test } from 'vitest';
import {
  type AnswerFacts,
  type FailureFacts,
  moveOf,
  nextAfterAnswer,
  nextAfterFailure,
  rememberTimes,
} from './schedule.ts';

const now = new Date('2026-11-23T12:10:00Z');
const minutes = (next: { nextPollAt: Date }) => (next.nextPollAt.getTime() - now.getTime()) / 60_000;
const every = (hours: number, count: number) =>
  Array.from({ length: count }, (_, n) => now.getTime() - (n + 1) * hours * 3_600_000);
const answer = (facts: Partial<AnswerFacts>) =>
  nextAfterAnswer({ sourceId: 1, now, intervalSeconds: 3_600, recent: every(12, 28), newCount: 0, ...facts });
const failure = (facts: Partial<FailureFacts>) =>
  nextAfterFailure({
    sourceId: 1,
    now,
    intervalSeconds: 3_600,
    kind: 'unreachable',
    failures: 1,
    failingSince: now,
    ...facts,
  });

test('half the expected gap, halved on news, slower in silence', () => {
  // Two a day: a gap of twelve hours, half of it is six.
  expect(answer({ intervalSeconds: 6 * 3_600, newCount: 1 }).intervalSeconds).toBeCloseTo(3 * 3_600, -2);
  expect(answer({ intervalSeconds: 3_600 }).intervalSeconds).toBe(5_400);
  expect(answer({ intervalSeconds: 86_400 }).intervalSeconds).toBeCloseTo(6 * 3_600, -2);
});

test('never below fifteen minutes by our own choice, never above a day', () => {
  const busy = answer({ intervalSeconds: 900, recent: every(0.05, 50), newCount: 9 });
  expect(busy.intervalSeconds).toBe(900);
  expect(minutes(busy)).toBeGreaterThan(13);
  expect(answer({ intervalSeconds: 86_400, recent: [] }).intervalSeconds).toBe(86_400);
});

test('at night we ask no more than once an hour', () => {
  const night = new Date('2026-11-23T02:10:00Z');
  const next = nextAfterAnswer({ sourceId: 1, now: night, intervalSeconds: 900, recent: every(1, 50), newCount: 1 });
  expect((next.nextPollAt.getTime() - night.getTime()) / 60_000).toBeGreaterThan(53);
});

test("the server's minimum is a minimum, up to a day", () => {
  expect(minutes(answer({ minIntervalSeconds: 4 * 3_600 }))).toBeGreaterThanOrEqual(240);
  expect(minutes(answer({ minIntervalSeconds: 30 * 86_400 }))).toBeLessThan(24 * 60 * 1.11);
});

test('hours and days that a feed asks to skip are skipped, unless it asks for all', () => {
  const next = answer({ intervalSeconds: 900, skipHours: [12, 13, 14, 15], skipDays: [] });
  expect(next.nextPollAt.getUTCHours()).toBe(16);
  expect(answer({ skipDays: ['Monday'] }).nextPollAt.getUTCDay()).toBe(2);
  const all = Array.from({ length: 24 }, (_, hour) => hour);
  expect(minutes(answer({ skipHours: all }))).toBeLessThan(120);
});

test('when more is waiting we come back soon', () => {
  expect(minutes(answer({ more: true }))).toBe(1);
});

test('sources that were added together are not polled together', () => {
  const times = new Set(Array.from({ length: 100 }, (_, sourceId) => answer({ sourceId }).nextPollAt.getTime()));
  expect(times.size).toBeGreaterThan(90);
});

test.each([
  ['denied', 1, 54, 66],
  ['denied', 4, 8 * 54, 8 * 66],
  ['denied', 30, 24 * 54, 24 * 66],
  ['unreachable', 1, 1, 1],
  ['unreachable', 4, 4, 8],
  ['unreachable', 30, 180, 360],
  ['unreadable', 1, 108, 132],
  ['rate-limited', 1, 13.5, 16.5],
] as const)('%s, failure %i: again after %d to %d minutes', (kind, failures, least, most) => {
  const wait = minutes(failure({ kind, failures }));
  expect(wait).toBeGreaterThanOrEqual(least);
  expect(wait).toBeLessThanOrEqual(most);
});

test('Retry-After is obeyed from one minute to one day', () => {
  const after = (retryAfterSeconds: number) => minutes(failure({ kind: 'rate-limited', retryAfterSeconds }));
  expect(after(5)).toBeGreaterThanOrEqual(1);
  expect(after(7_200)).toBeGreaterThanOrEqual(120);
  expect(after(9_999_999)).toBeLessThan(24 * 60 * 1.11);
});

test('only the word of the source itself stops it', () => {
  const kinds = ['denied', 'rate-limited', 'unreadable', 'unreachable', 'refused', 'waiting'] as const;
  expect(kinds.map((kind) => failure({ kind, failures: 1_000 }).stop)).toEqual(kinds.map(() => false));
  expect(failure({ kind: 'gone' }).stop).toBe(true);
});

test('what cannot be read is asked ever less, but YouTube gets a week', () => {
  expect(failure({ kind: 'unreadable' }).intervalSeconds).toBe(7_200);
  expect(failure({ kind: 'unreadable', intervalSeconds: 80_000 }).intervalSeconds).toBe(86_400);
  const youTube = { kind: 'unreadable', status: 404, isYouTube: true } as const;
  expect(failure(youTube).intervalSeconds).toBe(3_600);
  expect(minutes(failure(youTube))).toBeLessThan(34);
  const longAgo = new Date(now.getTime() - 8 * 86_400_000);
  expect(minutes(failure({ ...youTube, failingSince: longAgo }))).toBeGreaterThan(100);
});

test('a move is believed after two polls a day apart', () => {
  const to = 'https://new.example/feed';
  const first = moveOf({ movedTo: null, movedSeenAt: null }, to, now);
  expect(first).toEqual({ movedTo: to, movedSeenAt: now, moves: false });
  const tomorrow = new Date(now.getTime() + 86_400_000);
  expect(moveOf(first, to, tomorrow).moves).toBe(true);
  expect(moveOf(first, 'https://other.example/', tomorrow).moves).toBe(false);
  expect(moveOf(first, undefined, tomorrow)).toMatchObject({ movedTo: null });
});

test('the newest fifty times are remembered, newest first', () => {
  const times = rememberTimes(
    every(1, 40),
    every(2, 40).map((at) => new Date(at)),
  );
  expect(times).toHaveLength(50);
  expect(times[0]!).toBeGreaterThan(times[1]!);
});
