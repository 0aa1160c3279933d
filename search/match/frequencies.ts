import type { SearchDocument } from '#domain/search-document.ts';
import { hashOf, hashStart, hashStep, slotOf } from './hashes.ts';
import type { Key } from './required.ts';

/** How many documents have a word, a beginning of a word or a term, going by those that were noted. */
export type Frequencies = {
  note: (document: SearchDocument) => void;
  /** Documents in a thousand; as long as few were noted, mostly `guess`. */
  perThousand: (key: Key, guess: number) => number;
};

/** Sets the hash of a beginning apart from that of the same letters as a word. */
const asBeginning = 0x9e3779b9;

/** Words share counters when their hashes do: an estimate too high costs a good key, never an answer. */
const bits = 20;
/** A counter goes no further. */
const most = 65_535;
/** From here on half of what was seen is forgotten, so that old news fades. */
const mostNoted = 30_000;
/** A guess weighs as much as so many documents. */
const guessWeighs = 8;

export function createFrequencies(): Frequencies {
  const seen = new Uint16Array(2 ** bits);
  let noted = 0;

  function count(slot: number): void {
    if (seen[slot]! < most) seen[slot]!++;
  }

  return {
    note({ words, terms }) {
      if (++noted > mostNoted) {
        noted >>= 1;
        for (let slot = 0; slot < seen.length; slot++) seen[slot]! >>= 1;
      }
      for (const word of words.keys()) {
        let hash = hashStart;
        for (let i = 0; i < word.length; i++) {
          hash = hashStep(hash, word.charCodeAt(i));
          count(slotOf(hash ^ asBeginning, bits));
        }
        count(slotOf(hash, bits));
      }
      for (const term of terms) count(slotOf(hashOf(term), bits));
    },
    perThousand(key, guess) {
      const hash = hashOf(key.text);
      const documents = seen[slotOf(key.in === 'prefixes' ? hash ^ asBeginning : hash, bits)]!;
      return (documents * 1_000 + guess * guessWeighs) / (noted + guessWeighs);
    },
  };
}
