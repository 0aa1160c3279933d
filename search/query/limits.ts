/**
 * What a query may cost (reliability.md A8, A9). Anybody who signed in may ask, and a topic is asked of everything that comes in: beyond
 * these sizes a query is refused with the reason, before anything is worked out.
 */
export const limits = {
  /** Code units of text. */
  length: 8_000,
  /** Parentheses within parentheses. */
  depth: 32,
  /** Words and fields in the text, and words and fields once sub-queries stand in their place. */
  operands: 500,
  expanded: 1_000,
  /** Words with a star, sub-queries included: each stands for as many words as begin with it. */
  prefixes: 100,
  /** Letters before a star. */
  prefixLetters: 2,
  /** Words between two words. */
  near: 10,
  /** Sub-queries within sub-queries. */
  nested: 8,
} as const;
