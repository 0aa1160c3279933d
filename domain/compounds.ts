import { compoundWords, wholeWords } from './compound-words.ts';

/** Between two parts; nothing comes first, because `bedrijfs` and its like stand in the list. */
const links = ['', 's', 'en', 'e', 'n'] as const;
const shortestWord = 7;
const longestWord = 40;
const shortestPart = 3;
const mostParts = 4;

/**
 * The parts of a folded Dutch compound, all of them words of our list, or of which another form is (`isForm`, for the last: "fietspaden");
 * null for a word that is no such compound. The fewest parts win, and of these the longest first one: "winkelstraat" has two.
 */
export function partsOf(word: string, isForm: (part: string) => boolean): string[] | null {
  if (word.length < shortestWord || word.length > longestWord || wholeWords.has(word)) return null;
  for (let count = 2; count <= mostParts; count++) {
    const parts = split(word, count, isForm);
    if (parts) return parts;
  }
  return null;
}

function split(word: string, count: number, isForm: (part: string) => boolean): string[] | null {
  if (count === 1) return word.length >= shortestPart && (compoundWords.has(word) || isForm(word)) ? [word] : null;
  for (let end = word.length - shortestPart; end >= shortestPart; end--) {
    const first = word.slice(0, end);
    if (!compoundWords.has(first)) continue;
    for (const link of links) {
      if (!word.startsWith(link, end)) continue;
      const rest = split(word.slice(end + link.length), count - 1, isForm);
      if (rest) return [first, ...rest];
    }
  }
  return null;
}
