import { seeded } from './harness.ts';

/**
 * Standing queries as text (performance.md, G-queries): one to four conditions that must all hold, each of one to three alternatives;
 * 20 % have a phrase, 10 % a prefix, 30 % something they must not have, 10 % a field. `words` are those of the documents, most common
 * first: conditions take theirs from everywhere but the fifty most common, so that every document answers some of two hundred.
 */
export function topicQueries(count: number, words: (rank: number) => string, vocabulary: number): string[] {
  const random = seeded(11);
  const chance = (share: number) => random() < share;
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  const word = () => words(Math.floor(50 * (vocabulary / 50) ** random()));
  const alternatives = (one: () => string) => {
    const of = Array.from({ length: upTo(3) }, one);
    return of.length === 1 ? of[0]! : `(${of.join(' OR ')})`;
  };
  return Array.from({ length: count }, () => {
    const hasPhrase = chance(0.2);
    const hasPrefix = chance(0.1);
    const parts = Array.from({ length: upTo(4) }, (_, n) =>
      alternatives(() => {
        if (n === 0 && hasPhrase) return `"${word()} ${word()}"`;
        return n === 0 && hasPrefix ? `${word()}*` : word();
      }),
    );
    if (chance(0.3)) parts.push(`NOT ${word()}`);
    if (chance(0.1)) parts.push('lang:nl');
    return parts.join(' AND ').replaceAll(' AND NOT ', ' NOT ');
  });
}
