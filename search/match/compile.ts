import type { Plain } from '../plain.ts';
import { type Beside, type Facts, hasStem, hasTerm, hasWord, positionsOf } from './facts.ts';
import { follows, phraseStarts } from './positions.ts';

export type Test = (facts: Facts) => boolean;

/** A query as one function of a document, so that a document costs no walk over the query. */
export function compile(plain: Plain): Test {
  switch (plain.kind) {
    case 'all':
      return () => true;
    case 'none':
      return () => false;
    case 'word': {
      const { word } = plain;
      return word.prefix ? (facts) => hasWord(facts, word) : ({ document }) => document.words.has(word.text);
    }
    case 'loose': {
      const { text, stems } = plain;
      return (facts) =>
        facts.document.words.has(text) || stems.some((stem) => facts.document.words.has(stem) || hasStem(facts, stem));
    }
    case 'phrase':
      return compilePhrase(plain);
    case 'near':
      return compileNear(plain);
    case 'term':
      return (facts) => hasTerm(facts, plain.term);
    case 'since':
      return ({ document }) => document.sortAt >= plain.at;
    case 'before':
      return ({ document }) => document.sortAt < plain.at;
    case 'topic':
      return (facts) => besideOf(facts).topics.includes(plain.id);
    case 'circle':
      return (facts) => isIn(besideOf(facts), plain.id);
    case 'status':
      return (facts) => besideOf(facts).statuses.includes(plain.status);
    case 'and': {
      const tests = cheapestFirst(plain.of);
      return (facts) => {
        for (const test of tests) if (!test(facts)) return false;
        return true;
      };
    }
    case 'or': {
      const tests = cheapestFirst(plain.of);
      return (facts) => {
        for (const test of tests) if (test(facts)) return true;
        return false;
      };
    }
    case 'not': {
      const test = compile(plain.of);
      return (facts) => !test(facts);
    }
  }
}

function compilePhrase({ words }: Extract<Plain, { kind: 'phrase' }>): Test {
  return (facts) => {
    const lists: (readonly number[])[] = [];
    for (const word of words) {
      const list = positionsOf(facts, word);
      if (list.length === 0) return false;
      lists.push(list);
    }
    return phraseStarts(lists, true).length > 0;
  };
}

function compileNear({ first, second, most, ordered }: Extract<Plain, { kind: 'near' }>): Test {
  return (facts) => {
    const a = positionsOf(facts, first);
    if (a.length === 0) return false;
    const b = positionsOf(facts, second);
    return follows(a, b, most) || (!ordered && follows(b, a, most));
  };
}

const isIn = ({ circleId, also }: Beside, id: number) => circleId === id || (also?.includes(id) ?? false);

function besideOf({ beside }: Facts): Beside {
  if (!beside) throw new Error('A query about topics, circles or states was asked of a document alone');
  return beside;
}

/** What is asked first decides most often, so it should cost least. */
const costs: Record<Plain['kind'], number> = {
  all: 0,
  none: 0,
  since: 0,
  before: 0,
  circle: 1,
  status: 1,
  topic: 1,
  word: 2,
  term: 3,
  loose: 4,
  phrase: 6,
  near: 7,
  not: 1,
  and: 1,
  or: 1,
};

function costOf(plain: Plain): number {
  if (plain.kind === 'not') return costOf(plain.of);
  if (plain.kind === 'and' || plain.kind === 'or') return plain.of.reduce((sum, one) => sum + costOf(one), 1);
  return plain.kind === 'word' && plain.word.prefix ? 5 : costs[plain.kind];
}

const cheapestFirst = (of: readonly Plain[]): Test[] =>
  of
    .map((one) => ({ one, cost: costOf(one) }))
    .sort((a, b) => a.cost - b.cost)
    .map(({ one }) => compile(one));
