import stemmers from 'snowball-stemmers';
import { compoundWords } from './compound-words.ts';
import { partsOf } from './compounds.ts';

/**
 * Other forms of words, for the search box only: topics mean exact words. Snowball for Dutch and English; no word of under three letters and
 * none with a digit has another form.
 */
const snowball = { dutch: stemmers.newStemmer('dutch'), english: stemmers.newStemmer('english') };
type Language = keyof typeof snowball;
const shortest = 3;
const letters = /^\p{L}+$/u;

/** Stems of a folded word; of a word in neither language (or nobody knows which) those of both. */
export function stemsOf(word: string, language: string | null = null): string[] {
  if (word.length < shortest || !letters.test(word)) return [];
  if (language === 'nl') return [stem('dutch', word)];
  if (language === 'en') return [stem('english', word)];
  const first = stem('dutch', word);
  const second = stem('english', word);
  return first === second ? [first] : [first, second];
}

/**
 * What a document is found by besides its words, each once: their stems, and those of the parts of Dutch compounds, so that
 * "fietspaden" is found by "pad" (and "pad" not by "fietspad"). A word that is its own stem is found as it is.
 */
export function documentStems(words: Iterable<string>, language: string | null): string[] {
  const memory = known[language === 'nl' || language === 'en' ? language : 'other'];
  const stems = new Set<string>();
  for (const word of words) {
    let forms = memory.get(word);
    if (forms === undefined) {
      if (memory.size >= mostKnown) memory.clear();
      forms = formsOf(word, language);
      memory.set(word, forms);
    }
    for (const one of forms) stems.add(one);
  }
  return [...stems];
}

/** What was worked out stays known: a stem costs up to 50 µs, and the words of a language come back all day. */
const mostKnown = 100_000;
const none: readonly string[] = [];
const known = {
  nl: new Map<string, readonly string[]>(),
  en: new Map<string, readonly string[]>(),
  other: new Map<string, readonly string[]>(),
};

function formsOf(word: string, language: string | null): readonly string[] {
  const parts = language === 'en' ? null : compoundParts(word);
  const forms = [...stemsOf(word, language), ...(parts ?? []).map((part) => stem('dutch', part))];
  const other = forms.filter((form) => form !== word);
  return other.length === 0 ? none : other;
}

/** Of a stem the stem is itself. */
function stem(language: Language, word: string): string {
  let made = word;
  for (let before = ''; made !== before && made.length > shortest; ) {
    before = made;
    made = language === 'dutch' ? evened(snowball.dutch.stem(made)) : snowball.english.stem(made);
  }
  return made;
}

/**
 * Snowball takes one ending off at a time ("fietsen", "fiets", "fiet") and leaves a doubled consonant and a z or v that only stand before an
 * ending ("brugg" beside "brug", "huiz" beside "huis"): forms of one word meet only when that is evened out.
 */
const evened = (made: string): string =>
  made
    .replace(/([bdfgklmnprst])\1$/, '$1')
    .replace(/z$/, 's')
    .replace(/v$/, 'f');

/** The parts of a folded Dutch compound, the last in whatever form it stands there; null for any other word. */
export const compoundParts = (word: string): string[] | null => partsOf(word, isFormOfListed);

let listed: ReadonlyMap<string, readonly string[]> | null = null;

/** With an ending more than in the list ("paden", "huizen"); shorter ones are other words ("per" beside "pers"). */
function isFormOfListed(part: string): boolean {
  listed ??= Map.groupBy(compoundWords, (one) => stem('dutch', one));
  const alike = listed.get(stem('dutch', part)) ?? [];
  return alike.some((one) => part.length > one.length && part.startsWith(one.slice(0, shortest)));
}
