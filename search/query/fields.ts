import type { FieldName, QueryLanguage } from './query.ts';

type Names = { nl: string; en: string; also: readonly string[] };

/** What a field is called in Dutch and English, and what else is understood. */
export const fieldNames: Record<FieldName, Names> = {
  author: { nl: 'auteur', en: 'author', also: ['door', 'by'] },
  site: { nl: 'site', en: 'site', also: [] },
  url: { nl: 'adres', en: 'url', also: ['address'] },
  link: { nl: 'link', en: 'link', also: [] },
  lang: { nl: 'taal', en: 'lang', also: ['language'] },
  source: { nl: 'bron', en: 'source', also: [] },
  type: { nl: 'soort', en: 'type', also: ['kind'] },
  sentiment: { nl: 'sentiment', en: 'sentiment', also: ['toon', 'tone'] },
  rating: { nl: 'waardering', en: 'rating', also: [] },
  has: { nl: 'heeft', en: 'has', also: [] },
  is: { nl: 'is', en: 'is', also: [] },
  topic: { nl: 'onderwerp', en: 'topic', also: [] },
  in: { nl: 'in', en: 'in', also: ['kring', 'circle'] },
  query: { nl: 'zoekvraag', en: 'query', also: [] },
  before: { nl: 'voor', en: 'before', also: [] },
  after: { nl: 'na', en: 'after', also: [] },
  when: { nl: 'wanneer', en: 'when', also: [] },
};

const byName = new Map<string, FieldName>(
  (Object.keys(fieldNames) as FieldName[]).flatMap((name) => {
    const { nl, en, also } = fieldNames[name];
    return [nl, en, ...also].map((written) => [written, name] as const);
  }),
);

/** The field somebody means, in either language; null when there is none of that name. */
export const fieldCalled = (written: string): FieldName | null => byName.get(written.toLowerCase()) ?? null;

/** Every field as it is called in a language. */
export const fieldsIn = (language: QueryLanguage): string[] =>
  Object.values(fieldNames).map((names) => `${names[language]}:`);
