import type { Plain } from './plain.ts';

/** What a viewer may see: documents in these circles. Goes into every query an engine is asked. */
export type Scope = { circles: readonly number[] };

/** The audience of all colleagues, in which the outside stands, and the desk, in which stands what only they may see (storage/schema.ts). */
export const outsideCircle = 1;
export const deskCircle = 3;
/** Of these circles, those in which the outside of a thread can be at home: who sees a thread there sees its case. */
export const homesIn = (circles: readonly number[]): number[] =>
  circles.filter((id) => id === outsideCircle || id === deskCircle);

export const documentKinds = { mention: 1, reply: 2 } as const;
export type DocumentKind = keyof typeof documentKinds;
export const kindNamed = (number: number): DocumentKind => (number === documentKinds.mention ? 'mention' : 'reply');

/** A place in an engine's answer, newest first: by time, then kind and number. */
export type Place = { sortAt: number; kind: DocumentKind; id: number };
export type Hit = Place & { threadId: number; circleId: number };

export type FacetName = 'side' | 'source' | 'type' | 'topic' | 'sentiment' | 'language' | 'status' | 'circle';
/** Documents by value, most first. `estimated`: counted in a sample (performance.md P13). */
export type FacetCounts = {
  total: number;
  estimated: boolean;
  facets: Record<FacetName, { value: string; count: number }[]>;
};

/**
 * One search engine. Each answers the same for the same documents; grouping by thread, pages, highlights and falling back stand above it
 * (search/search.ts) and know no engine. Throws EngineAwayError when it does not answer in time.
 */
export type SearchEngine = {
  name: 'postgres' | 'elasticsearch';
  /** The next documents after a place, newest first. */
  newest: (query: Plain, scope: Scope, after: Place | null, limit: number) => Promise<Hit[]>;
  /** Of these threads, those with a matching document above a place: they stood on an earlier page. */
  seenBefore: (query: Plain, scope: Scope, threadIds: readonly number[], above: Place) => Promise<number[]>;
  /** Best first among the 2,000 newest hits: where the words stand and how new it is, never how rare they are elsewhere. */
  best: (query: Plain, scope: Scope, limit: number) => Promise<Hit[]>;
  facets: (query: Plain, scope: Scope) => Promise<FacetCounts>;
  close: () => Promise<void>;
};

export class EngineAwayError extends Error {
  override readonly name = 'EngineAwayError';
}
/** More documents than this would have to be matched again in memory: the question is refused rather than answered wrongly. */
export const mostRechecked = 5_000;
export class TooManyToRecheckError extends Error {
  override readonly name = 'TooManyToRecheckError';
}
