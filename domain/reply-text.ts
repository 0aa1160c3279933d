/** Stands in the text of a reply where a reference belongs; the references follow in the same order. */
export const placeholder = '\uFFFC';
export const mostReplyCharacters = 20_000;
export const mostReferences = 100;
export const mostQuoteCharacters = 2_000;

/** How many references a text has a place for. */
export function countPlaces(text: string): number {
  return text.split(placeholder).length - 1;
}

/** A part of a text, in UTF-16 characters; `to` is where it no longer is. */
export type AddressFound = { address: string; from: number; to: number };

const address = /https?:\/\/[^\s<>"'\u{FFFC}]+/giu;
const afterSentence = new Set('.,;:!?*_~…”’»');

/** Web addresses in a text. What closes the sentence or the bracket around one is no part of it. */
export function addressesIn(text: string): AddressFound[] {
  return [...text.matchAll(address)].map(({ 0: found, index }) => {
    const kept = withoutTail(found);
    return { address: kept, from: index, to: index + kept.length };
  });
}

function withoutTail(found: string): string {
  let opened = 0;
  for (const char of found) opened += char === '(' ? 1 : char === ')' ? -1 : 0;
  let end = found.length;
  for (; end > 0; end -= 1) {
    const char = found[end - 1]!;
    if (char === ')' && opened < 0) opened += 1;
    else if (!afterSentence.has(char)) break;
  }
  return found.slice(0, end);
}

/**
 * Puts references in the place of parts of a text (in order, not overlapping), among those it has already. Parts beyond the
 * hundredth reference stay as they are.
 */
export function withReferences<Reference>(
  text: string,
  references: readonly Reference[],
  parts: readonly { from: number; to: number; reference: Reference }[],
): { text: string; references: Reference[] } {
  const chosen = parts.slice(0, Math.max(0, mostReferences - references.length));
  const all: Reference[] = [];
  let out = '';
  let at = 0;
  let next = 0;
  const copy = (to: number) => {
    const piece = text.slice(at, to);
    const places = countPlaces(piece);
    all.push(...references.slice(next, next + places));
    next += places;
    out += piece;
  };
  for (const { from, to, reference } of chosen) {
    copy(from);
    out += placeholder;
    all.push(reference);
    at = to;
  }
  copy(text.length);
  return { text: out, references: all };
}

/** A text with words in its places, in order: for reading where no references can be shown. */
export function readable(text: string, words: readonly string[]): string {
  return text
    .split(placeholder)
    .map((piece, index) => (index === 0 ? piece : (words[index - 1] ?? '') + piece))
    .join('');
}
