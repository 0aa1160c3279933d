import { expect, test } from 'vitest';
import { changeOf, fractionOf, peakOf, shareShift, toneShift } from './compare.ts';
import { stepsTo } from './scale.ts';

test.each([
  [400, 100, 'manyTimes'],
  [250, 100, 'overTwice'],
  [200, 100, 'twice'],
  [150, 100, 'more'],
  [1_200, 1_000, 'bitMore'],
  [1_050, 1_000, 'same'],
  [850, 1_000, 'bitLess'],
  [600, 1_000, 'less'],
  [50, 100, 'half'],
  [20, 100, 'muchLess'],
])('%i after %i is %s', (now, before, change) => {
  expect(changeOf(now, before)).toBe(change);
});

test('a difference that chance makes is none', () => {
  expect(changeOf(30, 22)).toBeNull();
  expect(changeOf(112, 100)).toBeNull();
  expect(shareShift({ part: 12, all: 30 }, { part: 9, all: 30 })).toBe(0);
  expect(shareShift({ part: 120, all: 300 }, { part: 60, all: 300 })).toBe(1);
  expect(shareShift({ part: 0, all: 0 }, { part: 3, all: 4 })).toBe(0);
});

test('a tone that moved both ways at once moved neither way', () => {
  const tones = (negative: number, positive: number, neutral: number) => ({
    negative: { sure: negative, unsure: 0 },
    neutral: { sure: neutral, unsure: 0 },
    positive: { sure: positive, unsure: 0 },
    unclear: 0,
  });
  const [calm, torn] = [tones(20, 20, 160), tones(90, 90, 20)];
  expect(toneShift({ tones: torn, stories: 200 }, { tones: calm, stories: 200 }).kind).toBe('same');
  const better = toneShift({ tones: tones(20, 90, 90), stories: 200 }, { tones: calm, stories: 200 });
  expect(better).toEqual({ kind: 'positive', certainty: 'sure' });
});

test.each([
  [0, 40, 'none'],
  [1, 40, 'few'],
  [10, 40, 'quarter'],
  [13, 40, 'third'],
  [21, 40, 'half'],
  [39, 40, 'nearlyAll'],
  [40, 40, 'all'],
])('%i of %i reads as %s', (part, all, fraction) => {
  expect(fractionOf(part, all)).toBe(fraction);
});

test('a peak is what stands out, be it a day or a few in a row; two of them are none', () => {
  const calm = Array.from({ length: 28 }, (_, n) => 10 + (n % 3));
  expect(peakOf(calm)).toBeNull();
  expect(peakOf(calm.with(5, 60))).toEqual([5, 5]);
  expect(peakOf(calm.with(5, 60).with(6, 50))).toEqual([5, 6]);
  expect(peakOf(calm.with(5, 60).with(20, 60))).toBeNull();
  expect(peakOf([0, 0, 0, 0, 0, 0, 10, 12, 11])).toBeNull();
  expect(peakOf([])).toBeNull();
});

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [38, [0, 20, 40]],
  [97, [0, 50, 100]],
  [1_204, [0, 500, 1_000, 1_500]],
])('an axis up to %i', (highest, steps) => {
  expect(stepsTo(highest)).toEqual(steps);
});
