import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordPositions } from '#domain/tokens.ts';
import type { Plain, Word } from '#search/plain.ts';
import { anyQuery } from '#test/any-query.ts';
import { anyReadDocument, searchDocumentOf } from '#test/any-read-document.ts';
import { naiveMatches, type ReadDocument } from '#test/naive-match.ts';
import { matches } from './matches.ts';
import { type Span, spansOf } from './spans.ts';
import { highlights, wordsIn } from './words-in.ts';

const aDocument = (title: string | null, text: string) => ({
  words: wordPositions(title, text),
  inexact: false,
  terms: ['lang:nl'],
  stems: [],
  sortAt: 0,
});
const word = (text: string): Plain => ({ kind: 'word', word: { text, prefix: false } });
const exact = (text: string): Word => ({ text, prefix: false });
const beginning = (text: string): Word => ({ text, prefix: true });

test('each word of a phrase counts only where the phrase stands', () => {
  const query: Plain = { kind: 'phrase', words: [exact('de'), beginning('brug')] };
  expect(spansOf(query, aDocument('De brug', 'bij de oude brug en de bruggen'))).toEqual([
    [1, 2],
    [108, 109],
  ]);
});

test('words near each other are marked, and not what stands between them', () => {
  const near = (ordered: boolean): Plain => ({
    kind: 'near',
    first: exact('brug'),
    second: exact('dicht'),
    most: 1,
    ordered,
  });
  const document = aDocument(null, 'dicht is brug weer dicht en later dicht');
  expect(spansOf(near(false), document)).toEqual([
    [1, 1],
    [3, 3],
    [5, 5],
  ]);
  expect(spansOf(near(true), document)).toEqual([
    [3, 3],
    [5, 5],
  ]);
});

test('what is denied, or does not hold, marks nothing', () => {
  const document = aDocument(null, 'de brug is open en de sluis dicht');
  const and = (...of: Plain[]): Plain => ({ kind: 'and', of });
  const or = (...of: Plain[]): Plain => ({ kind: 'or', of });
  const not = (of: Plain): Plain => ({ kind: 'not', of });
  expect(spansOf(or(and(word('brug'), word('veer')), word('sluis')), document)).toEqual([[7, 7]]);
  expect(spansOf(and(word('brug'), not(word('veer'))), document)).toEqual([[2, 2]]);
  expect(spansOf(not(not(word('brug'))), document)).toEqual([]);
  expect(spansOf(and(word('brug'), word('veer')), document)).toEqual([]);
  expect(spansOf({ kind: 'term', term: 'lang:nl' }, document)).toEqual([]);
});

test('words side by side are one span, and a text full of a word has 500 at most', () => {
  expect(spansOf({ kind: 'or', of: [word('de'), word('brug')] }, aDocument('brug', 'de brug de open brug'))).toEqual([
    [1, 1],
    [102, 104],
    [106, 106],
  ]);
  const spans = spansOf(word('ja'), aDocument(null, 'ja nee '.repeat(2_000)));
  expect([spans.length, spans[0], spans.at(-1)]).toEqual([500, [1, 1], [999, 999]]);
});

test('positions marked are those that make the query hold, and no others', () => {
  fc.assert(
    fc.property(anyReadDocument, anyQuery, (document, query) => {
      const stored = searchDocumentOf(document);
      const spans = spansOf(query, stored, document);
      const marked = spans.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
      expect(marked).toEqual([...marks(query, document)].sort((a, b) => a - b));
      if (spans.length > 0) expect(matches(query, stored, document)).toBe(true);
      for (let i = 1; i < spans.length; i++) expect(spans[i]![0]).toBeGreaterThan(spans[i - 1]![1] + 1);
    }),
    { numRuns: process.env.FULL ? 50_000 : 3_000 },
  );
});

test('spans become stretches of the title and the text as they were written', () => {
  const title = 'Vervallen: cafe\u0301-brug';
  const text = 'De ﬁets… bij de CAFÉ\u2011Brug, en ½ brug.';
  const document = aDocument(title, text);
  const spans = spansOf(
    { kind: 'or', of: [{ kind: 'phrase', words: [exact('cafe'), exact('brug')] }, word('fiets')] },
    document,
  );
  const shown = highlights(wordsIn(title, text), spans).map(({ part, from, to }) => [
    part,
    (part === 'title' ? title : text).slice(from, to),
  ]);
  expect(shown).toEqual([
    ['title', 'cafe\u0301-brug'],
    ['text', 'ﬁets'],
    ['text', 'CAFÉ\u2011Brug'],
  ]);
  expect(highlights(wordsIn(null, 'kort'), [[7, 9] satisfies Span])).toEqual([]);
});

/** Each position that counts, found the slow way: one by one. */
function marks(query: Plain, document: ReadDocument): Set<number> {
  if (!naiveMatches(query, document)) return new Set();
  if (query.kind === 'and' || query.kind === 'or') return new Set(query.of.flatMap((one) => [...marks(one, document)]));
  const textStart = document.title.length === 0 ? 1 : document.title.length + 101;
  const placed = [
    ...document.title.map((text, i) => ({ text, position: i + 1 })),
    ...document.text.map((text, i) => ({ text, position: textStart + i })),
  ];
  const only = (positions: readonly number[]) => ({
    ...document,
    title: document.title.map((text, i) => (positions.includes(i + 1) ? text : '-')),
    text: document.text.map((text, i) => (positions.includes(textStart + i) ? text : '-')),
  });
  const isForm = (text: string) => query.kind === 'loose' && [query.text, ...query.stems].includes(text);
  const found = new Set<number>();
  const size = query.kind === 'phrase' ? query.words.length : query.kind === 'near' ? query.most + 2 : 1;
  for (const { position } of placed) {
    if (query.kind === 'word' && naiveMatches(query, only([position]))) found.add(position);
    const isOne = placed.some((one) => one.position === position && isForm(one.text));
    if (isOne) found.add(position);
    const row = Array.from({ length: size }, (_, i) => position + i);
    if (query.kind === 'phrase' && naiveMatches(query, only(row))) for (const one of row) found.add(one);
    if (query.kind === 'near')
      for (const other of row.slice(1))
        if (naiveMatches(query, only([position, other]))) found.add(position).add(other);
  }
  return found;
}
