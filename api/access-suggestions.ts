import type { z } from '@hono/zod-openapi';
import { print } from '#search/query/print.ts';
import { readField } from '#search/query/read-field.ts';
import { valuesOf } from '#search/query/reference.ts';
import { readSearches } from '#storage/saved-searches.ts';
import { usedAmong, wordsStarting } from '#storage/search-words.ts';
import { sourceNames } from '#storage/source-list.ts';
import type { Viewer } from './access.ts';
import { topicsSeenBy } from './access-names.ts';
import type { Deps } from './env.ts';
import type { Language } from './language.ts';
import type { Suggestion, Suggestions, SuggestQuery } from './schema-search.ts';
import { type AtCaret, atCaret, filledIn, namesLike, oneSlipAway, type Suggestable, wordsToDoubt } from './suggest.ts';

type Suggested = z.infer<typeof Suggestion>;

const mostWords = 6;
/** Beside words, of each kind. */
const mostNames = 2;
/** After a field that names something. */
const mostNamed = 10;

/** What could stand at the caret, and how words that nobody uses here are written by those who use them. */
export async function accessSuggestions(
  { db }: Pick<Deps, 'db'>,
  viewer: Viewer,
  { q, at = q.length }: z.infer<typeof SuggestQuery>,
  language: Language,
): Promise<z.infer<typeof Suggestions>> {
  const caret = atCaret(q, Math.min(at, q.length));
  const [suggestions, didYouMean] = await Promise.all([
    caret ? suggested(db, viewer, q, caret, language) : [],
    meant(db, q),
  ]);
  return { suggestions, didYouMean };
}

async function suggested(db: Deps['db'], viewer: Viewer, question: string, caret: AtCaret, language: Language) {
  const named = (kind: Suggestable, most: number) => (names: readonly string[]) =>
    namesLike(names, caret.typed, most).map((name): Suggested => {
      const text = print({ ...nowhere, kind: 'field', field: { name: kind, called: name } }, language);
      return { kind: told[kind], text: name, ...filledIn(question, caret, text) };
    });
  if (caret.kind === 'value') return valuesFor(question, caret, language);
  if (caret.kind === 'name') return named(caret.named, mostNamed)(await namesOf(db, viewer, caret.named));
  if (caret.typed.length < 2) return [];
  const [words, ...names] = await Promise.all([
    wordsStarting(db, caret.typed, mostWords),
    ...(['topic', 'query', 'source'] as const).map(async (kind) =>
      named(kind, mostNames)(await namesOf(db, viewer, kind)),
    ),
  ]);
  const filled = words.map((text): Suggested => ({ kind: 'word', text, ...filledIn(question, caret, text) }));
  return [...filled, ...names.flat()].slice(0, mostNamed);
}

/** Values of a field that has a list of them, in the reader's words. */
function valuesFor(question: string, caret: Extract<AtCaret, { kind: 'value' }>, language: Language): Suggested[] {
  return namesLike(valuesOf(caret.field, language), caret.typed, mostNamed).flatMap((value): Suggested[] => {
    const field = readField(caret.field, value, language);
    if ('wrong' in field) return [];
    return [
      {
        kind: 'value',
        text: value,
        ...filledIn(question, caret, print({ ...nowhere, kind: 'field', field }, language)),
      },
    ];
  });
}

const told = { topic: 'topic', source: 'source', query: 'search' } as const;
const nowhere = { from: 0, to: 0 };

/** Names of what the viewer may see. */
async function namesOf(db: Deps['db'], viewer: Viewer, kind: Suggestable): Promise<string[]> {
  if (kind === 'source') return [...new Set((await sourceNames(db)).map(({ label }) => label))];
  const topics = (await topicsSeenBy(db, viewer)).map(({ name }) => name);
  if (kind === 'topic') return topics;
  return (await readSearches(db, viewer.personId)).map(({ name }) => name);
}

/** The question with each word that nobody uses as the most used word that is one slip away. */
async function meant(db: Deps['db'], question: string): Promise<z.infer<typeof Suggestions>['didYouMean']> {
  const doubted = wordsToDoubt(question);
  if (doubted.length === 0) return null;
  const known = await usedAmong(
    db,
    doubted.map(({ word }) => word),
  );
  const unknown = doubted
    .filter(({ word }) => !known.has(word))
    .map((doubt) => ({ ...doubt, others: oneSlipAway(doubt.word) }));
  const used = await usedAmong(
    db,
    unknown.flatMap(({ others }) => others),
  );
  let query = question;
  let moved = 0;
  const changed: { from: number; to: number }[] = [];
  for (const { others, from, to } of unknown) {
    const best = others
      .filter((word) => used.has(word))
      .sort((a, b) => used.get(b)! - used.get(a)! || (a < b ? -1 : 1))[0];
    if (best === undefined) continue;
    query = query.slice(0, from + moved) + best + query.slice(to + moved);
    changed.push({ from: from + moved, to: from + moved + best.length });
    moved += best.length - (to - from);
  }
  return changed.length > 0 ? { query, changed } : null;
}
