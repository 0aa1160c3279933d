import { fold } from '#domain/tokens.ts';

/** A character with the marks on it; or marks alone. */
const cluster = /\P{M}\p{M}*|\p{M}+/gsu;

/**
 * Where a stretch of the folded text stood before folding. `folded` is fold(written). Each character folds to what it folds to alone,
 * except where two make one together (Hangul written in letters): those are taken as one.
 */
export function offsetsOf(written: string, folded: string): (from: number, to: number) => { from: number; to: number } {
  if (written.length === folded.length && isPlain(written)) return (from, to) => ({ from, to });
  let parts = [...written.matchAll(cluster)].map(([part]) => part);
  let lengths = parts.map((part) => fold(part).length);
  if (sum(lengths) !== folded.length) {
    parts = joined(parts);
    lengths = parts.map((part) => fold(part).length);
  }
  // Of each unit of the folded text: the part it comes from.
  const starts: number[] = [];
  const ends: number[] = [];
  let offset = 0;
  for (const [i, part] of parts.entries()) {
    for (let unit = 0; unit < lengths[i]!; unit++) {
      starts.push(offset);
      ends.push(offset + part.length);
    }
    offset += part.length;
  }
  return (from, to) => ({ from: starts[from]!, to: ends[to - 1]! });
}

const isPlain = (text: string) => /^\p{ASCII}*$/u.test(text);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** The parts again, those that fold together otherwise than apart as one. */
function joined(parts: readonly string[]): string[] {
  const result: string[] = [];
  for (const part of parts) {
    const before = result.at(-1);
    if (before !== undefined && fold(before + part).length !== fold(before).length + fold(part).length)
      result[result.length - 1] = before + part;
    else result.push(part);
  }
  return result;
}
