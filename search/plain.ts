/** One folded word of ours (domain/tokens.ts); `prefix`: whatever begins with it. */
export type Word = { text: string; prefix: boolean };

/**
 * A query as the three compilations take it: names are ids, dates are instants, sub-queries stand in their place, spellings are
 * spelled out. What it holds of is one document (domain/search-document.ts): a mention or a reply.
 */
export type Plain =
  | { kind: 'all' }
  | { kind: 'none' }
  | { kind: 'word'; word: Word }
  /**
   * As typed in the search box: the word itself, one of these stems as it is, or a word of which one of them is another form. Never in a
   * standing query.
   */
  | { kind: 'loose'; text: string; stems: readonly string[] }
  /** In a row, in order; only the last may be a prefix. At least two. */
  | { kind: 'phrase'; words: readonly Word[] }
  /** Both, with at most `most` (0 to 10) words between them; `ordered`: the first before the second. Never across title and text. */
  | { kind: 'near'; first: Word; second: Word; most: number; ordered: boolean }
  /** A term of a field, such as `lang:nl`, whole (`termsOf…` in domain/search-document.ts makes them). */
  | { kind: 'term'; term: string }
  /** Said at this instant or later; before this instant. Milliseconds since 1970. */
  | { kind: 'since'; at: number }
  | { kind: 'before'; at: number }
  /** What is known beside the document and changes by itself: not in a standing query. */
  | { kind: 'topic'; id: number }
  | { kind: 'circle'; id: number }
  | { kind: 'status'; status: ThreadStatus }
  | { kind: 'and'; of: readonly Plain[] }
  | { kind: 'or'; of: readonly Plain[] }
  | { kind: 'not'; of: Plain };

/** Of the thread: the states of domain/desk.ts, and whether anybody reacted inside. */
export const threadStatuses = ['open', 'taken', 'answered', 'unanswered', 'discussed'] as const;
export type ThreadStatus = (typeof threadStatuses)[number];
