import { tokens } from '#domain/tokens.ts';
import type { Word } from '#search/plain.ts';
import { limits } from './limits.ts';
import type { ProblemCode } from './query.ts';

export type ReadWords = { words: Word[]; wrong: ProblemCode | null };

/**
 * One piece of text without spaces as words of ours; a star at its end makes the last one a prefix. "sluis-brug*" is two words. No
 * words at all: there is nothing in it that is searched for.
 */
export function readPiece(piece: string): ReadWords {
  const star = piece.indexOf('*');
  const written = star === -1 ? piece : piece.replaceAll('*', '');
  const found = tokens(written);
  const words = found.map((text) => ({ text, prefix: false }));
  if (star === -1) return { words, wrong: null };
  const last = words.at(-1);
  if (!last) return { words, wrong: 'star_alone' };
  // A star after a dash or a comma would begin a new word, of which nothing is known.
  if (star !== piece.length - 1 || !endsInWord(written)) return { words, wrong: 'star_place' };
  if ([...last.text].length < limits.prefixLetters) return { words, wrong: 'prefix_short' };
  last.prefix = true;
  return { words, wrong: null };
}

/** Whether a letter more would belong to the last word. */
function endsInWord(text: string): boolean {
  const end = text.slice(-50);
  return tokens(`${end}x`).length === tokens(end).length;
}

/** The words of a text between quotes, in a row. */
export function readWords(text: string): ReadWords {
  const pieces = text.split(/\s+/).map(readPiece);
  return { words: pieces.flatMap(({ words }) => words), wrong: pieces.find(({ wrong }) => wrong)?.wrong ?? null };
}

/** What is more likely meant as something else than as words: refused as a word by itself, taken between quotes. */
export const looksLikeAddress = (word: string): boolean => /^https?:\/\//i.test(word);
export const looksLikeField = (word: string): boolean => /^[a-z]+:./i.test(word);
export const looksLikeNear = (word: string): boolean => /~\d*$/.test(word);
