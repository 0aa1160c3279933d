import { expect, test } from 'vitest';
import { adjectiveForms } from './inflect.ts';

test.each([
  ['groot', ['grote', 'groter', 'grootst', 'grootste']],
  ['lief', ['lieve', 'liever', 'liefst', 'liefste']],
  ['snel', ['snelle', 'sneller', 'snelst', 'snelste']],
  ['boos', ['boze', 'bozer', 'boost', 'booste']],
  ['traag', ['trage', 'trager', 'traagst', 'traagste']],
  ['duur', ['dure', 'duurder', 'duurst', 'duurste']],
  ['vervelend', ['vervelende', 'vervelender', 'vervelendst', 'vervelendste']],
  ['vriendelijk', ['vriendelijke', 'vriendelijker', 'vriendelijkst', 'vriendelijkste']],
])('%s has %j', (lemma, forms) => {
  expect(adjectiveForms(lemma)).toEqual(forms);
});

test('a word that ends in e, or is no plain word, has no other forms', () => {
  expect(adjectiveForms('oké')).toHaveLength(4);
  expect(adjectiveForms('roze')).toEqual([]);
  expect(adjectiveForms('off-topic')).toEqual([]);
});
