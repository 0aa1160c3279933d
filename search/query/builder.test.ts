import { expect, test } from 'vitest';
import { type Builder, fromBuilder, toBuilder } from './builder.ts';
import { parse } from './parse.ts';

const rows = (text: string) => toBuilder(parse(text, { language: 'nl' }).query!, 'nl');
const none: Builder = { any: [], also: [], not: [], only: [] };
const text = (builder: Partial<Builder>, language: 'nl' | 'en' = 'nl') =>
  fromBuilder({ ...none, ...builder }, language);

test('a query as people draw it has rows, and they make the query again', () => {
  const written =
    '(Sluisbrug OF "brug bij de sluis" OF #sluisbrug) EN (dicht OF afgesloten OF omleiding* OF noodbrug OF open) NIET (Terneuzen OF "te koop") taal:nl';
  const drawn = {
    any: ['Sluisbrug', '"brug bij de sluis"', '#sluisbrug'],
    also: ['dicht', 'afgesloten', 'omleiding*', 'noodbrug', 'open'],
    not: ['Terneuzen', '"te koop"'],
    only: ['taal:nl'],
  };
  expect(rows(written)).toEqual(drawn);
  expect(text(drawn)).toBe(written);
});

test('rows take what they can say, in whichever order it stands', () => {
  expect(rows('taal:nl -koop brug -huur')).toEqual({
    ...none,
    any: ['brug'],
    not: ['koop', 'huur'],
    only: ['taal:nl'],
  });
  expect(rows('brug')).toEqual({ ...none, any: ['brug'] });
  expect(rows('"brug dicht"~>5 link:lindewaard.nl')).toEqual({
    ...none,
    any: ['"brug dicht"~>5'],
    also: ['link:lindewaard.nl'],
  });
  expect(rows('brug (taal:nl OF lang:en) (bron:Omroep OF bron:Krant)')).toEqual({
    ...none,
    any: ['brug'],
    only: ['taal:nl', 'taal:en', 'bron:Omroep', 'bron:Krant'],
  });
});

test('what says more than rows can has none', () => {
  for (const more of [
    'a b c',
    'a OF (b c)',
    '(a OF NIET b) c',
    'NIET (a b)',
    'NIET (a OF NIET b)',
    // Both at once, which nothing is: the row would say one of them.
    'brug taal:nl taal:en',
  ])
    expect([more, rows(more)]).toEqual([more, null]);
});

test('whatever is typed into one place of a row is one thing', () => {
  expect(text({ any: ['brug bij de sluis'] })).toBe('"brug bij de sluis"');
  expect(text({ any: ['a OF b', 'EN', '-c'] })).toBe('"a OF b" OF "EN" OF "-c"');
  expect(text({ any: ['klacht*', '#sluis', '"te koop"'] })).toBe('klacht* OF #sluis OF "te koop"');
  expect(text({ any: ['(', '"', '*', ' ', '&', 'brug)'] })).toBe('"brug)"');
  expect(text({ any: ['br*g', 'foo:bar', 'https://nos.nl'] })).toBe('"br g" OF "foo:bar" OF "https://nos.nl"');
  expect(text({ any: ['brug'], only: ['taal:Nederlands', 'bron:"Omroep (oost)"', 'taal:en'] }, 'en')).toBe(
    'brug AND (lang:nl OR lang:en) source:"Omroep (oost)"',
  );
  expect(text({ only: ['taal:nl'], not: ['brug'] })).toBe('NIET brug taal:nl');
  expect(text({})).toBe('');
});
