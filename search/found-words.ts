import { documentStems } from '#domain/stems.ts';
import { cutToken, fold, tokens } from '#domain/tokens.ts';
import { spansOf } from './match/spans.ts';
import { type Highlight, highlights, type PlacedWord, wordsIn } from './match/words-in.ts';
import type { Plain, Word } from './plain.ts';

/** A mention or reply that was found, as its reader sees it. */
export type Found = { title: string | null; text: string; language: string | null };
/** A part of a text in UTF-16 characters; `to` is where it no longer is. */
export type Range = { from: number; to: number };

/** Text is looked through in pieces of about this length; round the first that has something of it, so much is looked at closely. */
const pieceLength = 240;
const round = { before: 120, after: 360 };
/** So often a piece may have a word of a phrase and not the phrase, before we stop looking. */
const mostLooks = 40;

/**
 * The words for which something was found, where they were written: all those of the title, and of the text those near the first.
 * Computed on what is shown, so that it is the same whichever engine found it, and only where it is shown: a page has some sixty texts.
 * Every word asked for counts, with the other forms of one as typed in the search box; phrases and proximity count as a whole.
 */
export function foundWords(query: Plain, { title, text, language }: Found): Highlight[] {
  const leaves: Leaf[] = [];
  collect(query, leaves);
  if (leaves.length === 0) return [];
  const asked = askedFor(leaves, language);
  const inTitle = title === null ? [] : lookAt(title, asked);
  return [
    ...inTitle.map((range) => ({ part: 'title' as const, ...range })),
    ...lookThrough(text, asked).map((range) => ({ part: 'text' as const, ...range })),
  ];
}

type Leaf = Extract<Plain, { kind: 'word' | 'loose' | 'phrase' | 'near' }>;

/** What has to be there; what is excluded, and what is no word, marks nothing. */
function collect(query: Plain, leaves: Leaf[]): void {
  switch (query.kind) {
    case 'and':
    case 'or':
      for (const one of query.of) collect(one, leaves);
      return;
    case 'word':
    case 'loose':
    case 'phrase':
    case 'near':
      leaves.push(query);
  }
}

/** `marking`: what marks words of a text that has these words. */
type Asked = { isAsked: (word: string) => boolean; marking: (words: Iterable<string>) => Plain };

function askedFor(leaves: readonly Leaf[], language: string | null): Asked {
  const words = leaves.flatMap(wordsOf);
  const exact = new Set(words.filter(({ prefix }) => !prefix).map(({ text }) => text));
  const beginnings = words.filter(({ prefix }) => prefix).map(({ text }) => text);
  const stems = new Set(leaves.flatMap((leaf) => (leaf.kind === 'loose' ? leaf.stems : [])));
  // Endings change, and a compound may have it in its middle; the letters it begins with are there in every form.
  const starts = [...stems].map((stem) => stem.slice(0, stem.length > 3 ? 3 : 2));
  const known = new Map<string, boolean>();
  const isForm = (word: string): boolean => {
    if (!starts.some((start) => word.includes(start))) return false;
    const before = known.get(word);
    if (before !== undefined) return before;
    // A word that is its own stem is stored once, as a word.
    const holds = stems.has(word) || documentStems([word], language).some((stem) => stems.has(stem));
    known.set(word, holds);
    return holds;
  };
  return {
    isAsked: (word) => exact.has(word) || beginnings.some((start) => word.startsWith(start)) || isForm(word),
    marking: (among) => ({
      kind: 'or',
      of: [
        ...leaves.filter(({ kind }) => kind !== 'loose'),
        ...[...among].filter(isForm).map(asWord),
        ...looseWords(leaves),
      ],
    }),
  };
}

function wordsOf(leaf: Leaf): readonly Word[] {
  if (leaf.kind === 'word') return [leaf.word];
  if (leaf.kind === 'loose') return [{ text: leaf.text, prefix: false }];
  return leaf.kind === 'phrase' ? leaf.words : [leaf.first, leaf.second];
}

const asWord = (text: string): Plain => ({ kind: 'word', word: { text, prefix: false } });
const looseWords = (leaves: readonly Leaf[]) =>
  leaves.flatMap((leaf) => (leaf.kind === 'loose' ? [asWord(leaf.text)] : []));

/** Of a long text what stands near the first that was found. */
function lookThrough(text: string, asked: Asked): Range[] {
  let looks = 0;
  for (let from = 0; from < text.length; ) {
    const to = pieceEnd(text, from + pieceLength);
    if (tokens(text.slice(from, to)).some(asked.isAsked)) {
      const start = from <= round.before ? 0 : pieceEnd(text, from - round.before);
      const found = lookAt(text.slice(start, pieceEnd(text, to + round.after)), asked);
      if (found.length > 0) return found.map((range) => ({ from: start + range.from, to: start + range.to }));
      looks += 1;
      if (looks === mostLooks) return [];
    }
    from = to;
  }
  return [];
}

/** The first space from here on, so that no word is cut; a word that goes on and on is cut after all. */
function pieceEnd(text: string, from: number): number {
  const within = text.slice(from, from + mostWord).search(/\s/);
  return Math.min(text.length, within === -1 ? from + mostWord : from + within);
}
const mostWord = 120;

function lookAt(text: string, asked: Asked): Range[] {
  const placed = placedIn(text);
  const words = new Map<string, number[]>();
  for (const { token, position } of placed) {
    const positions = words.get(token);
    if (positions) positions.push(position);
    else words.set(token, [position]);
  }
  const document = { words, inexact: false, terms: [], stems: [], sortAt: 0 };
  return highlights(placed, spansOf(asked.marking(words.keys()), document)).map(({ from, to }) => ({ from, to }));
}

/** Most texts fold sign by sign, and then a word stands where it stands; the others are followed back. */
function placedIn(text: string): PlacedWord[] {
  if (!/^\p{ASCII}*$/u.test(text)) return wordsIn(null, text);
  return [...fold(text).matchAll(/[a-z0-9]+/g)].map(({ 0: word, index }, n) => ({
    token: cutToken(word),
    position: n + 1,
    part: 'text',
    from: index,
    to: index + word.length,
  }));
}
