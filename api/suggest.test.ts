import { expect, test } from 'vitest';
import { atCaret, filledIn, namesLike, oneSlipAway, wordsToDoubt } from './suggest.ts';

/** `|` is the caret. */
const at = (marked: string) => atCaret(marked.replace('|', ''), marked.indexOf('|'));

test('the word at the caret is what is being typed, without what stands before it', () => {
  expect(at('brug slui|')).toMatchObject({ kind: 'word', typed: 'slui', from: 5, to: 9 });
  expect(at('-Slui|s (dicht')).toMatchObject({ kind: 'word', typed: 'slui', from: 1, to: 6 });
  expect(at('sluis-br|')).toMatchObject({ kind: 'word', typed: 'br', from: 6, to: 8 });
  expect(at('#één|')).toMatchObject({ kind: 'word', typed: 'een' });
  expect(at('(slui|)')).toMatchObject({ from: 1, to: 5 });
});

test('after a field it is its name or value; nowhere else is anything filled in', () => {
  expect(at('brug bron:"De Wa|')).toMatchObject({ kind: 'name', named: 'source', typed: 'De Wa', from: 5, to: 16 });
  expect(at('onderwerp:br| dicht')).toMatchObject({ kind: 'name', named: 'topic', typed: 'br', from: 0, to: 12 });
  expect(at('query:"br| dicht')).toMatchObject({ named: 'query', to: 9 });
  expect(at('brug is:|')).toMatchObject({ kind: 'value', field: 'is', typed: '', from: 5, to: 8 });
  expect(at('soort:re|c')).toMatchObject({ kind: 'value', field: 'type', typed: 're', from: 0, to: 9 });
  for (const nothing of ['|', 'brug |', '"in een zin|', 'bron|:x', 'AND|', '(|'])
    expect(at(nothing), nothing).toBeNull();
});

test('what is chosen takes the place of what was typed, and the caret stands behind it', () => {
  const question = 'brug slui dicht';
  expect(filledIn(question, atCaret(question, 9)!, 'sluisbrug')).toEqual({ query: 'brug sluisbrug dicht', at: 14 });
});

test('a name is met by the beginning of any of its words', () => {
  expect(namesLike(['Nieuwe Sluis', 'Sluisbrug', 'Besluiten', 'Slüiskil'], 'sluis', 5)).toEqual([
    'Sluisbrug',
    'Slüiskil',
    'Nieuwe Sluis',
  ]);
});

test('only whole words are doubted: no phrases, fields, stars, numbers or short words', () => {
  expect(wordsToDoubt('brugg "dihct" bron:waardbdoe omleid* -Sluus 20266 en (dicth)').map(({ word }) => word)).toEqual([
    'brugg',
    'sluus',
    'dicth',
  ]);
});

test('no word is doubted that becomes longer than any when it is folded', () => {
  expect(wordsToDoubt(`${'\ufdfa'.repeat(20)} ${'ﬃ'.repeat(13)}`).map(({ word }) => word.length)).toEqual([39]);
});

test('one slip away is each letter added, lost, changed or swapped', () => {
  const words = oneSlipAway('brug');
  for (const word of ['brugg', 'rug', 'brig', 'burg', 'abrug', 'bru']) expect(words).toContain(word);
  expect(words).not.toContain('brug');
  expect(words.length).toBeLessThan(300);
});
