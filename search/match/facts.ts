import type { SearchDocument } from '#domain/search-document.ts';
import type { ThreadStatus, Word } from '../plain.ts';

/** What is known beside a document and changes by itself: only a search asks about it, never a standing query. */
export type Beside = {
  topics: readonly number[];
  circleId: number;
  also?: readonly number[];
  statuses: readonly ThreadStatus[];
};

/** One document as compiled queries ask it; what costs something to prepare is prepared when first asked. */
export type Facts = {
  document: SearchDocument;
  beside: Beside | null;
  terms: ReadonlySet<string> | null;
  stems: ReadonlySet<string> | null;
  /** All words in order of code units, of a document so long that looking through all of them is too slow. */
  sorted: readonly string[] | null;
};

export const factsOf = (document: SearchDocument, beside: Beside | null = null): Facts => ({
  document,
  beside,
  terms: null,
  stems: null,
  sorted: null,
});

export function hasTerm(facts: Facts, term: string): boolean {
  facts.terms ??= new Set(facts.document.terms);
  return facts.terms.has(term);
}

export function hasStem(facts: Facts, stem: string): boolean {
  facts.stems ??= new Set(facts.document.stems);
  return facts.stems.has(stem);
}

/** Up to here one pass over the words is faster than sorting them. */
const mostUnsorted = 2_000;

/** The words that begin with this, or the first of them only. */
export function startingWith(facts: Facts, prefix: string, firstOnly = false): string[] {
  const { words } = facts.document;
  const found: string[] = [];
  if (words.size <= mostUnsorted) {
    for (const word of words.keys()) {
      if (!word.startsWith(prefix)) continue;
      found.push(word);
      if (firstOnly) break;
    }
    return found;
  }
  facts.sorted ??= [...words.keys()].sort();
  for (let i = lowerBound(facts.sorted, prefix); i < facts.sorted.length; i++) {
    if (!facts.sorted[i]!.startsWith(prefix)) break;
    found.push(facts.sorted[i]!);
    if (firstOnly) break;
  }
  return found;
}

export const hasWord = (facts: Facts, { text, prefix }: Word): boolean =>
  prefix ? startingWith(facts, text, true).length > 0 : facts.document.words.has(text);

const nowhere: readonly number[] = [];

/** Where a word stands, ascending; of a prefix: where any word stands that begins with it. */
export function positionsOf(facts: Facts, { text, prefix }: Word): readonly number[] {
  const { words } = facts.document;
  if (!prefix) return words.get(text) ?? nowhere;
  const found = startingWith(facts, text);
  if (found.length === 0) return nowhere;
  if (found.length === 1) return words.get(found[0]!)!;
  return found.flatMap((word) => words.get(word)!).sort((a, b) => a - b);
}

/** Index of the first string that is not below `bound`, in order of code units. */
function lowerBound(sorted: readonly string[], bound: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
