import { expect, test } from 'vitest';
import { wordPositions } from '#domain/tokens.ts';
import type { Plain } from '../plain.ts';
import { matches } from './matches.ts';
import { createStanding } from './standing.ts';

const aDocument = (text: string, terms: readonly string[] = []) => ({
  words: wordPositions(null, text),
  inexact: false,
  terms,
  stems: [],
  sortAt: 5,
});
const word = (text: string, prefix = false): Plain => ({ kind: 'word', word: { text, prefix } });
const not = (of: Plain): Plain => ({ kind: 'not', of });

test('queries without anything they need are tried on every document: negations, dates, beginnings of nothing', () => {
  const or: Plain = { kind: 'or', of: [word('brug'), not(word('sluis'))] };
  const plains: Plain[] = [not(word('brug')), { kind: 'since', at: 5 }, or, word('', true), not(not(word('brug')))];
  const standing = createStanding(plains.map((plain, id) => ({ id, plain })));
  expect(standing.match(aDocument('de brug'))).toEqual([1, 2, 3, 4]);
  expect(standing.match(aDocument('de sluis'))).toEqual([0, 1, 3]);
  expect(standing.match(aDocument(''))).toEqual([0, 1, 2]);
});

test('what remains is found after thousands have gone', () => {
  const plainOf = (id: number): Plain => (id % 2 ? word(`woord${id}`) : word(`begin${id}x`, true));
  const standing = createStanding(Array.from({ length: 6_000 }, (_, id) => ({ id, plain: plainOf(id) })));
  for (let id = 0; id < 6_000; id++) if (id % 100 > 1) standing.remove(id);
  expect(standing.size).toBe(120);
  for (let id = 0; id < 6_000; id++) {
    const found = standing.match(aDocument(`woord${id} begin${id}xyz`));
    expect(found).toEqual(id % 100 > 1 ? [] : [id]);
  }
});

test('a query under a common word moves to its rare one, and is found all the same', () => {
  const plain: Plain = { kind: 'and', of: [word('gemeenteraad'), word('tol')] };
  const standing = createStanding([{ id: 1, plain }]);
  for (let i = 0; i < 100; i++) expect(standing.match(aDocument(`gemeenteraad nummer ${i}`))).toEqual([]);
  expect(standing.match(aDocument('tol en gemeenteraad'))).toEqual([1]);
});

test('a query about what changes beside a document cannot stand, and cannot be asked of a document alone', () => {
  for (const leaf of [
    { kind: 'topic', id: 1 },
    { kind: 'circle', id: 1 },
    { kind: 'status', status: 'open' },
  ] satisfies Plain[]) {
    const plain: Plain = { kind: 'and', of: [word('brug'), not({ kind: 'or', of: [leaf] })] };
    const standing = createStanding();
    expect(() => standing.add({ id: 1, plain })).toThrow(leaf.kind);
    expect(standing.size).toBe(0);
    expect(() => matches(plain, aDocument('brug'))).toThrow('alone');
  }
});

test('beginnings are found among thousands of words', () => {
  const text = Array.from({ length: 3_000 }, (_, i) => `woord${i}`).join(' ');
  const document = aDocument(`${text} brug bruggen wz`);
  expect(matches(word('brug', true), document)).toBe(true);
  expect(matches(word('brugw', true), document)).toBe(false);
  expect(matches(word('woord2999', true), document)).toBe(true);
  const near: Plain = {
    kind: 'near',
    first: { text: 'brug', prefix: true },
    second: { text: 'wz', prefix: false },
    most: 0,
    ordered: true,
  };
  expect(matches(near, document)).toBe(true);
  expect(matches({ ...near, first: { text: 'woord', prefix: true } }, document)).toBe(false);
});
