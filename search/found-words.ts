import { stemsOf } from '#domain/stems.ts';
import { spansOf } from './match/spans.ts';
import { type Highlight, highlights, wordsIn } from './match/words-in.ts';
import type { Plain } from './plain.ts';

/** A mention or reply that was found, as its reader sees it. */
export type Found = { title: string | null; text: string; language: string | null };

/**
 * The words for which something was found, where they were written: computed on the text that is shown, so that it is the same
 * whichever engine found it. Of a word as typed in the search box its other forms count too.
 */
export function foundWords(query: Plain, { title, text, language }: Found): Highlight[] {
  const placed = wordsIn(title, text);
  const words = new Map<string, number[]>();
  for (const { token, position } of placed) {
    const positions = words.get(token);
    if (positions) positions.push(position);
    else words.set(token, [position]);
  }
  const asked = onlyWords(query, formsAmong(query, words.keys(), language));
  return highlights(placed, spansOf(asked, { words, inexact: false, terms: [], stems: [], sortAt: 0 }));
}

type Forms = ReadonlyMap<string, readonly string[]>;

/** The words of a text by each stem that the query asks for. */
function formsAmong(query: Plain, words: Iterable<string>, language: string | null): Forms {
  const forms = new Map<string, string[]>();
  collectStems(query, forms);
  if (forms.size === 0) return forms;
  for (const word of words) for (const stem of stemsOf(word, language)) forms.get(stem)?.push(word);
  return forms;
}

function collectStems(query: Plain, into: Map<string, string[]>): void {
  if (query.kind === 'loose') for (const stem of query.stems) into.set(stem, []);
  else if (query.kind === 'and' || query.kind === 'or') for (const one of query.of) collectStems(one, into);
}

const all: Plain = { kind: 'all' };

/** The query with what is no word taken for granted: that it holds is known already. */
function onlyWords(query: Plain, forms: Forms): Plain {
  switch (query.kind) {
    case 'word':
    case 'phrase':
    case 'near':
      return query;
    case 'loose': {
      const others = new Set([query.text, ...query.stems.flatMap((stem) => forms.get(stem) ?? [])]);
      return { kind: 'or', of: [...others].map((text) => ({ kind: 'word', word: { text, prefix: false } })) };
    }
    case 'and':
    case 'or':
      return { kind: query.kind, of: query.of.map((one) => onlyWords(one, forms)) };
    default:
      return all;
  }
}
