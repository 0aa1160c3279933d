import { fold } from '#domain/tokens.ts';

/** A character with the marks on it; or marks alone. */
const cluster = /\P{M}\p{M}*|\p{M}+/gsu;
const ascii = /^\p{ASCII}*$/u;
/** Characters that make one together are few; a longer row is taken whole, so that no text costs the square of its length. */
const mostJoined = 32;

/** A stretch of the text that folds by itself, and to what. */
type Part = { written: string; folded: string };

/**
 * Where a stretch of the folded text stood before folding. `folded` is fold(written). Each character folds to what it folds to alone,
 * except where some make one together (Hangul written in letters): those are taken as one.
 */
export function offsetsOf(written: string, folded: string): (from: number, to: number) => { from: number; to: number } {
  if (ascii.test(written)) return (from, to) => ({ from, to });
  const units = folded.length;
  let parts = partsOf(written);
  if (length(parts) !== units) parts = joined(parts);
  if (length(parts) !== units) parts = [{ written, folded }];
  // Of each unit of the folded text: where the part it comes from begins and ends.
  const starts = new Uint32Array(units);
  const ends = new Uint32Array(units);
  let offset = 0;
  let unit = 0;
  for (const part of parts) {
    starts.fill(offset, unit, unit + part.folded.length);
    offset += part.written.length;
    ends.fill(offset, unit, unit + part.folded.length);
    unit += part.folded.length;
  }
  return (from, to) => ({ from: starts[from]!, to: ends[to - 1]! });
}

const length = (parts: readonly Part[]) => parts.reduce((sum, { folded }) => sum + folded.length, 0);

/** A sigma at the end of a word folds otherwise than one alone, but is as long. */
const foldAlone = (written: string) => fold(written).replaceAll('ς', 'σ');

/** What folds to nothing (a mark of half width) belongs to the character before it. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  for (const [written] of text.matchAll(cluster)) {
    const folded = foldAlone(written);
    const before = parts.at(-1);
    if (folded === '' && before) before.written += written;
    else parts.push({ written, folded });
  }
  return parts;
}

/** The parts again, those that fold together otherwise than apart as one. */
function joined(parts: readonly Part[]): Part[] {
  const result: Part[] = [];
  for (const part of parts) {
    const before = result.at(-1);
    if (before && before.written.length <= mostJoined) {
      const together = foldAlone(before.written + part.written);
      if (together !== before.folded + part.folded) {
        before.written += part.written;
        before.folded = together;
        continue;
      }
    }
    result.push({ ...part });
  }
  return result;
}
