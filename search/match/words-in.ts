import { cutToken, fold, titleGap, wordPattern } from '#domain/tokens.ts';
import { offsetsOf } from './fold-offsets.ts';
import type { Span } from './spans.ts';

type Part = 'title' | 'text';
/** One word of a document: as it was folded, its position, and where it stands in what was written (code units, `to` excluded). */
export type PlacedWord = { token: string; position: number; part: Part; from: number; to: number };
export type Highlight = { part: Part; from: number; to: number };

/**
 * The words of a title and a text in order, with the positions of domain/tokens.ts, and where each stands in the text as it was
 * written. Folding changes lengths ("ﬁets", a decomposed "é"), so offsets are followed back through it.
 */
export function wordsIn(title: string | null, text: string): PlacedWord[] {
  const words: PlacedWord[] = [];
  place(title ?? '', 'title', 1, words);
  place(text, 'text', words.length === 0 ? 1 : words.length + titleGap + 1, words);
  return words;
}

/** Between these, folding never looks across: text is folded piece by piece, with the same result. */
const piece = /[^ \t\r\n]+/g;

function place(text: string, part: Part, position: number, words: PlacedWord[]): void {
  for (const { 0: written, index } of text.matchAll(piece)) {
    const folded = fold(written);
    const offsets = offsetsOf(written, folded);
    for (const { 0: run, index: at } of folded.matchAll(wordPattern)) {
      const { from, to } = offsets(at, at + run.length);
      words.push({ token: cutToken(run), position: position++, part, from: index + from, to: index + to });
    }
  }
}

/** Spans of positions (spansOf) as stretches of the title and the text as they were written, in order. */
export function highlights(words: readonly PlacedWord[], spans: readonly Span[]): Highlight[] {
  const found: Highlight[] = [];
  let i = 0;
  for (const [first, last] of spans) {
    while (i < words.length && words[i]!.position < first) i++;
    const begin = words[i];
    if (!begin || begin.position > last) continue;
    let end = begin;
    for (; i < words.length && words[i]!.position <= last; i++) end = words[i]!;
    found.push({ part: begin.part, from: begin.from, to: end.to });
  }
  return found;
}
