import { fold } from '#domain/tokens.ts';
import type { Query } from './query.ts';

/** What is called by name in a query. */
export const namedKinds = ['source', 'topic', 'circle', 'query'] as const;
export type NamedKind = (typeof namedKinds)[number];

/** A query with a name: a topic's, whose words are exact, or a saved search's, whose words are not. */
export type NamedQuery = { text: string; use: 'standing' | 'search' };

/**
 * What names mean to who asks: only what they may see has a name. Case, accents and spaces around make no difference (`nameKey`).
 * Looked up beforehand by `namesIn`, so that working out a query waits for nothing.
 */
export type Names = {
  /** More than one source may bear a name; none: there is no such source. */
  sources: (name: string) => readonly number[];
  topic: (name: string) => number | null;
  circle: (name: string) => number | null;
  query: (name: string) => NamedQuery | null;
  /** Names that look like one that nothing bears. */
  suggestions: (kind: NamedKind, name: string) => string[];
};

/** Names that mean nothing, for a query that has none. */
export const noNames: Names = {
  sources: () => [],
  topic: () => null,
  circle: () => null,
  query: () => null,
  suggestions: () => [],
};

/** Under which a name is looked up. */
export const nameKey = (name: string): string => fold(name).trim().replaceAll(/\s+/g, ' ');

const kindOf = { source: 'source', topic: 'topic', in: 'circle', query: 'query' } as const;

/** The names a query uses, as they were written, each once. */
export function namesIn(query: Query | null): Record<NamedKind, string[]> {
  const found: Record<NamedKind, Set<string>> = {
    source: new Set(),
    topic: new Set(),
    circle: new Set(),
    query: new Set(),
  };
  const visit = (part: Query): void => {
    if (part.kind === 'and' || part.kind === 'or') for (const each of part.of) visit(each);
    else if (part.kind === 'not') visit(part.of);
    else if (part.kind === 'field' && 'called' in part.field) found[kindOf[part.field.name]].add(part.field.called);
  };
  if (query) visit(query);
  return {
    source: [...found.source],
    topic: [...found.topic],
    circle: [...found.circle],
    query: [...found.query],
  };
}
