import type { SearchDocument } from '#domain/search-document.ts';
import { hashOf, hashStart, hashStep, slotOf } from './hashes.ts';
import type { Key } from './required.ts';

/** What is filed under keys, and found again by a document that has one of them. */
export type Files<T> = {
  put: (key: Key, value: T) => void;
  take: (key: Key, value: T) => void;
  /** All values under keys of this document; one that has several keys may come more than once. */
  each: (document: SearchDocument, visit: (value: T) => void) => void;
};

/** A quarter of a megabyte: with 100,000 keys one word in twenty is looked up for nothing. Prefixes are fewer. */
const wordBits = 21;
const prefixBits = 20;
/** Of terms and stems a document has few, and nothing is asked of their filter. */
const noBits = 5;
/** So many keys may be gone before a filter is made anew: some, or an eighth of those that are there. */
const leastGone = 1_000;
/** Longest token, and so longest prefix that finds anything (domain/tokens.ts). */
const longest = 100;

/**
 * A document has some hundred words and next to none is a key. So a bit for each key says first whether a word, or a beginning of it, may
 * be one: that costs a step for each letter and no look into a large map.
 */
export function createFiles<T>(): Files<T> {
  const words = createFiled<T>(wordBits);
  const prefixes = createFiled<T>(prefixBits);
  const terms = createFiled<T>(noBits);
  const stems = createFiled<T>(noBits);
  const filed: Record<Key['in'], Filed<T>> = { words, prefixes, terms, stems };
  /** How many prefixes there are of each length. */
  const prefixLengths = new Uint32Array(longest + 1);

  return {
    put(key, value) {
      filed[key.in].put(key.text, value);
      if (key.in === 'prefixes') prefixLengths[Math.min(key.text.length, longest)]!++;
    },
    take(key, value) {
      filed[key.in].take(key.text, value);
      if (key.in === 'prefixes') prefixLengths[Math.min(key.text.length, longest)]!--;
    },
    each(document, visit) {
      const visitAll = (list: readonly T[] | undefined) => {
        if (list) for (const value of list) visit(value);
      };
      for (const word of document.words.keys()) {
        let hash = hashStart;
        for (let length = 1; length <= word.length; length++) {
          hash = hashStep(hash, word.charCodeAt(length - 1));
          if (prefixLengths[length]! > 0 && prefixes.mayHave(hash)) visitAll(prefixes.lists.get(word.slice(0, length)));
        }
        if (words.mayHave(hash)) visitAll(words.lists.get(word));
      }
      // A prefix of no letters is every word's.
      if (prefixLengths[0]! > 0 && document.words.size > 0) visitAll(prefixes.lists.get(''));
      if (terms.lists.size > 0) for (const term of document.terms) visitAll(terms.lists.get(term));
      if (stems.lists.size > 0) for (const stem of document.stems) visitAll(stems.lists.get(stem));
    },
  };
}

type Filed<T> = {
  lists: ReadonlyMap<string, T[]>;
  put: (text: string, value: T) => void;
  take: (text: string, value: T) => void;
  /** Whether something may be filed under a text with this hash; never false when it is. */
  mayHave: (hash: number) => boolean;
};

function createFiled<T>(bits: number): Filed<T> {
  const lists = new Map<string, T[]>();
  const filter = new Uint32Array(2 ** (bits - 5));
  let gone = 0;

  function mark(text: string): void {
    const slot = slotOf(hashOf(text), bits);
    filter[slot >>> 5]! |= 1 << (slot & 31);
  }

  return {
    lists,
    put(text, value) {
      const list = lists.get(text);
      if (list) list.push(value);
      else {
        lists.set(text, [value]);
        mark(text);
      }
    },
    take(text, value) {
      const list = lists.get(text)!;
      list[list.indexOf(value)] = list.at(-1)!;
      list.pop();
      if (list.length > 0) return;
      lists.delete(text);
      gone++;
      if (gone <= leastGone + lists.size / 8) return;
      gone = 0;
      filter.fill(0);
      for (const one of lists.keys()) mark(one);
    },
    mayHave(hash) {
      const slot = slotOf(hash, bits);
      return ((filter[slot >>> 5]! >>> (slot & 31)) & 1) === 1;
    },
  };
}
