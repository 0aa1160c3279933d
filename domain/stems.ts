import stemmers from 'snowball-stemmers';

/**
 * Other forms of words, for the search box only: topics mean exact words. Snowball for Dutch and English; no word of under three letters and
 * none with a digit has another form.
 */
const dutch = stemmers.newStemmer('dutch');
const english = stemmers.newStemmer('english');
const shortest = 3;
const letters = /^\p{L}+$/u;

/** Forms known to the stemmers stay known: a stem costs 8 to 17 µs, the words of a language come back all day. */
const mostKnown = 100_000;
const known = { dutch: new Map<string, string>(), english: new Map<string, string>() };

function stem(language: 'dutch' | 'english', word: string): string {
  const memory = known[language];
  const found = memory.get(word);
  if (found !== undefined) return found;
  if (memory.size >= mostKnown) memory.clear();
  const made = (language === 'dutch' ? dutch : english).stem(word);
  memory.set(word, made);
  return made;
}

/** Stems of a folded word; of a word in neither language (or nobody knows which) those of both. */
export function stemsOf(word: string, language: string | null = null): string[] {
  if (word.length < shortest || !letters.test(word)) return [];
  if (language === 'nl') return [stem('dutch', word)];
  if (language === 'en') return [stem('english', word)];
  const first = stem('dutch', word);
  const second = stem('english', word);
  return first === second ? [first] : [first, second];
}

/** What a document is found by besides its words: their stems, each once. */
export function documentStems(words: Iterable<string>, language: string | null): string[] {
  const stems = new Set<string>();
  for (const word of words) for (const one of stemsOf(word, language)) stems.add(one);
  return [...stems];
}
