import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stemsOf } from '#domain/stems.ts';
import { foundWords } from './found-words.ts';
import type { Plain } from './plain.ts';

const loose = (text: string): Plain => ({ kind: 'loose', text, stems: stemsOf(text) });
const word = (text: string): Plain => ({ kind: 'word', word: { text, prefix: false } });
const found = (query: Plain, title: string | null, text: string, language: string | null = 'nl') =>
  foundWords(query, { title, text, language }).map(
    ({ part, from, to }) => `${part}: ${(part === 'title' ? title! : text).slice(from, to)}`,
  );

test('words are found in title and text as they were written, accents and case included', () => {
  const query: Plain = { kind: 'and', of: [loose('cafe'), loose('brug')] };
  expect(found(query, 'De Brug', 'Het café bij de BRUG.')).toEqual(['title: Brug', 'text: café', 'text: BRUG']);
});

test('other forms of a word as typed count, of a word between quotes they do not', () => {
  expect(found(loose('klacht'), null, 'Veel klachten, één klacht.')).toEqual(['text: klachten', 'text: klacht']);
  expect(found(loose('klachten'), null, 'Veel klachten, één klacht.')).toEqual(['text: klachten', 'text: klacht']);
  expect(found(word('klacht'), null, 'Veel klachten, één klacht.')).toEqual(['text: klacht']);
});

test('fields, dates and what is excluded mark nothing, and do not stand in the way', () => {
  const query: Plain = {
    kind: 'and',
    of: [
      { kind: 'term', term: 'lang:nl' },
      { kind: 'since', at: Date.now() + 1e9 },
      { kind: 'circle', id: 7 },
      { kind: 'not', of: word('dicht') },
      loose('brug'),
    ],
  };
  expect(found(query, null, 'De brug is dicht')).toEqual(['text: brug']);
  expect(found({ kind: 'term', term: 'lang:nl' }, 'De brug', 'is dicht')).toEqual([]);
});

test('of alternatives only those that hold are marked', () => {
  const phrase: Plain = {
    kind: 'phrase',
    words: [
      { text: 'oude', prefix: false },
      { text: 'brug', prefix: false },
    ],
  };
  expect(found({ kind: 'or', of: [phrase, word('sluis')] }, null, 'De brug en de oude sluis')).toEqual(['text: sluis']);
});

test('in a long text the first that was found is marked, and what stands near it', () => {
  const filler = 'een heel gewone zin zonder nieuws erin, '.repeat(200);
  const text = `${filler}de brug is een brug ${filler}brug`;
  const marked = foundWords(word('brug'), { title: null, text, language: 'nl' });
  expect(marked.map(({ from }) => from)).toEqual([filler.length + 3, filler.length + 15]);
});

test('a phrase is marked where it stands, however often its words stand apart before it', () => {
  const phrase: Plain = {
    kind: 'phrase',
    words: [
      { text: 'oude', prefix: false },
      { text: 'brug', prefix: false },
    ],
  };
  const apart = 'de brug is een oude kennis, maar wat voor een; '.repeat(60);
  expect(found(phrase, null, `${apart}een oude brug.`)).toEqual(['text: oude brug']);
});

test('whatever stands around it, a word that was written once is marked where it is', () => {
  const signs = [
    'a',
    'Één ',
    'e\u0301',
    'ﬁ',
    '…',
    '😀',
    '한글',
    '한',
    '\u0000',
    ' ',
    '\n',
    '.',
    'zwalu',
    '\uD83D',
    '١',
  ];
  const some = fc.array(fc.constantFrom(...signs), { maxLength: 300 }).map((list) => list.join(''));
  fc.assert(
    fc.property(some, some, (before, after) => {
      const text = `${before} zwaluw ${after}`;
      expect(found(loose('zwaluw'), text, text)).toEqual(expect.arrayContaining(['title: zwaluw', 'text: zwaluw']));
    }),
    { numRuns: 200 },
  );
});
