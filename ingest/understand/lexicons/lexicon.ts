import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adjectiveForms } from './inflect.ts';

/** Words of a phrase behind its first two. */
type Phrase = { rest: string[]; value: number };
/** Polarity from -1 to 1 of words, and of phrases by their first and second word, the longest first. */
export type Lexicon = { words: Map<string, number>; phrases: Map<string, Map<string, Phrase[]>> };

const loaded = new Map<string, Lexicon>();

/** The word list of a language, read on first use; null for a language that has none. */
export function lexiconFor(language: string): Lexicon | null {
  if (language !== 'nl' && language !== 'en') return null;
  const known = loaded.get(language);
  if (known) return known;
  const lexicon = language === 'nl' ? readDutch() : readEnglish();
  loaded.set(language, lexicon);
  return lexicon;
}

/** Our corrections come before the inflection, so that they reach all forms of a word. */
function readDutch(): Lexicon {
  const lexicon = emptyLexicon();
  read('nl-pattern.txt', lexicon);
  const lemmas = [...lexicon.words.keys()];
  read('nl-own.txt', lexicon);
  for (const lemma of lemmas) {
    const value = lexicon.words.get(lemma)!;
    for (const form of adjectiveForms(lemma)) if (!lexicon.words.has(form)) lexicon.words.set(form, value);
  }
  read('emoji.txt', lexicon);
  return lexicon;
}

function readEnglish(): Lexicon {
  const lexicon = emptyLexicon();
  for (const file of ['en-vader.txt', 'en-own.txt', 'emoji.txt']) read(file, lexicon);
  return lexicon;
}

function emptyLexicon(): Lexicon {
  return { words: new Map(), phrases: new Map() };
}

/** Lines are a polarity and its words, or `phrase`, a polarity and phrases between bars. What comes later wins; 0 takes a word out. A `*` in a phrase stands for some words of the same clause, from the third place on. */
function read(file: string, { words, phrases }: Lexicon): void {
  for (const line of readFileSync(join(import.meta.dirname, file), 'utf8').split('\n')) {
    const [, isPhrase, polarity, rest] = /^(phrase )?(-?[\d.]+) (.+)$/.exec(line) ?? [];
    if (rest === undefined) continue;
    const value = Number(polarity);
    if (!isPhrase) for (const word of rest.split(' ')) words.set(word, value);
    else for (const phrase of rest.split('|')) addPhrase(phrases, phrase, value);
  }
}

function addPhrase(phrases: Lexicon['phrases'], phrase: string, value: number): void {
  const [first = '', second = '', ...rest] = phrase.split(' ');
  const bySecond = phrases.get(first) ?? new Map<string, Phrase[]>();
  const same = (bySecond.get(second) ?? []).filter((known) => known.rest.join(' ') !== rest.join(' '));
  const sorted = [...same, { rest, value }].sort((a, b) => b.rest.length - a.rest.length);
  phrases.set(first, bySecond.set(second, sorted));
}
