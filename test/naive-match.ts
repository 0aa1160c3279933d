import type { Plain, ThreadStatus, Word } from '#search/plain.ts';

/** A document as somebody reads it: the words of its title and of its text, one after another. */
export type ReadDocument = {
  title: readonly string[];
  text: readonly string[];
  terms: readonly string[];
  stems: readonly string[];
  sortAt: number;
  topics: readonly number[];
  circleId: number;
  also?: readonly number[];
  statuses: readonly ThreadStatus[];
};

/**
 * What a query means, said as plainly as can be and never mind the time it takes. It shares nothing with search/match: this is what
 * the compilations are held against.
 */
export function naiveMatches(plain: Plain, document: ReadDocument): boolean {
  const parts = [document.title, document.text];
  switch (plain.kind) {
    case 'all':
      return true;
    case 'none':
      return false;
    case 'word':
      return parts.some((words) => words.some((word) => isWord(word, plain.word)));
    case 'loose':
      return (
        [plain.text, ...plain.stems].some((text) => parts.some((words) => words.includes(text))) ||
        plain.stems.some((stem) => document.stems.includes(stem))
      );
    case 'phrase':
      return parts.some((words) =>
        words.some((_, start) =>
          plain.words.every((wanted, i) => start + i < words.length && isWord(words[start + i]!, wanted)),
        ),
      );
    case 'near':
      return parts.some((words) =>
        words.some((word, at) => {
          if (!isWord(word, plain.first)) return false;
          for (let between = 0; between <= plain.most; between++) {
            const after = words[at + between + 1];
            if (after !== undefined && isWord(after, plain.second)) return true;
            const before = words[at - between - 1];
            if (!plain.ordered && before !== undefined && isWord(before, plain.second)) return true;
          }
          return false;
        }),
      );
    case 'term':
      return document.terms.includes(plain.term);
    case 'since':
      return document.sortAt >= plain.at;
    case 'before':
      return document.sortAt < plain.at;
    case 'topic':
      return document.topics.includes(plain.id);
    case 'circle':
      return document.circleId === plain.id || (document.also?.includes(plain.id) ?? false);
    case 'status':
      return document.statuses.includes(plain.status);
    case 'and':
      return plain.of.every((one) => naiveMatches(one, document));
    case 'or':
      return plain.of.some((one) => naiveMatches(one, document));
    case 'not':
      return !naiveMatches(plain.of, document);
  }
}

const isWord = (word: string, wanted: Word) => (wanted.prefix ? word.startsWith(wanted.text) : word === wanted.text);
