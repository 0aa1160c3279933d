/** A piece of a text that stayed, came or went. */
export type Piece = { kind: 'same' | 'added' | 'removed'; text: string };

/** Pairs of words that may still be compared: what costs time, together for all texts of one answer. */
export type Effort = { left: number };

/** About twenty milliseconds, in which nobody else is answered. */
export const oneAnswer = (): Effort => ({ left: 1_000_000 });

/**
 * What one text says that another did not, word by word, in reading order; what went stands before what came in its place. All that is
 * not removed, put together, is the text as it is now. How it begins and ends alike costs nothing; what is between, where that takes
 * more than the effort that is left, is not compared but went and came.
 */
export function wordDifference(before: string, after: string, effort: Effort = oneAnswer()): Piece[] {
  const was = wordsOf(before);
  const is = wordsOf(after);
  const shorter = Math.min(was.length, is.length);
  let start = 0;
  while (start < shorter && was[start] === is[start]) start++;
  let end = 0;
  while (end < shorter - start && was.at(-1 - end) === is.at(-1 - end)) end++;
  const between = compared(was.slice(start, was.length - end), is.slice(start, is.length - end), effort);
  return joined([said('same', is.slice(0, start)), ...between, said('same', is.slice(is.length - end))]);
}

const said = (kind: Piece['kind'], words: readonly string[]): Piece => ({ kind, text: words.join('') });

function compared(was: readonly string[], is: readonly string[], effort: Effort): Piece[] {
  const cost = was.length * is.length;
  if (cost > effort.left) return [said('removed', was), said('added', is)];
  effort.left -= cost;
  const common = longestCommon(was, is);
  const pieces: Piece[] = [];
  let a = 0;
  let b = 0;
  while (a < was.length || b < is.length) {
    const isSame = a < was.length && b < is.length && was[a] === is[b];
    if (isSame) {
      pieces.push({ kind: 'same', text: is[b++]! });
      a++;
    } else if (a < was.length && (b === is.length || common[a + 1]![b]! >= common[a]![b + 1]!))
      pieces.push({ kind: 'removed', text: was[a++]! });
    else pieces.push({ kind: 'added', text: is[b++]! });
  }
  return pieces;
}

/** Words, each with the space that follows it. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+\s*|\s+/g) ?? [];

/** `[a][b]`: how many words the texts from word a and word b on have in common, in order. */
function longestCommon(was: readonly string[], is: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: was.length + 1 }, () => new Uint16Array(is.length + 1));
  for (let a = was.length - 1; a >= 0; a--)
    for (let b = is.length - 1; b >= 0; b--)
      rows[a]![b] = was[a] === is[b] ? rows[a + 1]![b + 1]! + 1 : Math.max(rows[a + 1]![b]!, rows[a]![b + 1]!);
  return rows;
}

/** Neighbours of a kind as one; between what stayed, all that went comes before all that came. */
function joined(pieces: readonly Piece[]): Piece[] {
  const answer: Piece[] = [];
  let removed = '';
  let added = '';
  const flush = () => {
    if (removed !== '') answer.push({ kind: 'removed', text: removed });
    if (added !== '') answer.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  for (const { kind, text } of pieces) {
    if (text === '') continue;
    if (kind === 'removed') removed += text;
    else if (kind === 'added') added += text;
    else {
      flush();
      const last = answer.at(-1);
      if (last?.kind === 'same') last.text += text;
      else answer.push({ kind, text });
    }
  }
  flush();
  return answer;
}
