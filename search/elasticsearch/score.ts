import type { estypes } from '@elastic/elasticsearch';
import type { Plain, Word } from '#search/plain.ts';

type Query = estypes.QueryDslQueryContainer;

/** More words than this add nothing to the order. */
const mostScored = 32;
const inTitle = 2;
const asTyped = 1;
const recent = 3;

/**
 * What brings a hit forward among those that match: words in the title, the word as it was typed rather than another form of it,
 * and being new. Nothing that depends on other documents.
 */
export function scores(plain: Plain, now: number): Query[] {
  const words = positiveWords(plain).slice(0, mostScored);
  return [...words, { distance_feature: { field: 'sortAt', origin: String(now), pivot: '14d', boost: recent } }];
}

function positiveWords(plain: Plain): Query[] {
  switch (plain.kind) {
    case 'word':
      return [titleWord(plain.word)];
    case 'loose':
      return [
        titleWord({ text: plain.text, prefix: false }),
        { term: { words: { value: plain.text, boost: asTyped } } },
      ];
    case 'phrase':
      return plain.words.map(titleWord);
    case 'near':
      return [titleWord(plain.first), titleWord(plain.second)];
    case 'and':
    case 'or':
      return plain.of.flatMap(positiveWords);
    default:
      return [];
  }
}

const titleWord = ({ text, prefix }: Word): Query =>
  prefix
    ? { prefix: { title: { value: text, boost: inTitle } } }
    : { term: { title: { value: text, boost: inTitle } } };
