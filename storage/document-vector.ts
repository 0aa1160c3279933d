import type { SearchDocument } from '#domain/search-document.ts';
import { tokens, vectorWords } from '#domain/tokens.ts';
import { tsvector, type Vector } from './binary-arrays.ts';
import { outsideCircle } from './schema.ts';

/**
 * A document as its tsvector: its words, those of the title with weight A, and lexemes without a place that no word can be or begin with,
 * because none has such a sign in it: `:lang:nl` a term, `~fiets` another form of a word, `@2` its circle (for who sees few), `%17` the part
 * of all documents that it is counted in when all would take too long (search/postgres/).
 */
export function vectorOf(document: SearchDocument, title: string | null, circleId: number): Vector {
  const words = document.inexact ? vectorWords(document.words).positions : document.words;
  const lexemes = [`@${circleId}`, `%${Math.floor(Math.random() * sampleParts)}`];
  let left = mostBytes;
  const add = (lexeme: string) => {
    left -= lexeme.length * 3 + 8;
    if (left >= 0) lexemes.push(lexeme);
  };
  for (const term of document.terms) add(`:${term}`);
  for (const stem of document.stems) add(`~${stem}`);
  return { words, titleEnd: title === null ? 0 : tokens(title).length, lexemes };
}

/** As search/postgres/facets.ts has it. */
const sampleParts = 64;
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
