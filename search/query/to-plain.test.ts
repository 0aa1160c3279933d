import { expect, test } from 'vitest';
import { type NamedQuery, type Names, nameKey, noNames } from './names.ts';
import { readQuery } from './read-query.ts';
import { sentenceOf } from './sentences.ts';
import type { Surroundings } from './to-plain.ts';

/** A stemmer of one rule. */
const stemsOf = (word: string) => (word.endsWith('en') ? [word.slice(0, -2)] : []);
const now = new Date('2026-11-23T22:30:00Z');
const asked: Surroundings = {
  names: noNames,
  now,
  timeZone: 'Europe/Amsterdam',
  use: 'search',
  stemsOf,
  language: 'nl',
};

/** What a text asks, as the compilations take it. */
function plainOf(text: string, more: Partial<Surroundings> = {}) {
  const read = readQuery(text, { ...asked, ...more });
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  return read.plain;
}
/** What is wrong, with which part of the text, and what could stand there. */
function wrongIn(text: string, more: Partial<Surroundings> = {}) {
  const read = readQuery(text, { ...asked, ...more });
  return read.kind === 'plain'
    ? []
    : read.problems.map(({ code, from, to, expected }) => [code, text.slice(from, to), ...expected]);
}
const standing = { use: 'standing' } as const;
const word = (text: string, prefix = false) => ({ kind: 'word', word: { text, prefix } });
const term = (text: string) => ({ kind: 'term', term: text });
const at = (iso: string) => Date.parse(iso);

test('in the search box a bare word is loose and a quoted one exact; in a topic both are exact', () => {
  expect(plainOf('Bruggen')).toEqual({ kind: 'loose', text: 'bruggen', stems: ['brugg'] });
  expect(plainOf('"Bruggen"')).toEqual(word('bruggen'));
  expect(plainOf('bruggen*')).toEqual(word('bruggen', true));
  expect(plainOf('brug')).toEqual(word('brug'));
  expect(plainOf('Bruggen', standing)).toEqual(word('bruggen'));
  expect(plainOf('#Bruggen', standing)).toEqual(word('bruggen'));
});

test('a word with a hyphen is found in a row and as one word; other signs only separate', () => {
  const row = (...words: string[]) => ({ kind: 'phrase', words: words.map((text) => ({ text, prefix: false })) });
  expect(plainOf('Sluis-brug', standing)).toEqual({ kind: 'or', of: [row('sluis', 'brug'), word('sluisbrug')] });
  expect(plainOf('sluis-bruggen')).toEqual({
    kind: 'or',
    of: [row('sluis', 'bruggen'), { kind: 'loose', text: 'sluisbruggen', stems: ['sluisbrugg'] }],
  });
  expect(plainOf('sluis-bru*', standing)).toMatchObject({ of: [{ kind: 'phrase' }, word('sluisbru', true)] });
  expect(plainOf('"sluis-brug"')).toEqual(row('sluis', 'brug'));
  expect(plainOf('AT&T', standing)).toEqual(row('at', 't'));
});

test('fields are terms of documents', () => {
  expect(plainOf('taal:nl soort:recensie sentiment:onduidelijk heeft:foto site:NOS.nl link:nos.nl/a')).toEqual({
    kind: 'and',
    of: ['lang:nl', 'type:review', 'sentiment:unclear', 'has:image', 'site:nos.nl', 'link:nos.nl/a'].map(term),
  });
  expect(plainOf('auteur:"Jan Jansen"')).toEqual({ kind: 'and', of: ['author:jan', 'author:jansen'].map(term) });
  expect(plainOf('waardering:2..4')).toEqual({ kind: 'or', of: ['rating:2', 'rating:3', 'rating:4'].map(term) });
  expect(plainOf('is:buiten')).toEqual(term('side:outside'));
  expect(plainOf('is:bewerkt', standing)).toEqual(term('is:edited'));
  expect(plainOf('is:opgepakt')).toEqual({ kind: 'status', status: 'taken' });
});

test('days begin where the installation is, and words for them depend on today there', () => {
  // It is the 24th in Auckland when it is still the 23rd in Amsterdam.
  expect(plainOf('na:vandaag')).toEqual({ kind: 'since', at: at('2026-11-22T23:00:00Z') });
  expect(plainOf('na:vandaag', { timeZone: 'Pacific/Auckland' })).toEqual({
    kind: 'since',
    at: at('2026-11-23T11:00:00Z'),
  });
  expect(plainOf('before:2026-07-01')).toEqual({ kind: 'before', at: at('2026-06-30T22:00:00Z') });
  const between = (from: string, to: string) => ({
    kind: 'and',
    of: [
      { kind: 'since', at: at(from) },
      { kind: 'before', at: at(to) },
    ],
  });
  expect(plainOf('wanneer:gisteren')).toEqual(between('2026-11-21T23:00:00Z', '2026-11-22T23:00:00Z'));
  expect(plainOf('when:"last week"')).toEqual(between('2026-11-15T23:00:00Z', '2026-11-22T23:00:00Z'));
  expect(plainOf('wanneer:2026-02')).toEqual(between('2026-01-31T23:00:00Z', '2026-02-28T23:00:00Z'));
  expect(plainOf('brug na:7d')).toMatchObject({ of: [{}, { kind: 'since', at: at('2026-11-15T23:00:00Z') }] });
});

