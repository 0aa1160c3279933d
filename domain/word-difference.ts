/** A piece of a text that stayed, came or went. */
export type Piece = { kind: 'same' | 'added' | 'removed'; text: string };

/** From so many words on a text is taken as a whole: comparing costs the product of both. */
const mostWords = 1_000;

/**
 * What one text says that another did not, word by word, in reading order; what went stands before what came in its place. All that is
 * not removed, put together, is the text as it is now.
 */
export function wordDifference(before: string, after: string): Piece[] {
  const was = wordsOf(before);
  const is = wordsOf(after);
  if (was.length > mostWords || is.length > mostWords) return joined(whole(before, after));
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
  return joined(pieces);
}

/** Words, each with the space that follows it. */
const wordsOf = (text: string): string[] => text.match(/\s*\S+\s*|\s+/g) ?? [];

function whole(before: string, after: string): Piece[] {
  if (before === after) return [{ kind: 'same', text: after }];
  return [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
}

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
