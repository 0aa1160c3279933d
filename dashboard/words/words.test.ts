import { expect, test } from 'vitest';
import { en } from './en.ts';
import { nl } from './nl.ts';

/** Every key with what kind of thing stands there, and how many values it takes. */
function shape(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([key, value]) => {
    if (typeof value === 'function') return [`${path}${key}(${value.length})`];
    return typeof value === 'object' ? shape(value, `${path}${key}.`) : [`${path}${key}`];
  });
}

function sentences(words: object): string[] {
  return Object.values(words).flatMap((value) => {
    if (typeof value === 'function') return [1, 2, 1_234].map((n) => String(value(...Array(value.length).fill(n))));
    return typeof value === 'object' ? sentences(value) : [value];
  });
}

test('English has every word that Dutch has, and takes the same values', () => {
  expect(shape(en).sort()).toEqual(shape(nl).sort());
});

test.each([
  ['nl', nl],
  ['en', en],
] as const)('%s: nothing is empty, shouts or apologises', (_, words) => {
  for (const sentence of sentences(words)) {
    expect(sentence.trim()).not.toBe('');
    expect(sentence).not.toMatch(/!|Oeps|Oops|succesvol|successfully|undefined|NaN|\[object/);
  }
});

test('what Dutch says is not left standing in English', () => {
  const dutch = new Set(sentences(nl).filter((sentence) => sentence.split(' ').length > 3));
  expect(sentences(en).filter((sentence) => dutch.has(sentence))).toEqual([]);
});
