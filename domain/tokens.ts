/** PostgreSQL refuses lexemes above 2,046 bytes and Elasticsearch cuts at 255 units unless told otherwise: we cut before both. */
const maxTokenUnits = 100;
/** PostgreSQL keeps 256 positions of a lexeme; one less is ours, so that a full list is recognised as such. */
const maxPositionsPerWord = 255;
/** PostgreSQL clamps positions at 16,383, which makes false phrases: longer documents are matched again in memory. */
const maxExactLength = 16_000;
const maxPosition = 16_383;
/** Distance between title and text, so that no phrase runs from one into the other. */
export const titleGap = 100;
/** A tsvector holds 1 MiB of lexemes and positions; an item that would not fit must not cost its batch. */
const maxVectorBytes = 900_000;

const ascii = /^\p{ASCII}*$/u;
/** A word in folded text. */
export const wordPattern = /[\p{L}\p{N}]+/gu;
const asciiWord = /[a-z0-9]+/g;

/** Text without case, accents and compatibility forms: "Één ﬁets" and "een fiets" fold alike. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFKC');
}

/**
 * The one tokenizer: runs of letters and digits of the folded text, in order. The in-memory matcher, the tsvector and the
 * pre-tokenised Elasticsearch field all take their words from here (design section 8).
 */
export function tokens(text: string): string[] {
  const folded = fold(text);
  const found = folded.match(ascii.test(folded) ? asciiWord : wordPattern) ?? [];
  for (let i = 0; i < found.length; i++) if (found[i]!.length > maxTokenUnits) found[i] = cutToken(found[i]!);
  return found;
}

/** At most `maxTokenUnits` code units, never half a surrogate pair. */
export function cutToken(token: string): string {
  if (token.length <= maxTokenUnits) return token;
  const last = token.charCodeAt(maxTokenUnits - 1);
  return token.slice(0, last >= 0xd800 && last <= 0xdbff ? maxTokenUnits - 1 : maxTokenUnits);
}

/** Every word of a document and where it stands: what becomes its tsvector. */
export type SearchWords = { positions: Map<string, number[]>; inexact: boolean };

/**
 * Title and text as words with their positions, from 1, that fit into a tsvector. `inexact`: PostgreSQL cannot answer phrases and proximity
 * for this document (a word above 255 times, or too long), so the matcher checks it again.
 */
export function searchWords(title: string | null, text: string): SearchWords {
  const positions = new Map<string, number[]>();
  const titleTokens = title ? tokens(title) : [];
  const textTokens = tokens(text);
  const textStart = titleTokens.length === 0 ? 0 : titleTokens.length + titleGap;
  let inexact = textStart + textTokens.length > maxExactLength;
  let bytes = 0;
  const place = (token: string, position: number) => {
    let list = positions.get(token);
    if (!list) {
      // A code unit is at most 3 bytes of UTF-8; the rest is alignment and the entry itself.
      const cost = token.length * 3 + 8;
      if (bytes + cost > maxVectorBytes) {
        inexact = true;
        return;
      }
      bytes += cost;
      list = [];
      positions.set(token, list);
    }
    if (list.length >= maxPositionsPerWord || position > maxPosition) inexact = true;
    else list.push(position);
  };
  for (let i = 0; i < titleTokens.length; i++) place(titleTokens[i]!, i + 1);
  for (let i = 0; i < textTokens.length; i++) place(textTokens[i]!, textStart + i + 1);
  return { positions, inexact };
}
