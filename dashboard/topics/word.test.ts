import { expect, test } from 'vitest';
import { languageWord, sourceWord, typedWord, wordName } from './word.ts';

test.each([
  ['Sluisbrug', 'Sluisbrug'],
  ['"te koop"', '“te koop”'],
  ['#sluis', '#sluis'],
  ['omleiding*', 'omleiding*'],
  ['taal:nl', 'Nederlands'],
  ['lang:en', 'Engels'],
  ['taal:zzz-x', 'zzz-x'],
  ['bron:"De Waardbode"', 'De Waardbode'],
  ['source:Blad', 'Blad'],
  ['auteur:"Jan Jansen"', 'auteur:"Jan Jansen"'],
])('%s reads as %s', (word, name) => {
  expect(wordName(word, 'nl')).toBe(name);
});

test.each([
  [' brug ', 'brug'],
  ['brug  bij de sluis', '"brug bij de sluis"'],
  ['"te koop"', '"te koop"'],
  ['"dicht brug"~3', '"dicht brug"~3'],
  ['auteur:"Jan Jansen"', 'auteur:"Jan Jansen"'],
  ['auteur:Jan Jansen', 'auteur:"Jan Jansen"'],
  ['bron: De Waardbode', 'bron:"De Waardbode"'],
  ['   ', ''],
])('what is typed as %j is put down as %j', (typed, word) => {
  expect(typedWord(typed)).toBe(word);
});

test('a source is written by its name, without quotes of its own', () => {
  expect(sourceWord('Blad "De Brug"', 'nl')).toBe('bron:"Blad De Brug"');
  expect(sourceWord('Blad', 'en')).toBe('source:"Blad"');
  expect(languageWord('nl', 'en')).toBe('lang:nl');
});
