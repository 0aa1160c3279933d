import type { Plain, Word } from '../plain.ts';

/** What a document must have before a query can hold of it: a word, a beginning of a word, or a term of a field. */
export type Key = { in: 'words' | 'prefixes' | 'terms' | 'stems'; text: string };

/** How many of a thousand documents have a key, given what its length or field makes one guess. */
export type Share = (key: Key, guess: number) => number;
/** Keys, and how many of a thousand documents are likely to have one of them. */
type Choice = { keys: Key[]; share: number };

/**
 * The keys of which a document has at least one when the query holds of it, the rarest there are; null: there is no such key (a
 * negation, a date alone). No keys at all: it never holds.
 */
export const requiredKeys = (plain: Plain, share: Share): Key[] | null => choose(plain, true, share)?.keys ?? null;

/** `holds` false: what a document must have for the query NOT to hold of it (De Morgan on the way down). */
function choose(plain: Plain, holds: boolean, share: Share): Choice | null {
  switch (plain.kind) {
    case 'not':
      return choose(plain.of, !holds, share);
    case 'and':
    case 'or': {
      const choices = plain.of.map((one) => choose(one, holds, share));
      return (plain.kind === 'and') === holds ? rarest(choices) : together(choices);
    }
    case 'all':
      return holds ? null : never;
    case 'none':
      return holds ? never : null;
    case 'word':
      return holds ? one(wordKey(plain.word), share) : null;
    case 'phrase':
      return holds ? rarest(plain.words.map((word) => one(wordKey(word), share))) : null;
    case 'near':
      return holds ? rarest([plain.first, plain.second].map((word) => one(wordKey(word), share))) : null;
    case 'term':
      return holds ? one({ in: 'terms', text: plain.term }, share) : null;
    case 'loose':
      return holds ? together(looseKeys(plain).map((key) => one(key, share))) : null;
    case 'since':
    case 'before':
    case 'topic':
    case 'circle':
    case 'status':
      return null;
  }
}

const never: Choice = { keys: [], share: 0 };

const one = (key: Key, share: Share): Choice => ({ keys: [key], share: share(key, guessOf(key)) });

/** All must hold: the rarest of what each needs will do. */
function rarest(choices: readonly (Choice | null)[]): Choice | null {
  let best: Choice | null = null;
  for (const choice of choices) if (choice && (!best || choice.share < best.share)) best = choice;
  return best;
}

/** One must hold: a key under each alternative, or none when an alternative needs nothing. */
function together(choices: readonly (Choice | null)[]): Choice | null {
  const keys: Key[] = [];
  let share = 0;
  for (const choice of choices) {
    if (!choice) return null;
    keys.push(...choice.keys);
    share += choice.share;
  }
  return { keys, share };
}

const wordKey = ({ text, prefix }: Word): Key => ({ in: prefix ? 'prefixes' : 'words', text });

const looseKeys = ({ text, stems }: Extract<Plain, { kind: 'loose' }>): Key[] => [
  { in: 'words', text },
  ...stems.flatMap((stem): Key[] => [
    { in: 'words', text: stem },
    { in: 'stems', text: stem },
  ]),
];

/** Longer words are rarer: of two letters most documents of 300 words have it, of twelve hardly any. */
function guessOf({ in: where, text }: Key): number {
  if (where === 'terms') return termGuesses[text.slice(0, text.indexOf(':'))] ?? 100;
  return 900 * 0.55 ** Math.max(0, text.length - 2) * (where === 'prefixes' ? 5 : 1);
}

/** Fields of which a document has one of few values tell little; who wrote it and what it links to tell much. */
const termGuesses: Record<string, number> = {
  lang: 500,
  side: 800,
  type: 500,
  sentiment: 300,
  has: 400,
  is: 100,
  rating: 50,
  source: 30,
  site: 30,
  author: 3,
  url: 10,
  link: 10,
};
