import fc from 'fast-check';
import { type Plain, threadStatuses, type Word } from '#search/plain.ts';

/**
 * A small vocabulary, so that queries and documents meet often: words that begin alike, one letter, digits, other scripts, and
 * folded forms. All are tokens of domain/tokens.ts.
 */
export const vocabulary = [
  'de',
  'het',
  'een',
  'a',
  'ab',
  'abc',
  'brug',
  'bruggen',
  'brugwachter',
  'fiets',
  'sluis',
  'klacht',
  'klachten',
  '5x',
  '東京',
  '東',
  'ελλας',
  '한글',
  '𐐷𐐷',
  '٣',
] as const;
/** Beginnings of these words; the last stands in none of them. */
const beginnings = ['b', 'brug', 'bruggen', 'klacht', 'k', 'a', 'ab', 'd', '東', 'ελ', '𐐷', 'x'] as const;
export const terms = [
  'lang:nl',
  'lang:en',
  'type:review',
  'rating:2',
  'source:12',
  'author:jansen',
  "author:o'x\\",
] as const;
export const stems = ['fiet', 'brug', 'klach', 'sluiz'] as const;
export const moments = [-1, 0, 1_000, 1_700_000_000_000, 1_700_000_000_001] as const;

const exact: fc.Arbitrary<Word> = fc.constantFrom(...vocabulary).map((text) => ({ text, prefix: false }));
const beginning: fc.Arbitrary<Word> = fc.constantFrom(...beginnings).map((text) => ({ text, prefix: true }));
const either = fc.oneof({ weight: 4, arbitrary: exact }, { weight: 1, arbitrary: beginning });

const phrase: fc.Arbitrary<Plain> = fc
  .record({ head: fc.array(exact, { minLength: 1, maxLength: 3 }), last: either })
  .map(({ head, last }) => ({ kind: 'phrase', words: [...head, last] }));
const near: fc.Arbitrary<Plain> = fc.record({
  kind: fc.constant('near' as const),
  first: either,
  second: either,
  most: fc.integer({ min: 0, max: 10 }),
  ordered: fc.boolean(),
});
const word: fc.Arbitrary<Plain> = either.map((one) => ({ kind: 'word', word: one }));
const term: fc.Arbitrary<Plain> = fc.constantFrom(...terms).map((text) => ({ kind: 'term', term: text }));
const at = fc.constantFrom(...moments);
const time: fc.Arbitrary<Plain> = fc.oneof(
  at.map((one): Plain => ({ kind: 'since', at: one })),
  at.map((one): Plain => ({ kind: 'before', at: one })),
);
const constant: fc.Arbitrary<Plain> = fc.constantFrom({ kind: 'all' } as const, { kind: 'none' } as const);
const loose: fc.Arbitrary<Plain> = fc.record({
  kind: fc.constant('loose' as const),
  text: fc.constantFrom(...vocabulary),
  stems: fc.subarray([...stems], { maxLength: 2 }),
});
const beside: fc.Arbitrary<Plain> = fc.oneof(
  fc.integer({ min: 1, max: 3 }).map((id): Plain => ({ kind: 'topic', id })),
  fc.integer({ min: 1, max: 3 }).map((id): Plain => ({ kind: 'circle', id })),
  fc.constantFrom(...threadStatuses).map((status): Plain => ({ kind: 'status', status })),
);

const combined = (leaf: fc.Arbitrary<Plain>): fc.Arbitrary<Plain> =>
  fc.letrec<{ query: Plain }>((tie) => ({
    query: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 4, arbitrary: leaf },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('and' as const), of: fc.array(tie('query'), { maxLength: 4 }) }),
      },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('or' as const), of: fc.array(tie('query'), { maxLength: 4 }) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('not' as const), of: tie('query') }) },
    ),
  })).query;

const standingLeaf = fc.oneof(
  { weight: 5, arbitrary: word },
  { weight: 4, arbitrary: phrase },
  { weight: 4, arbitrary: near },
  { weight: 2, arbitrary: term },
  { weight: 1, arbitrary: time },
  { weight: 1, arbitrary: constant },
);
/** A query that may stand: about the document alone. */
export const anyStandingQuery = combined(standingLeaf);
/** A query from the search box: also other forms of a word, and what changes beside a document. */
export const anyQuery = combined(
  fc.oneof({ weight: 6, arbitrary: standingLeaf }, { weight: 1, arbitrary: loose }, { weight: 1, arbitrary: beside }),
);
