import { expect, test } from 'vitest';
import { nl } from '../words/nl.ts';
import { timeLeft } from './days.ts';

const now = new Date('2026-11-23T22:00:00');

test.each([
  ['2027-01-31', 'nog 10 weken'],
  ['2026-12-13', 'nog 20 dagen'],
  ['2026-11-24', 'nog 1 dag'],
  ['2026-11-23', 'vandaag is de laatste dag'],
  ['2026-11-22', 'voorbij'],
])('a circle that runs until %s says: %s', (endsOn, says) => {
  expect(timeLeft(endsOn, nl.circle, now)).toBe(says);
});