const names = (queries: Record<string, NamedQuery | string> = {}): Names => ({
  sources: (name) => ({ 'omroep waardstreek': [12], wijkforum: [3, 4] })[nameKey(name)] ?? [],
  topic: (name) => (nameKey(name) === 'sluisbrug' ? 7 : null),
  circle: (name) => (nameKey(name) === 'verkeer' ? 5 : null),
  query: (name) => {
    const found = Object.hasOwn(queries, nameKey(name)) ? queries[nameKey(name)] : undefined;
    return typeof found === 'string' ? { text: found, use: 'standing' } : (found ?? null);
  },
  suggestions: (kind) => (kind === 'source' ? ['Omroep Waardstreek'] : []),
});

test('names become what they name, and one that names nothing is refused with what looks like it', () => {
  expect(plainOf('bron:"omroep  Waardstreek"', { names: names() })).toEqual(term('source:12'));
  expect(plainOf('bron:Wijkforum', { names: names() })).toEqual({
    kind: 'or',
    of: [term('source:3'), term('source:4')],
  });
  expect(plainOf('onderwerp:Sluisbrug kring:verkeer', { names: names() })).toEqual({
    kind: 'and',
    of: [
      { kind: 'topic', id: 7 },
      { kind: 'circle', id: 5 },
    ],
  });
  expect(wrongIn('brug bron:Omroep in:geheim', { names: names() })).toEqual([
    ['unknown_source', 'bron:Omroep', 'Omroep Waardstreek'],
    ['unknown_circle', 'in:geheim'],
  ]);
});

test('a query in a query stands in its place, and means what it means by itself', () => {
  const queries = names({
    brug: 'bruggen OF sluis',
    mijn: { text: 'bruggen', use: 'search' },
    fout: '(brug',
    strand: 'bron:onbekend',
  });
  expect(plainOf('dicht query:Brug', { names: queries })).toEqual({
    kind: 'and',
    of: [word('dicht'), { kind: 'or', of: [word('bruggen'), word('sluis')] }],
  });
  expect(plainOf('zoekvraag:mijn', { names: queries })).toMatchObject({ kind: 'loose' });
  // Whatever it was kept for: nothing in a topic is loose.
  expect(plainOf('zoekvraag:mijn', { names: queries, ...standing })).toEqual(word('bruggen'));
  // What is wrong within has a place only in its own text.
  expect(wrongIn('dicht query:fout', { names: queries })).toEqual([['inner', 'query:fout']]);
  expect(wrongIn('dicht query:strand', { names: queries })).toEqual([
    ['unknown_source', 'query:strand', 'Omroep Waardstreek'],
  ]);
  expect(wrongIn('query:niets', { names: queries })).toEqual([['unknown_query', 'query:niets']]);
});

test('queries that refer to each other in a ring are refused with the ring', () => {
  const ring = names({ a: 'x query:b', b: 'query:"C"', c: 'y OF query:a', zelf: 'query:zelf' });
  const problems = (text: string, within?: string) => {
    const read = readQuery(text, { ...asked, names: ring, ...(within === undefined ? {} : { within }) });
    return read.kind === 'refused' ? read.problems.map(({ code, facts }) => [code, facts.ring]) : [];
  };
  expect(problems('query:A')).toEqual([['ring', 'A → b → C → a']]);
  expect(problems('query:zelf')).toEqual([['ring', 'zelf → zelf']]);
  // The topic that is being changed has another text than the one that is kept.
  expect(problems('z query:b', 'Á')).toEqual([['ring', 'Á → b → C → a']]);
});

test('a topic does not ask after what changes by itself', () => {
  expect(wrongIn('brug is:open topic:Sluisbrug in:Verkeer na:gisteren', { ...standing, names: names() })).toEqual([
    ['not_standing', 'is:open'],
    ['not_standing', 'topic:Sluisbrug'],
    ['not_standing', 'in:Verkeer'],
    ['date_moves', 'na:gisteren'],
  ]);
  expect(wrongIn('brug na:2026-01-01 is:bewerkt is:buiten', standing)).toEqual([]);
});

test('of what changes by itself only what was asked is named', () => {
  const read = readQuery('brug is:open in:Verkeer', { ...asked, ...standing, names: names(), language: 'en' });
  expect(read.kind === 'refused' && read.problems.map((problem) => sentenceOf(problem, 'en'))).toEqual([
    'A topic cannot watch is:open because that changes without anything new coming in.',
    'A topic cannot watch in: because that changes without anything new coming in.',
  ]);
});

test('a topic looks for something; a search may ask for everything', () => {
  expect(wrongIn('NIET brug', standing)).toEqual([['only_not', 'NIET brug']]);
  expect(wrongIn('brug OF NIET sluis', standing)).toEqual([['only_not', 'brug OF NIET sluis']]);
  expect(wrongIn('na:2026-01-01', standing)).toEqual([['only_not', 'na:2026-01-01']]);
  expect(wrongIn('taal:nl NIET brug', standing)).toEqual([]);
  expect(wrongIn('NIET query:niet', { ...standing, names: names({ niet: 'NIET brug' }) })).toEqual([
    ['only_not', 'NIET query:niet'],
  ]);
  expect(wrongIn(' ', standing)).toEqual([['empty', ' ']]);
  expect(plainOf(' ')).toEqual({ kind: 'all' });
  expect(plainOf('NIET brug')).toMatchObject({ kind: 'not' });
});
