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
/** What a lexeme costs beside its letters: its entry, alignment, and its first position. */
const entryBytes = 9;

const ascii = /^\p{ASCII}*$/u;
/** A word in folded text. */
export const wordPattern = /[\p{L}\p{N}]+/gu;
const asciiWord = /[a-z0-9]+/g;
const marks = /\p{M}+/gu;

/** Text without case, accents and compatibility forms: "Één ﬁets" and "een fiets" fold alike. */
export function fold(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  return (
    text
      // Before as well: marks in a row are put into order by normalising, in time that is quadratic (100,000 of them: 4 s).
      .replace(marks, '')
      .normalize('NFKD')
      .replace(marks, '')
      .toLowerCase()
      .normalize('NFKC')
  );
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

/** Every word of a title and a text and all the places where it stands, from 1, title first: what queries are matched against. */
export function wordPositions(title: string | null, text: string): Map<string, number[]> {
  const positions = new Map<string, number[]>();
  const titleTokens = title ? tokens(title) : [];
  place(titleTokens, 1, positions);
  place(tokens(text), titleTokens.length === 0 ? 1 : titleTokens.length + titleGap + 1, positions);
  return positions;
}

function place(found: readonly string[], first: number, positions: Map<string, number[]>): void {
  for (let i = 0; i < found.length; i++) {
    const list = positions.get(found[i]!);
    if (list) list.push(first + i);
    else positions.set(found[i]!, [first + i]);
  }
}

/** What of a document's words goes into its tsvector. */
export type SearchWords = { positions: ReadonlyMap<string, readonly number[]>; inexact: boolean };

/**
 * Words and positions that fit into a tsvector. `inexact`: PostgreSQL cannot answer phrases and proximity for this document (a word
 * above 255 times, or too long), so the matcher checks it again.
 */
export function vectorWords(words: ReadonlyMap<string, readonly number[]>): SearchWords {
  let bytes = 0;
  let fits = true;
  let inexact = false;
  for (const [token, list] of words) {
    bytes += utf8Bytes(token) + entryBytes;
    const last = list.at(-1)!;
    fits &&= list.length <= maxPositionsPerWord && last <= maxPosition;
    inexact ||= !fits || last > maxExactLength;
  }
  if (fits && bytes <= maxVectorBytes) return { positions: words, inexact };
  const positions = new Map<string, readonly number[]>();
  bytes = 0;
  for (const [token, list] of words) {
    bytes += utf8Bytes(token) + entryBytes;
    if (bytes > maxVectorBytes) break;
    positions.set(
      token,
      list.slice(0, maxPositionsPerWord).filter((position) => position <= maxPosition),
    );
  }
  return { positions, inexact: true };
}

/** Title and text as words that fit into a tsvector. */
export const searchWords = (title: string | null, text: string): SearchWords => vectorWords(wordPositions(title, text));

/** Length in UTF-8: a surrogate pair is 4 bytes, 2 for each half. */
function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}
