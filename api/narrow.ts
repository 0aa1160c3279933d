import type { FacetName } from '#search/engine.ts';
import { nameKey } from '#search/query/names.ts';
import { parse } from '#search/query/parse.ts';
import { print, printLeaf } from '#search/query/print.ts';
import type { Field, Query, QueryLanguage } from '#search/query/query.ts';

/** The field of the query language that asks for a value of a facet (of what has a name, by that name); null when none can. */
export function facetField(facet: FacetName, value: string): Field | null {
  const field = { ...fieldOf[facet](value) } as Field;
  // A name with a quotation mark in it cannot be written down.
  const { query } = parse(printLeaf({ ...nowhere, kind: 'field', field }, 'en'), { language: 'en' });
  return query?.kind === 'field' && isSame(query.field, field) ? field : null;
}

const fieldOf: Record<FacetName, (value: string) => object> = {
  side: (state) => ({ name: 'is', state }),
  source: (called) => ({ name: 'source', called }),
  type: (type) => ({ name: 'type', type }),
  topic: (called) => ({ name: 'topic', called }),
  sentiment: (tone) => ({ name: 'sentiment', tone }),
  language: (code) => ({ name: 'lang', code }),
  status: (state) => ({ name: 'is', state }),
  circle: (called) => ({ name: 'in', called }),
};

/** A question that asks for this as well, or no longer where it did: `on` says which it was. As text, ready to be asked. */
export function narrowed(query: Query | null, field: Field, language: QueryLanguage): { on: boolean; query: string } {
  const parts = query === null ? [] : query.kind === 'and' ? query.of : [query];
  const others = parts.filter((part) => !(part.kind === 'field' && isSame(part.field, field)));
  const on = others.length < parts.length;
  const all: readonly Query[] = on ? others : [...parts, { ...nowhere, kind: 'field', field }];
  if (all.length === 0) return { on, query: '' };
  return { on, query: print(all.length === 1 ? all[0]! : { ...nowhere, kind: 'and', of: all }, language) };
}

const nowhere = { from: 0, to: 0 };

function isSame(a: Field, b: Field): boolean {
  if ('called' in a && 'called' in b) return a.name === b.name && nameKey(a.called) === nameKey(b.called);
  return JSON.stringify(a) === JSON.stringify(b);
}
