import type { Figures } from '../api-figures.ts';

/**
 * When a difference may be called one. Counts of things that come by themselves differ by about their square root from one period to
 * the next; only what is twice that is news, so that of a quiet stream not every ripple is a finding.
 */
export type Change =
  | 'muchLess'
  | 'half'
  | 'less'
  | 'bitLess'
  | 'same'
  | 'bitMore'
  | 'more'
  | 'nearlyTwice'
  | 'twice'
  | 'overTwice'
  | 'manyTimes';

/** Up to which ratio each word holds. */
const ratios: [below: number, change: Change][] = [
  [0.45, 'muchLess'],
  [0.55, 'half'],
  [0.75, 'less'],
  [0.9, 'bitLess'],
  [1.1, 'same'],
  [1.25, 'bitMore'],
  [1.75, 'more'],
  [1.95, 'nearlyTwice'],
  [2.1, 'twice'],
  [3, 'overTwice'],
  [Number.POSITIVE_INFINITY, 'manyTimes'],
];

/** How a count changed; null when the difference says nothing. Neither may be nought. */
export function changeOf(now: number, before: number): Change | null {
  const change = ratios.find(([below]) => now / before < below)?.[1] ?? 'manyTimes';
  if (change === 'same') return change;
  return Math.abs(now - before) < 2 * Math.sqrt(now + before) ? null : change;
}

/** 1 when a part is a clearly larger share than before, -1 when smaller, 0 when nobody can tell. */
export function shareShift(now: { part: number; all: number }, before: { part: number; all: number }): -1 | 0 | 1 {
  if (now.all === 0 || before.all === 0) return 0;
  const together = (now.part + before.part) / (now.all + before.all);
  const spread = Math.sqrt(together * (1 - together) * (1 / now.all + 1 / before.all));
  const difference = now.part / now.all - before.part / before.all;
  return Math.abs(difference) <= 2 * spread ? 0 : difference > 0 ? 1 : -1;
}

export type Tones = Figures['totals']['tones'];
export type ToneShift = { kind: 'negative' | 'positive' | 'same'; certainty: 'sure' | 'unsure' };

/**
 * How the tone moved between two sets of stories. Sure when what we are sure of alone says the same; one way and the other at
 * once is called the same, because neither word would be true.
 */
export function toneShift(
  now: { tones: Tones; stories: number },
  before: { tones: Tones; stories: number },
): ToneShift {
  const shift = (part: (tones: Tones) => number) =>
    shareShift({ part: part(now.tones), all: now.stories }, { part: part(before.tones), all: before.stories });
  const negative = shift(({ negative: { sure, unsure } }) => sure + unsure);
  const positive = shift(({ positive: { sure, unsure } }) => sure + unsure);
  const certainty = (known: number) => (known > 0 ? 'sure' : 'unsure');
  const [worse, better] = [negative > 0 || positive < 0, positive > 0 || negative < 0];
  if (worse === better) return { kind: 'same', certainty: 'unsure' };
  const [sureWorse, sureBetter] = [shift((tones) => tones.negative.sure), shift((tones) => tones.positive.sure)];
  return worse
    ? { kind: 'negative', certainty: certainty(Math.max(sureWorse, -sureBetter)) }
    : { kind: 'positive', certainty: certainty(Math.max(sureBetter, -sureWorse)) };
}

/** Which of two tones is heard clearly more often. */
export function balance({ negative, positive }: Tones): 'negative' | 'positive' | 'even' {
  const [down, up] = [negative.sure + negative.unsure, positive.sure + positive.unsure];
  if (Math.abs(down - up) <= 2 * Math.sqrt(down + up)) return 'even';
  return down > up ? 'negative' : 'positive';
}

/** Of how many stories the tone is fairly certain. */
export function sureOf({ negative, neutral, positive }: Tones): number {
  return negative.sure + neutral.sure + positive.sure;
}

const fractions = {
  tenth: 0.1,
  fifth: 0.2,
  quarter: 0.25,
  third: 1 / 3,
  half: 0.5,
  twoThirds: 2 / 3,
  threeQuarters: 0.75,
  nineTenths: 0.9,
};
export type Fraction = keyof typeof fractions | 'none' | 'few' | 'nearlyAll' | 'all';

/** A share in words that people use: the nearest of a few simple fractions. */
export function fractionOf(part: number, all: number): Fraction {
  if (part <= 0 || all <= 0) return 'none';
  if (part >= all) return 'all';
  const share = part / all;
  if (share < 0.06) return 'few';
  if (share > 0.95) return 'nearlyAll';
  const distance = (name: keyof typeof fractions) => Math.abs(fractions[name] - share);
  const names = Object.keys(fractions) as (keyof typeof fractions)[];
  return names.reduce((best, name) => (distance(name) < distance(best) ? name : best));
}

/** The first and last place of the counts in a row that stand out above all others; null when none or several such rows do. */
export function peakOf(counts: readonly number[]): [first: number, last: number] | null {
  const highest = Math.max(0, ...counts);
  const mean = counts.reduce((sum, n) => sum + n, 0) / Math.max(1, counts.length);
  const stands = (n: number | undefined) => n !== undefined && n >= Math.max(5, 1.5 * mean, mean + 3 * Math.sqrt(mean));
  if (counts.length < 3 || !stands(highest)) return null;
  let [first, last] = [counts.indexOf(highest), counts.indexOf(highest)];
  while (stands(counts[first - 1])) first -= 1;
  while (stands(counts[last + 1])) last += 1;
  return counts.lastIndexOf(highest) > last ? null : [first, last];
}
