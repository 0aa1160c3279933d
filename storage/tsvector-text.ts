import type { OrderedTokens } from '#domain/token-order.ts';
import { titleGap } from '#domain/tokens.ts';

/** What a document's vector holds (storage/document-vector.ts): its words in order, terms of fields and other forms of words. */
export type VectorTokens = OrderedTokens & { terms: string[]; stems: string[] };

const quote = 0x27;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const weightA = 0x41;

/** PostgreSQL numbers positions up to 16,383. One array for all, because lexemes come by letter and not by place. */
const placed: (string | undefined)[] = new Array<string | undefined>(16_384).fill(undefined);

/**
 * A document's vector as PostgreSQL writes it (`'brug':3,107 'de':1A ':lang:nl' '~fiets'`), by hand: it is most of what indexing a
 * document costs. Positions of the title have weight A.
 */
export function readVector(text: string): VectorTokens {
  const terms: string[] = [];
  const stems: string[] = [];
  let titleEnd = 0;
  let last = 0;
  for (let i = 0; i < text.length; ) {
    const from = i + 1;
    let isPlain = true;
    for (i = from; ; i++) {
      const code = text.charCodeAt(i);
      if (code === backslash) isPlain = false;
      else if (code !== quote) continue;
      else if (text.charCodeAt(i + 1) !== quote) break;
      else isPlain = false;
      // Quotes and backslashes stand twice.
      i += 1;
    }
    const written = text.slice(from, i);
    const lexeme = isPlain ? written : written.replace(/(['\\])\1/g, '$1');
    i += 1;
    if (text.charCodeAt(i) !== colon) {
      if (lexeme.startsWith(':')) terms.push(lexeme.slice(1));
      else if (lexeme.startsWith('~')) stems.push(lexeme.slice(1));
      i += 1;
      continue;
    }
    for (let code = comma; code === comma; ) {
      let position = 0;
      for (i += 1, code = text.charCodeAt(i); code >= 0x30 && code <= 0x39; i += 1, code = text.charCodeAt(i))
        position = position * 10 + code - 0x30;
      placed[position - 1] = lexeme;
      if (position > last) last = position;
      if (code === weightA && position > titleEnd) titleEnd = position;
      // Any weight is a letter.
      if (code >= weightA) {
        i += 1;
        code = text.charCodeAt(i);
      }
    }
    i += 1;
  }
  const titleTokens = placed.slice(0, titleEnd) as string[];
  const textTokens = placed.slice(titleEnd === 0 ? 0 : titleEnd + titleGap, last) as string[];
  placed.fill(undefined, 0, last);
  return { titleTokens, textTokens, terms, stems };
}
