import type { z } from '@hono/zod-openapi';
import { parse } from '#search/query/parse.ts';
import { print, printLeaf } from '#search/query/print.ts';
import type { Query, QueryLanguage } from '#search/query/query.ts';
import type { SourceFacts } from '#storage/stream-rows.ts';
import type { QueryPart } from './schema-topics.ts';

type Asked = { query: string; sources: readonly SourceFacts[] | null };
type Part = z.infer<typeof QueryPart>;

/** What one version asks and another does not: words and conditions, and sources. Case and order make no difference. */
export function differenceOf(from: Asked, to: Asked, language: QueryLanguage) {
  const before = partsOf(from.query, language);
  const after = partsOf(to.query, language);
  const added = without(after, before);
  const removed = without(before, after);
  const isSame = added.length + removed.length === 0;
  return {
    added,
    removed,
    regrouped: isSame && printed(from.query, language) !== printed(to.query, language),
    sources: sourcesBetween(from.sources, to.sources),
  };
}

const keyOf = ({ kind, wanted, text }: Part) => `${kind} ${wanted} ${text.toLowerCase()}`;

function without(parts: readonly Part[], others: readonly Part[]): Part[] {
  const known = new Set(others.map(keyOf));
  return [...new Map(parts.map((part) => [keyOf(part), part])).entries()].flatMap(([key, part]) =>
    known.has(key) ? [] : [part],
  );
}

/** Every word and condition of a query in the order they stand there. A query that cannot be read any more is one word: itself. */
function partsOf(text: string, language: QueryLanguage): Part[] {
  const { query } = parse(text, { language });
  if (!query) return [{ kind: 'word', wanted: true, text }];
  const found: Part[] = [];
  const visit = (part: Query, wanted: boolean): void => {
    if (part.kind === 'and' || part.kind === 'or') for (const one of part.of) visit(one, wanted);
    else if (part.kind === 'not') visit(part.of, !wanted);
    else {
      const kind = part.kind === 'field' && part.field.name === 'query' ? 'query' : part.kind;
      found.push({ kind, wanted, text: printLeaf(part, language) });
    }
  };
  visit(query, true);
  return found;
}

function printed(text: string, language: QueryLanguage): string {
  const { query } = parse(text, { language });
  return (query ? print(query, language) : text).toLowerCase();
}

function sourcesBetween(from: readonly SourceFacts[] | null, to: readonly SourceFacts[] | null) {
  const missing = (here: readonly SourceFacts[] | null, there: readonly SourceFacts[] | null) =>
    (here ?? []).filter(({ id }) => !there?.some((other) => other.id === id));
  const added = missing(to, from);
  const removed = missing(from, to);
  const change =
    from === null && to !== null
      ? ('all-to-some' as const)
      : from !== null && to === null
        ? ('some-to-all' as const)
        : added.length + removed.length > 0
          ? ('some' as const)
          : ('none' as const);
  return { added, removed, change };
}
