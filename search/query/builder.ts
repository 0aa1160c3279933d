import { parse } from './parse.ts';
import { print, printLeaf } from './print.ts';
import type { FieldName, Query, QueryLanguage } from './query.ts';

/**
 * A query as rows of words, for who does not write queries: one of `any`, and also one of `also`, but none of `not`, and only in `only`
 * (languages, sources, sites, kinds). Each word is text of the language by itself: `dicht`, `"te koop"`, `#sluis`, `taal:nl`.
 */
export type Builder = { any: string[]; also: string[]; not: string[]; only: string[] };
export const builderRows = ['any', 'also', 'not', 'only'] as const;

type One = Extract<Query, { kind: 'word' | 'phrase' | 'near' | 'field' }>;

/** Fields that say where something is looked for. */
const narrowing = new Set<FieldName>(['lang', 'source', 'site', 'type']);

/** The rows of a query; null when it says more than rows can. */
export function toBuilder(query: Query, language: QueryLanguage): Builder | null {
  const builder: Builder = { any: [], also: [], not: [], only: [] };
  const narrowed = new Set<string>();
  for (const part of query.kind === 'and' ? query.of : [query]) {
    const ones = onesOf(part.kind === 'not' ? part.of : part);
    if (!ones) return null;
    const printed = ones.map((one) => printLeaf(one, language));
    const narrows = part.kind === 'not' ? null : narrowedBy(ones);
    if (part.kind === 'not') builder.not.push(...printed);
    else if (narrows) {
      // Twice the same field would be both, which the row does not say.
      if (narrowed.has(narrows)) return null;
      narrowed.add(narrows);
      builder.only.push(...printed);
    } else if (builder.any.length === 0) builder.any = printed;
    else if (builder.also.length === 0) builder.also = printed;
    else return null;
  }
  return builder;
}

function onesOf(query: Query): One[] | null {
  const parts = query.kind === 'or' ? query.of : [query];
  const ones = parts.filter(
    (part): part is Query & One => part.kind !== 'and' && part.kind !== 'or' && part.kind !== 'not',
  );
  return ones.length === parts.length ? ones : null;
}

/** The one field that all of them are, if it says where. */
function narrowedBy(ones: readonly One[]): FieldName | null {
  const [name, ...others] = new Set(ones.map((one) => (one.kind === 'field' ? one.field.name : null)));
  return name && others.length === 0 && narrowing.has(name) ? name : null;
}

/** Rows as a query in text. What somebody typed into one place is one thing: several words become a phrase, and operators words. */
export function fromBuilder({ any, also, not, only }: Builder, language: QueryLanguage): string {
  const fields = new Map<string, string[]>();
  for (const chip of read(only, language)) {
    const name = chip.one.kind === 'field' ? chip.one.field.name : '';
    fields.set(name, [...(fields.get(name) ?? []), chip.text]);
  }
  const groups = [textsOf(any, language), textsOf(also, language)];
  const nots = textsOf(not, language);
  const text = [...groups, ...fields.values()]
    .filter(({ length }) => length > 0)
    .map((group) => `(${group.join(' OR ')})`);
  if (nots.length > 0) text.splice(groups.filter(({ length }) => length > 0).length, 0, `NOT (${nots.join(' OR ')})`);
  const { query } = parse(text.join(' '), { language });
  return query ? print(query, language) : text.join(' ');
}

const textsOf = (chips: readonly string[], language: QueryLanguage) => read(chips, language).map(({ text }) => text);

function read(chips: readonly string[], language: QueryLanguage): { one: One; text: string }[] {
  return chips.flatMap((chip) => {
    const { query, problems } = parse(chip, { language });
    const errors = problems.some(({ severity }) => severity === 'error');
    const ones = query && !errors ? onesOf(query) : null;
    const one = ones?.length === 1 ? ones[0]! : phraseOf(chip, language);
    return one ? [{ one, text: printLeaf(one, language) }] : [];
  });
}

/** Whatever it is, its words in a row; null when there are none. */
function phraseOf(chip: string, language: QueryLanguage): One | null {
  const { query } = parse(`"${chip.replaceAll(/["“”„‟*]/g, ' ').trim()}"`, { language });
  return query?.kind === 'phrase' ? query : null;
}
