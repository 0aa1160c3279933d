import { expect, test } from 'vitest';
import { parse } from '#search/query/parse.ts';
import { facetField, narrowed } from './narrow.ts';

const ask = (text: string) => parse(text, { language: 'nl' }).query;

test('a question is narrowed by a field, and widened again by the same', () => {
  const lang = facetField('language', 'nl')!;
  expect(narrowed(ask('brug'), lang, 'nl')).toEqual({ on: false, query: 'brug taal:nl' });
  expect(narrowed(ask('brug taal:nederlands is:open'), lang, 'nl')).toEqual({ on: true, query: 'brug is:open' });
  expect(narrowed(ask('taal:nl'), lang, 'nl')).toEqual({ on: true, query: '' });
  expect(narrowed(null, lang, 'en')).toEqual({ on: false, query: 'lang:nl' });
});

test('narrowing asks for both: alternatives stay together', () => {
  const source = facetField('source', 'De Waardbode')!;
  expect(narrowed(ask('brug OF sluis'), source, 'nl').query).toBe('(brug OF sluis) bron:"De Waardbode"');
  expect(narrowed(ask('-brug'), source, 'en').query).toBe('NOT brug source:"De Waardbode"');
  expect(narrowed(ask('brug source:"de waardbode"'), source, 'en')).toEqual({ on: true, query: 'brug' });
});

test('every value of a facet is a field that reads as it was printed; a name with a quotation mark is none', () => {
  for (const [facet, value] of [
    ['side', 'outside'],
    ['side', 'inside'],
    ['type', 'review'],
    ['type', 'reply'],
    ['sentiment', 'unclear'],
    ['language', 'und'],
    ['status', 'discussed'],
    ['topic', 'Sluis (brug)'],
    ['circle', 'iedereen'],
  ] as const)
    expect(facetField(facet, value), value).not.toBeNull();
  expect(facetField('source', 'De "Bode"')).toBeNull();
});
