import type { SearchDocument } from '#domain/search-document.ts';
import type { Plain, Word } from '../plain.ts';
import { compile } from './compile.ts';
import { type Beside, type Facts, factsOf, positionsOf } from './facts.ts';
import { collectFollowing, phraseStarts } from './positions.ts';

/** First and last position of words that stand in a row (domain/tokens.ts). */
export type Span = [first: number, last: number];

/** A long text full of a common word has more than anybody looks at; the first ones are kept. */
const mostSpans = 500;

/**
 * Which words make a query hold of a document, and where: ascending, those that touch are one. Only what contributes: an alternative
 * that does not hold gives nothing, nor does anything below a NOT. Empty when the query does not hold, or holds without words.
 */
export function spansOf(plain: Plain, document: SearchDocument, beside: Beside | null = null): Span[] {
  const facts = factsOf(document, beside);
  const found: Span[] = [];
  if (!collect(plain, facts, found)) return [];
  return merge(found).slice(0, mostSpans);
}

/** Adds the spans of what holds; answers whether it does, and leaves `found` alone when it does not. */
function collect(plain: Plain, facts: Facts, found: Span[]): boolean {
  const before = found.length;
  switch (plain.kind) {
    case 'word':
      return collectWord(plain.word, facts, found);
    case 'loose': {
      for (const text of new Set([plain.text, ...plain.stems])) collectWord({ text, prefix: false }, facts, found);
      return compile(plain)(facts);
    }
    case 'phrase': {
      const starts = phraseStarts(plain.words.map((word) => positionsOf(facts, word)));
      for (const start of starts) found.push([start, start + plain.words.length - 1]);
      return starts.length > 0;
    }
    case 'near': {
      const a = positionsOf(facts, plain.first);
      const b = positionsOf(facts, plain.second);
      const mark = (position: number) => found.push([position, position]);
      collectFollowing(a, b, plain.most, mark);
      if (!plain.ordered) collectFollowing(b, a, plain.most, mark);
      return found.length > before;
    }
    case 'and': {
      for (const one of plain.of) {
        if (collect(one, facts, found)) continue;
        found.length = before;
        return false;
      }
      return true;
    }
    case 'or': {
      let holds = false;
      for (const one of plain.of) holds = collect(one, facts, found) || holds;
      return holds;
    }
    default:
      return compile(plain)(facts);
  }
}

function collectWord(word: Word, facts: Facts, found: Span[]): boolean {
  const { words } = facts.document;
  const positions = positionsOf(facts, word);
  for (const position of positions) found.push([position, position]);
  return positions.length > 0 || (!word.prefix && words.has(word.text));
}

function merge(spans: Span[]): Span[] {
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: Span[] = [];
  for (const [first, last] of spans) {
    const open = merged.at(-1);
    if (open && first <= open[1] + 1) open[1] = Math.max(open[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
