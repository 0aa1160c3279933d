import type { Plain } from '#search/plain.ts';
import { parse } from './parse.ts';
import { isRefused, problemAt } from './problems.ts';
import type { Problem, Query } from './query.ts';
import { type Surroundings, toPlain } from './to-plain.ts';

export type ReadQuery =
  /** `query` is null for an empty search, which asks for everything. `notes` tell how it was read. */
  | { kind: 'plain'; plain: Plain; query: Query | null; notes: Problem[] }
  | { kind: 'refused'; query: Query | null; problems: Problem[] };

/** A text as a query that can be asked, or all that is wrong with it. An empty text searches for everything, and stands for nothing. */
export function readQuery(text: string, surroundings: Surroundings): ReadQuery {
  const { query, problems } = parse(text, { language: surroundings.language ?? 'nl' });
  if (isRefused(problems)) return { kind: 'refused', query, problems };
  if (query) {
    const read = toPlain(query, surroundings);
    if (read.kind === 'refused') return { kind: 'refused', query, problems: [...problems, ...read.problems] };
    return { kind: 'plain', plain: read.plain, query, notes: problems };
  }
  if (surroundings.use === 'search') return { kind: 'plain', plain: { kind: 'all' }, query, notes: problems };
  return { kind: 'refused', query, problems: [problemAt('empty', { from: 0, to: text.length })] };
}
