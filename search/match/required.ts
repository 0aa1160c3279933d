import type { Plain, Word } from '../plain.ts';

/** What a document must have before a query can hold of it: a word, a beginning of a word, or a term of a field. */
export type Key = { in: 'words' | 'prefixes' | 'terms' | 'stems'; text: string };

/**
 * The keys of which a document has at least one when the query holds of it, chosen to be rare; null: there is no such key (a negation,
 * a date alone). No keys at all: it never holds.
 */
export const requiredKeys = (plain: Plain): Key[] | null => choose(plain, true)?.keys ?? null;

/** `share`: how many of a thousand documents are likely to have one of the keys; only its order matters. */
type Choice = { keys: Key[]; share: number };

/** `holds` false: what a document must have for the query NOT to hold of it (De Morgan on the way down). */
function choose(plain: Plain, holds: boolean): Choice | null {
  switch (plain.kind) {
    case 'not':
      return choose(plain.of, !holds);
    case 'and':
      return holds ? rarest(plain.of, holds) : together(plain.of, holds);
    case 'or':
      return holds ? together(plain.of, holds) : rarest(plain.of, holds);
    case 'all':
      return holds ? null : never;
    case 'none':
      return holds ? never : null;
    case 'word':
      return holds ? wordChoice(plain.word) : null;
    case 'phrase':
      return holds ? least(plain.words.map(wordChoice)) : null;
    case 'near':
      return holds ? least([wordChoice(plain.first), wordChoice(plain.second)]) : null;
    case 'term':
      return holds ? { keys: [{ in: 'terms', text: plain.term }], share: termShare(plain.term) } : null;
    case 'loose':
      return holds ? looseChoice(plain) : null;
    case 'since':
    case 'before':
    case 'topic':
    case 'circle':
    case 'status':
      return null;
  }
}

const never: Choice = { keys: [], share: 0 };

/** Both must hold: the rarest of what each needs will do. */
const rarest = (of: readonly Plain[], holds: boolean): Choice | null =>
  least(of.map((one) => choose(one, holds)).filter((choice) => choice !== null));

/** One must hold: a key under each alternative, or none when an alternative needs nothing. */
function together(of: readonly Plain[], holds: boolean): Choice | null {
  const keys: Key[] = [];
  let share = 0;
  for (const one of of) {
    const choice = choose(one, holds);
    if (!choice) return null;
    keys.push(...choice.keys);
    share += choice.share;
  }
  return { keys, share };
}

const least = (choices: readonly Choice[]): Choice | null =>
  choices.length === 0 ? null : choices.reduce((best, one) => (one.share < best.share ? one : best));

const wordChoice = ({ text, prefix }: Word): Choice => ({
  keys: [{ in: prefix ? 'prefixes' : 'words', text }],
  share: wordShare(text.length) * (prefix ? 5 : 1),
});

const looseChoice = ({ text, stems }: Extract<Plain, { kind: 'loose' }>): Choice => ({
  keys: [{ in: 'words', text }, ...stems.map((stem): Key => ({ in: 'stems', text: stem }))],
  share: wordShare(text.length) * (1 + stems.length),
});

/** Longer words are rarer: in a text of 300 words most words of two letters stand, and hardly any one of twelve. */
const wordShare = (length: number): number => 900 * 0.55 ** Math.max(0, length - 2);

/** Fields of which a document has one of few values tell little; who wrote it and what it links to tell much. */
const termShares: Record<string, number> = {
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
const termShare = (term: string): number => termShares[term.slice(0, term.indexOf(':'))] ?? 100;
