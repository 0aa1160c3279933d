import { stemsOf } from '#domain/stems.ts';
import type { Plain } from '#search/plain.ts';
import { parse } from '#search/query/parse.ts';
import type { Query } from '#search/query/query.ts';
import { readQuery } from '#search/query/read-query.ts';
import type { Viewer } from './access.ts';
import { namesFor } from './access-names.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import { tellProblems } from './query-problems.ts';

/** A question as the engines take it; `query` is null for an empty one, which asks for everything. */
export type Understood = { plain: Plain; query: Query | null };

/**
 * A question as a viewer asks it: names mean only what they may see, so what is hidden and what never was are refused alike. `within`:
 * the name of the search whose question it is, which it cannot hold itself.
 * @throws ProblemError query_refused with what is wrong and where.
 */
export async function understood(
  { db, timeZone }: Pick<Deps, 'db' | 'timeZone'>,
  viewer: Viewer,
  text: string,
  within?: string,
): Promise<Understood> {
  const names = await namesFor(db, viewer, parse(text, { language: 'nl' }).query);
  const surroundings = {
    names,
    now: new Date(),
    timeZone,
    use: 'search',
    stemsOf,
    ...(within ? { within } : {}),
  } as const;
  const read = readQuery(text, surroundings);
  if (read.kind === 'plain') return { plain: read.plain, query: read.query };
  // What could stand there is said in the language of who reads the refusal, which is known only then.
  throw new ProblemError('query_refused', {
    query: (language) => {
      const again = readQuery(text, { ...surroundings, language });
      return again.kind === 'refused' ? tellProblems(again.problems, language) : [];
    },
  });
}
