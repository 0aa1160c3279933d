import type { Kysely } from 'kysely';
import { nameKey } from '#search/query/names.ts';
import { callsByName, type NamingField, renamedIn } from '#search/query/renamed.ts';
import { allSearches, storeSearchQueries } from '#storage/saved-searches.ts';
import type { Tables } from '#storage/schema.ts';
import { sourceNames } from '#storage/source-list.ts';
import { storeRenamed } from '#storage/topic-changes.ts';
import { type Question, readQuestions } from '#storage/topics.ts';
import type { Language } from './language.ts';

export type Renamed = { kind: 'source' | 'topic'; was: string; is: string; by: number; language: Language };

const notes: Record<Language, (was: string, is: string) => string> = {
  nl: (was, is) => `“${was}” heet nu “${is}”`,
  en: (was, is) => `“${was}” is now called “${is}”`,
};

/**
 * Has queries follow a new name, in the transaction that gives it: those of topics as a new version by whoever renames, kept searches as
 * they are. Called after the new name was written, by who holds the lock on questions (storage/topic-changes.ts).
 */
export async function followName(trx: Kysely<Tables>, { kind, was, is, by, language }: Renamed): Promise<void> {
  if (nameKey(was) === nameKey(is)) return;
  const isShared = kind === 'source' && (await sourceNames(trx)).some(({ label }) => nameKey(label) === nameKey(was));
  const change = { was, is, isShared };
  const topics = (await readQuestions(trx, 'all')).flatMap(({ id, query }) => {
    const now = renamedIn(query, standingFields[kind], change);
    return now === null ? [] : [{ id, query: now }];
  });
  await storeRenamed(trx, topics, { by, note: notes[language](was, is) });
  const searches = await allSearches(trx);
  const namesakes = searches.filter(({ name }) => nameKey(name) === nameKey(was));
  const followed = searches.flatMap(({ id, ownerId, query }) => {
    // To its owner the name means a kept search before it means a topic (api/access-names.ts).
    const isHidden = namesakes.some((one) => one.ownerId === ownerId || one.shared);
    const now = renamedIn(query, kind === 'source' ? ['source'] : isHidden ? ['topic'] : ['topic', 'query'], change);
    return now === null ? [] : [{ id, query: now }];
  });
  await storeSearchQueries(trx, followed);
}

const standingFields: Record<Renamed['kind'], NamingField[]> = { source: ['source'], topic: ['query'] };

/** Topics whose query calls a source or another topic by its name, and would be broken without it. */
export async function namingTopics(trx: Kysely<Tables>, kind: Renamed['kind'], name: string): Promise<Question[]> {
  return (await readQuestions(trx, 'all')).filter(({ query }) => callsByName(query, standingFields[kind], name));
}

/** Of the searches that a person keeps, those that call a source or a topic by its name. */
export async function namingSearches(trx: Kysely<Tables>, kind: Renamed['kind'], name: string, personId: number) {
  const fields: NamingField[] = kind === 'source' ? ['source'] : ['topic', 'query'];
  return (await allSearches(trx)).filter(
    ({ ownerId, query }) => ownerId === personId && callsByName(query, fields, name),
  );
}
