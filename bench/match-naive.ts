import type { Plain } from '#search/plain.ts';

/** A document as a loop without an index would ask it. */
type Ready = { words: Set<string>; tokens: string[]; text: string; terms: Set<string> };

/** Asks every query of one document: a set of its words, its text between spaces for phrases, and no index over the queries. */
export function matchNaively(
  queries: readonly { id: number; plain: Plain }[],
  text: string,
  terms: readonly string[],
): number[] {
  const tokens = text.split(' ');
  const ready = { words: new Set(tokens), tokens, text: ` ${text} `, terms: new Set(terms) };
  return queries.filter(({ plain }) => holds(plain, ready)).map(({ id }) => id);
}

function holds(plain: Plain, ready: Ready): boolean {
  switch (plain.kind) {
    case 'word':
      if (!plain.word.prefix) return ready.words.has(plain.word.text);
      return ready.text.includes(` ${plain.word.text}`);
    case 'term':
      return ready.terms.has(plain.term);
    case 'phrase':
      return (
        plain.words.every(({ text }) => ready.words.has(text)) &&
        ready.text.includes(` ${plain.words.map(({ text }) => text).join(' ')} `)
      );
    case 'near':
      return ready.words.has(plain.first.text) && ready.words.has(plain.second.text) && isNear(plain, ready.tokens);
    case 'and':
      return plain.of.every((one) => holds(one, ready));
    case 'or':
      return plain.of.some((one) => holds(one, ready));
    case 'not':
      return !holds(plain.of, ready);
    default:
      throw new Error(`The bench asks no ${plain.kind}`);
  }
}

function isNear(
  { first, second, most, ordered }: Extract<Plain, { kind: 'near' }>,
  tokens: readonly string[],
): boolean {
  for (let at = tokens.indexOf(first.text); at >= 0; at = tokens.indexOf(first.text, at + 1)) {
    const from = ordered ? at + 1 : Math.max(0, at - most - 1);
    for (let other = from; other <= at + most + 1 && other < tokens.length; other++)
      if (other !== at && tokens[other] === second.text) return true;
  }
  return false;
}
