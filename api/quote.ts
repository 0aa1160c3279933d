import { createHash } from 'node:crypto';
import { mostQuoteCharacters } from '#domain/reply-text.ts';

/** Where a quote stands in the text of its mention, in UTF-16 characters. */
type Place = { from: number | null; to: number | null };

/** The quoted part of a text; null when it has no such part, or one that would cut a character in two. */
export function quotedWords(text: string, { from, to }: Place): string | null {
  if (from === null || to === null || from >= to || to > text.length || to - from > mostQuoteCharacters) return null;
  const words = text.slice(from, to);
  return words.isWellFormed() ? words : null;
}

/** By which the words of a quote are known again without being kept. */
export const digestOfWords = (words: string): Buffer => createHash('sha256').update(words).digest();

/** The quoted words while they are what was quoted; null once they are gone or were changed by their author. */
export function sameWords(quote: Place & { text: string | null; digest: Buffer | null }): string | null {
  const words = quote.text === null ? null : quotedWords(quote.text, quote);
  return words !== null && quote.digest?.equals(digestOfWords(words)) ? words : null;
}
