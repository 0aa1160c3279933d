import type { estypes } from '@elastic/elasticsearch';
import { homesIn } from '#search/engine.ts';
import type { Plain, Word } from '#search/plain.ts';
import { discussedValue } from './document.ts';

type Query = estypes.QueryDslQueryContainer;
type Intervals = estypes.QueryDslIntervalsContainer;

/**
 * A query as Elasticsearch takes it, without scores. `circles`: those of the asker, for what depends on who asks (the status of
 * a thread, as far as they may know).
 */
export function compile(plain: Plain, circles: readonly number[] = []): Query {
  switch (plain.kind) {
    case 'all':
      return { match_all: {} };
    case 'none':
      return { match_none: {} };
    case 'word':
      return wordQuery(plain.word);
    case 'loose':
      return either([{ terms: { words: [plain.text, ...plain.stems] } }, { terms: { stems: [...plain.stems] } }]);
    case 'phrase':
      return phrase(plain.words);
    case 'near': {
      const { first, second, most, ordered } = plain;
      const oneWay = inOrder([first, second], most);
      // Both orders are spelled out: in "any order" one word may serve both operands (klacht* near klacht).
      const rule = ordered ? oneWay : { any_of: { intervals: [oneWay, inOrder([second, first], most)] } };
      return { intervals: { words: rule } };
    }
    case 'term':
      return { term: { terms: plain.term } };
    case 'since':
      return { range: { sortAt: { gte: plain.at } } };
    case 'before':
      return { range: { sortAt: { lt: plain.at } } };
    case 'topic':
      return { term: { topics: plain.id } };
    case 'circle':
      return { term: { circle: plain.id } };
    case 'status':
      if (plain.status === 'discussed') return { terms: { status: circles.map(discussedValue) } };
      return { bool: { filter: [seenAtHome(circles), { term: { status: plain.status } }] } };
    case 'and':
      return plain.of.length === 0 ? { match_all: {} } : { bool: { filter: compileAll(plain.of, circles) } };
    case 'or':
      return plain.of.length === 0 ? { match_none: {} } : either(compileAll(plain.of, circles));
    case 'not':
      return { bool: { must_not: [compile(plain.of, circles)] } };
  }
}

/** Whoever does not see a thread at home knows nothing of its case. Replies are documents of their own circle, with the home of their thread beside it. */
export const seenAtHome = (circles: readonly number[]): Query => ({ terms: { home: homesIn(circles) } });

const compileAll = (plains: readonly Plain[], circles: readonly number[]) =>
  plains.map((plain) => compile(plain, circles));

const either = (should: Query[]): Query => ({ bool: { should, minimum_should_match: 1 } });

const wordQuery = ({ text, prefix }: Word): Query =>
  prefix ? { prefix: { words: { value: text } } } : { term: { words: text } };

/** @NOTE match_phrase_prefix looks at the first 50 continuations of a prefix only: intervals take them all. */
function phrase(words: readonly Word[]): Query {
  if (words.at(-1)?.prefix) return { intervals: { words: inOrder(words, 0) } };
  return { match_phrase: { words: words.map(({ text }) => text).join(' ') } };
}

const inOrder = (words: readonly Word[], most: number): Intervals => ({
  all_of: { intervals: words.map(rule), max_gaps: most, ordered: true },
});

const rule = ({ text, prefix }: Word): Intervals =>
  prefix ? { prefix: { prefix: text } } : { match: { query: text } };
