import type { SearchDocument } from '#domain/search-document.ts';
import { wordPositions } from '#domain/tokens.ts';
import type { Plain, Word } from '#search/plain.ts';
import { seeded } from './harness.ts';

/** Documents of 300 words, and standing queries of which three are planted in each (performance.md, G-queries, matches fixed at 3). */
export type MatchWorld = { queries: { id: number; plain: Plain }[]; documents: WorldDocument[] };
export type WorldDocument = { text: string; terms: string[] };

/** As ingest has it when it matches: its words found already, for they are stored whether or not anything matches. */
export const prepared = ({ text, terms }: WorldDocument): SearchDocument => ({
  words: wordPositions(null, text),
  inexact: false,
  terms,
  stems: [],
  sortAt: 0,
});

const vocabularySize = 60_000;
const wordsEach = 300;
const planted = 3;
const sources = 500;

/**
 * `count` queries of one to four conditions that must all hold, each of one to three alternatives: 20 % of the queries have a phrase,
 * 10 % proximity, 10 % a prefix, 30 % something they must not have, 10 % a field. As in any organisation's own, something in each
 * query is rare: its first condition is of names.
 */
export function matchWorld(count: number, documentCount: number): MatchWorld {
  const random = seeded(7);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(of: readonly T[]): T => of[below(of.length)]!;
  const letters = ['bdfgklmnprstvwz', 'aeiou'];
  const word = (length: number) =>
    Array.from({ length }, (_, i) => letters[i % 2]![below(letters[i % 2]!.length)]).join('');
  const distinct = (size: number, lengthOf: (rank: number) => number) => {
    const words = new Set<string>();
    // What is taken already becomes longer, or the short ones would never be found.
    for (let tries = 0; words.size < size; tries++) words.add(word(lengthOf(words.size) + (tries % 7 === 6 ? 2 : 0)));
    return [...words];
  };
  // Common words are short and rare ones longer, as in a language. Names begin with letters that other words do not begin with.
  const vocabulary = distinct(vocabularySize, (rank) => 2 + Math.round(Math.log2(rank + 1) / 2) + below(4));
  const names = distinct(4 * count, () => 7 + below(4)).map((name) => `${pick([...'chjqxy'])}${name}`);
  const totals: number[] = [];
  for (let rank = 0; rank < vocabularySize; rank++) totals.push((totals.at(-1) ?? 0) + 1 / (rank + 2.7));
  /** A word as often as its rank says (Zipf). */
  const anyWord = () => {
    const at = random() * totals.at(-1)!;
    let low = 0;
    for (let high = vocabularySize - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (totals[middle]! < at) low = middle + 1;
      else high = middle;
    }
    return vocabulary[low]!;
  };
  /** A word that somebody would ask for: not one of the fifty most common. */
  const askedWord = (): string => {
    return vocabulary[Math.floor(50 * (vocabularySize / 50) ** random())]!;
  };
  const exact = (text: string): Word => ({ text, prefix: false });

  /** A condition, and words that fulfil it. */
  type Part = { plain: Plain; words: string[] };
  const single = (text: string): Part => ({ plain: { kind: 'word', word: exact(text) }, words: [text] });
  function alternatives(source: () => string): Part {
    const parts = Array.from({ length: 1 + below(3) }, () => single(source()));
    if (parts.length === 1) return parts[0]!;
    return { plain: { kind: 'or', of: parts.map(({ plain }) => plain) }, words: pick(parts).words };
  }

  const wanted: { parts: Part[]; term: string | null }[] = [];
  const queries = Array.from({ length: count }, (_, id) => {
    const name = () => pick(names);
    const parts = [alternatives(name), ...Array.from({ length: below(4) }, () => alternatives(askedWord))];
    const kind = random();
    const place = below(parts.length);
    const own = place === 0 ? name() : askedWord();
    const other = askedWord();
    if (kind < 0.2)
      parts[place] = { plain: { kind: 'phrase', words: [exact(other), exact(own)] }, words: [other, own] };
    else if (kind < 0.3)
      parts[place] = {
        plain: { kind: 'near', first: exact(own), second: exact(other), most: 1 + below(5), ordered: random() < 0.3 },
        words: [own, pick(vocabulary), other],
      };
    else if (kind < 0.4) {
      const whole = place === 0 ? own : `${own}${pick(['en', 'er', 'ing'])}`;
      const text = place === 0 ? own.slice(0, -2) : own.slice(0, 6);
      parts[place] = { plain: { kind: 'word', word: { text, prefix: true } }, words: [whole] };
    }
    const of = parts.map(({ plain }) => plain);
    const term = random() < 0.1 ? pick(['lang:nl', 'lang:en', 'type:review', `source:${below(sources)}`]) : null;
    if (term) of.push({ kind: 'term', term });
    if (random() < 0.3) of.push({ kind: 'not', of: { kind: 'word', word: exact(askedWord()) } });
    wanted.push({ parts, term });
    return { id, plain: of.length === 1 ? of[0]! : ({ kind: 'and', of } as const) };
  });

  const documents = Array.from({ length: documentCount }, () => {
    const terms = new Set([random() < 0.7 ? 'lang:nl' : 'lang:en', 'side:outside', `source:${below(sources)}`]);
    terms
      .add(pick(['type:article', 'type:post', 'type:review']))
      .add(pick(['sentiment:negative', 'sentiment:neutral']));
    for (const one of ['has:link', 'has:author', 'has:title']) if (random() < 0.5) terms.add(one);
    terms.add(`author:${pick(vocabulary)}`).add(`site:${pick(vocabulary)}.example`);
    const stretches: string[][] = [];
    for (let i = 0; i < planted; i++) {
      const { parts, term } = pick(wanted);
      stretches.push(...parts.map(({ words }) => words));
      if (term) terms.add(term);
    }
    const size = stretches.reduce((sum, words) => sum + words.length, 0);
    const body: string[][] = Array.from({ length: Math.max(0, wordsEach - size) }, () => [anyWord()]);
    for (const words of stretches) body.splice(below(body.length + 1), 0, words);
    return { text: body.flat().join(' '), terms: [...terms] };
  });
  return { queries, documents };
}
