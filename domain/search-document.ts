/**
 * What the query language asks about: one mention, or one reply. The same in all three compilations: matched in memory,
 * stored as one vector in PostgreSQL, and sent to Elasticsearch.
 */
export type SearchDocument = {
  /** Words and where they stand, title first (domain/tokens.ts). */
  words: ReadonlyMap<string, readonly number[]>;
  /** PostgreSQL cannot answer phrases and proximity for it: it is matched again in memory. */
  inexact: boolean;
  /** Terms of fields: `lang:nl`, `source:12`, `type:review`, `sentiment:negative`, `rating:2`, `site:nos.nl`, `author:jansen`, `has:link` … */
  terms: readonly string[];
  /** Other forms of its words, for the search box: stems and parts of compounds. */
  stems: readonly string[];
  /** Milliseconds since 1970. */
  sortAt: number;
};
