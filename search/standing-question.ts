import { stemsOf } from '#domain/stems.ts';
import type { Plain } from './plain.ts';
import { type Names, nameKey, noNames } from './query/names.ts';
import type { Problem, QueryLanguage } from './query/query.ts';
import { readQuery } from './query/read-query.ts';

/** What a topic asks: its query, and the sources it looks in (null: every source). */
export type StandingQuestion = { name?: string | undefined; query: string; sources: readonly number[] | null };

/** What names mean in a standing query, whoever wrote it: sources by their label, and the queries of other topics. */
export function standingNames(
  sources: readonly { id: number; label: string }[],
  topics: readonly { name: string; query: string }[],
  suggestions: Names['suggestions'] = noNames.suggestions,
): Names {
  const sourcesByKey = Map.groupBy(sources, ({ label }) => nameKey(label));
  const queries = new Map(topics.map(({ name, query }) => [nameKey(name), query]));
  return {
    ...noNames,
    sources: (name) => (sourcesByKey.get(nameKey(name)) ?? []).map(({ id }) => id),
    query: (name) => {
      const text = queries.get(nameKey(name));
      return text === undefined ? null : { text, use: 'standing' };
    },
    suggestions,
  };
}

export type Understood = { kind: 'plain'; plain: Plain } | { kind: 'refused'; problems: Problem[] };

/** A standing question as the matcher and the engines take it; refused with what is wrong and where. */
export function understand(
  { name, query, sources }: StandingQuestion,
  names: Names,
  { timeZone, language = 'nl' }: { timeZone: string; language?: QueryLanguage },
): Understood {
  const within = name === undefined ? {} : { within: name };
  const read = readQuery(query, { names, now: new Date(), timeZone, use: 'standing', stemsOf, language, ...within });
  if (read.kind === 'refused') return { kind: 'refused', problems: read.problems };
  return {
    kind: 'plain',
    plain: sources === null ? read.plain : { kind: 'and', of: [read.plain, inSources(sources)] },
  };
}

function inSources(sources: readonly number[]): Plain {
  const of = sources.map((id): Plain => ({ kind: 'term', term: `source:${id}` }));
  if (of.length === 0) return { kind: 'none' };
  return of.length === 1 ? of[0]! : { kind: 'or', of };
}
