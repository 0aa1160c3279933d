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
 * "fietspaden" is found by "pad" (and "pad" not by "fietspad").
 */
export function documentStems(words: Iterable<string>, language: string | null): string[] {
  const stems = new Set<string>();
  for (const word of words) {
    for (const one of stemsOf(word, language)) stems.add(one);
    if (language !== 'en') for (const one of partStems(word)) stems.add(one);
  }
  return [...stems];
}

/** What was worked out stays known: a stem costs 8 to 17 µs, and the words of a language come back all day. */
const mostKnown = 100_000;
const known = { dutch: new Map<string, string>(), english: new Map<string, string>() };

function stem(language: Language, word: string): string {
  const memory = known[language];
  const found = memory.get(word);
  if (found !== undefined) return found;
  if (memory.size >= mostKnown) memory.clear();
  const made = language === 'dutch' ? dutchStem(word) : snowball.english.stem(word);
  memory.set(word, made);
  return made;
}

/**
 * Snowball takes one ending off at a time ("fietsen", "fiets", "fiet") and leaves a doubled consonant and a z or v that only stand before an
 * ending ("brugg" beside "brug", "huiz" beside "huis"): forms of one word meet only when that is evened out.
 */
function dutchStem(word: string): string {
  let made = word;
  for (let before = ''; made !== before && made.length > shortest; ) {
    before = made;
    made = snowball.dutch.stem(made);
  }
  return made
    .replace(/([bdfgklmnprst])\1$/, '$1')
    .replace(/z$/, 's')
    .replace(/v$/, 'f');
}

const knownParts = new Map<string, readonly string[]>();
const none: readonly string[] = [];

function partStems(word: string): readonly string[] {
  const found = knownParts.get(word);
  if (found) return found;
  const made = compoundParts(word)?.map((part) => stem('dutch', part)) ?? none;
  if (knownParts.size >= mostKnown) knownParts.clear();
  knownParts.set(word, made);
  return made;
}

/** The parts of a folded Dutch compound, the last in whatever form it stands there; null for any other word. */
export const compoundParts = (word: string): string[] | null => partsOf(word, isFormOfListed);

let listed: ReadonlyMap<string, readonly string[]> | null = null;

/** With an ending more than in the list ("paden", "huizen"); shorter ones are other words ("per" beside "pers"). */
function isFormOfListed(part: string): boolean {
  listed ??= Map.groupBy(compoundWords, (one) => stem('dutch', one));
  const alike = listed.get(stem('dutch', part)) ?? [];
  return alike.some((one) => part.length > one.length && part.startsWith(one.slice(0, shortest)));
}
