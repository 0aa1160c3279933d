import type { Highlight } from '#search/match/words-in.ts';
import { foundExcerpt } from './found-excerpt.ts';

/** A text around the first words found in it, with the places of what was found in it and in the title. */
export function textAround(text: string, found: readonly Highlight[]): { text: string; spans: Highlight[] } {
  const inText = found.filter(({ part }) => part === 'text');
  const { excerpt, cut, ranges } = foundExcerpt(text, inText);
  const before = cut.before ? '… ' : '';
  return {
    text: `${before}${excerpt}${cut.after ? ' …' : ''}`,
    spans: [
      ...found.filter(({ part }) => part === 'title'),
      ...ranges.map(({ from, to }) => ({ part: 'text' as const, from: from + before.length, to: to + before.length })),
    ],
  };
}
