import { titleGap } from './tokens.ts';

/** The words of a document in the order in which they were written. */
export type OrderedTokens = { titleTokens: string[]; textTokens: string[] };

/**
 * Words and every place where they stand (wordPositions) back in their order. Without the gap that parts a title from its text
 * there is only one of the two, and `hasTitle` says which.
 */
export function tokensInOrder(words: ReadonlyMap<string, readonly number[]>, hasTitle: boolean): OrderedTokens {
  let last = 0;
  for (const positions of words.values()) last = Math.max(last, positions.at(-1) ?? 0);
  const placed = new Array<string>(last);
  for (const [token, positions] of words) for (const position of positions) placed[position - 1] = token;
  let gapAt = 0;
  while (placed[gapAt] !== undefined) gapAt++;
  if (gapAt < placed.length) {
    return { titleTokens: placed.slice(0, gapAt), textTokens: placed.slice(gapAt + titleGap) };
  }
  return hasTitle ? { titleTokens: placed, textTokens: [] } : { titleTokens: [], textTokens: placed };
}
