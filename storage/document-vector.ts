import type { SearchDocument } from '#domain/search-document.ts';
import { tokens, vectorWords } from '#domain/tokens.ts';
import { tsvector, type Vector } from './binary-arrays.ts';
import { outsideCircle } from './schema.ts';

/**
 * A document as its tsvector: its words, those of the title with weight A, and lexemes without a place that no word can be or begin with,
 * because none has such a sign in it: `:lang:nl` a term, `~fiets` another form of a word, `@2` its circle (for who sees few), `%8` a
 * sample that it is counted in when counting all would take too long: of 256 documents eight bear it (search/postgres/).
 */
export function vectorOf(document: SearchDocument, title: string | null, circleId: number): Vector {
  const words = document.inexact ? vectorWords(document.words).positions : document.words;
  const lexemes = [`@${circleId}`, ...sampled()];
  let left = mostBytes;
  const add = (lexeme: string) => {
    left -= lexeme.length * 3 + 8;
    if (left >= 0) lexemes.push(lexeme);
  };
  for (const term of document.terms) add(`:${term}`);
  for (const stem of document.stems) add(`~${stem}`);
  return { words, titleEnd: title === null ? 0 : tokens(title).length, lexemes };
}

/** As search/postgres/facets.ts has them: what each draws of 256, so that every part of up to a quarter is a few of these. */
const samples = [32, 16, 8, 4, 2, 1];

/** The sample that a document falls into, if any: three of four fall into none. */
function sampled(): string[] {
  let drawn = Math.floor(Math.random() * 256);
  for (const sample of samples) {
    if (drawn < sample) return [`%${sample}`];
    drawn -= sample;
  }
  return [];
}

/** What a tsvector (1 MiB) has room for besides the words (domain/tokens.ts). */
const mostBytes = 100_000;

/**
 * The document of a mention as its row takes it. Hundreds wait for their transaction at a time: packed, each is a tenth of what its words
 * and their places are in memory, and one piece instead of hundreds for the garbage collector to look at.
 */
export type PackedDocument = { words: Buffer; inexact: boolean; isEdited: boolean };

export const packedDocument = (document: SearchDocument, title: string | null): PackedDocument => ({
  words: tsvector(vectorOf(document, title, outsideCircle)),
  inexact: document.inexact,
  isEdited: document.terms.includes('is:edited'),
});
