import { dayWords } from './dates.ts';
import { fieldNames } from './fields.ts';
import type { FieldName, QueryLanguage } from './query.ts';
import { closedValues, languageName, usualLanguages } from './values.ts';

/** One thing that can be written, and what it finds. */
export type Form = { write: string; means: string };
/** A field: its name, what it asks, an example, and the values it can have where those are a list. */
export type FieldForm = { name: string; also: string[]; means: string; example: string; values: string[] };
/** The language on one page, for beside the box (docs/query-language.md says the same). */
export type Reference = { forms: Form[]; fields: FieldForm[] };

const forms: Record<QueryLanguage, Form[]> = {
  nl: [
    { write: 'brug sluis', means: 'beide woorden' },
    { write: 'brug OF sluis', means: 'een van beide (of allebei)' },
    { write: 'brug NIET sluis', means: 'wel het eerste, niet het tweede; ook als brug -sluis' },
    { write: '(brug OF sluis) EN dicht', means: 'haakjes zeggen wat bij elkaar hoort; EN gaat voor OF' },
    { write: '"brug bij de sluis"', means: 'deze woorden achter elkaar, precies zo geschreven' },
    { write: 'klacht*', means: 'alles wat zo begint: klacht, klachten, klachtenlijn' },
    { write: '"brug dicht"~5', means: 'beide woorden, met hoogstens vijf woorden ertussen, in elke volgorde' },
    { write: '"brug dicht"~>5', means: 'hetzelfde, maar in deze volgorde' },
    { write: 'sluis-brug', means: 'sluis-brug, sluis brug en sluisbrug' },
    { write: '#sluisbrug', means: 'hetzelfde als het woord zonder #' },
  ],
  en: [
    { write: 'bridge lock', means: 'both words' },
    { write: 'bridge OR lock', means: 'one of them (or both)' },
    { write: 'bridge NOT lock', means: 'the first and not the second; also written bridge -lock' },
    { write: '(bridge OR lock) AND closed', means: 'parentheses say what belongs together; AND goes before OR' },
    { write: '"bridge at the lock"', means: 'these words in a row, written exactly like this' },
    { write: 'complain*', means: 'whatever begins like this: complain, complains, complaints' },
    { write: '"bridge closed"~5', means: 'both words, with at most five words in between, in any order' },
    { write: '"bridge closed"~>5', means: 'the same, but in this order' },
    { write: 'lock-bridge', means: 'lock-bridge, lock bridge and lockbridge' },
    { write: '#lockbridge', means: 'the same as the word without #' },
  ],
};

type Said = Record<QueryLanguage, { means: string; example: string }>;
const fields: Record<FieldName, Said> = {
  author: {
    nl: { means: 'wie het schreef: naam of accountnaam', example: 'auteur:"Jan Jansen"' },
    en: { means: 'who wrote it: name or account', example: 'author:"Jan Jansen"' },
  },
  site: {
    nl: { means: 'de site, met alles wat eronder valt', example: 'site:nos.nl' },
    en: { means: 'the site, with everything below it', example: 'site:nos.nl' },
  },
  url: {
    nl: { means: 'het adres van het bericht zelf, of het begin ervan', example: 'adres:nos.nl/artikel' },
    en: { means: 'the address of the message itself, or its beginning', example: 'url:nos.nl/artikel' },
  },
  link: {
    nl: { means: 'een adres waarnaar het bericht verwijst', example: 'link:lindewaard.nl' },
    en: { means: 'an address the message links to', example: 'link:lindewaard.nl' },
  },
  lang: {
    nl: { means: 'de taal', example: 'taal:nl' },
    en: { means: 'the language', example: 'lang:nl' },
  },
  source: {
    nl: { means: 'een bron die wij volgen, bij naam', example: 'bron:"Omroep Waardstreek"' },
    en: { means: 'a source that we follow, by name', example: 'source:"Omroep Waardstreek"' },
  },
  type: {
    nl: { means: 'de soort bericht; collega: wat een collega hier schreef', example: 'soort:recensie' },
    en: { means: 'the kind of message; reply: what a colleague wrote here', example: 'type:review' },
  },
  sentiment: {
    nl: { means: 'de toon, zoals de computer die inschat', example: 'sentiment:negatief' },
    en: { means: 'the tone, as judged by machine', example: 'sentiment:negative' },
  },
  rating: {
    nl: { means: 'de waardering, omgerekend naar vijf sterren', example: 'waardering:<3' },
    en: { means: 'the rating, out of five stars', example: 'rating:<3' },
  },
  has: {
    nl: { means: 'wat erin zit', example: 'heeft:beeld' },
    en: { means: 'what is in it', example: 'has:image' },
  },
  is: {
    nl: { means: 'hoe het ermee staat, en of het van buiten of van binnen komt', example: 'is:beantwoord' },
    en: { means: 'how it stands, and whether it came from outside or inside', example: 'is:answered' },
  },
  topic: {
    nl: { means: 'gevonden door een onderwerp', example: 'onderwerp:Sluisbrug' },
    en: { means: 'found by a topic', example: 'topic:Sluisbrug' },
  },
  in: {
    nl: { means: 'in een kring waar je in zit', example: 'in:Verkeer' },
    en: { means: 'in a circle that you are in', example: 'in:Verkeer' },
  },
  query: {
    nl: { means: 'alles wat een andere zoekvraag vindt', example: 'zoekvraag:Sluisbrug' },
    en: { means: 'everything that another query finds', example: 'query:Sluisbrug' },
  },
  before: {
    nl: { means: 'vóór het begin van deze dag', example: 'voor:2026-11-23' },
    en: { means: 'before this day begins', example: 'before:2026-11-23' },
  },
  after: {
    nl: { means: 'vanaf het begin van deze dag', example: 'na:7d' },
    en: { means: 'from the beginning of this day', example: 'after:7d' },
  },
  when: {
    nl: { means: 'op deze dag, of in deze week, maand of dit jaar', example: 'wanneer:"vorige week"' },
    en: { means: 'on this day, or in this week, month or year', example: 'when:"last week"' },
  },
};

const someYear = 2026;

/** What can stand behind a field where that is a list, or examples of it; empty where it may be anything. */
export function valuesOf(name: FieldName, language: QueryLanguage): string[] {
  if (name === 'type' || name === 'sentiment' || name === 'has' || name === 'is')
    return closedValues[name].all(language);
  if (name === 'before' || name === 'after' || name === 'when') return dayWords(language, someYear);
  return name === 'lang' ? usualLanguages.map((code) => languageName(code, language)) : [];
}

/** All that can be written, as it is written in a language. */
export function referenceIn(language: QueryLanguage): Reference {
  return {
    forms: forms[language],
    fields: (Object.keys(fields) as FieldName[]).map((field) => {
      const { nl, en, also } = fieldNames[field];
      const name = fieldNames[field][language];
      const others = [...new Set([nl, en, ...also])].filter((other) => other !== name);
      return { name, also: others, ...fields[field][language], values: valuesOf(field, language) };
    }),
  };
}
