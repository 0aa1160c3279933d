import { fieldCalled } from './fields.ts';
import type { FieldName, Place, Token } from './query.ts';
import { type ReadWords, readPiece } from './words.ts';

/** The text of a value or a phrase, and where it stands without its quotes. `isClosed`: its closing quote was there. */
export type Written = Place & { text: string; isQuoted: boolean; isClosed: boolean };

export type Lexeme = Place &
  (
    | { kind: 'and' | 'or' | 'not' | 'open' | 'close' }
    | { kind: 'word'; text: string; read: ReadWords }
    /** `near`: what stands after the `~` behind it. */
    | { kind: 'phrase'; written: Written; near: (Place & { text: string }) | null }
    | { kind: 'field'; name: FieldName; value: Written }
  );

const operators: Readonly<Record<string, 'and' | 'or' | 'not'>> = {
  AND: 'and',
  EN: 'and',
  OR: 'or',
  OF: 'or',
  NOT: 'not',
  NIET: 'not',
};
/** Only in capitals: "of" and "en" are words too. */
export const operatorCalled = (text: string) => (Object.hasOwn(operators, text) ? operators[text]! : null);

const quotes = new Set('"“”„‟');
const space = /\s/;
const letters = /^[a-z]+$/i;
const endsWord = (char: string) => char === '(' || char === ')' || quotes.has(char) || space.test(char);

/** The pieces of a query in order. One walk over the text, whatever it holds; nothing is refused here. */
export function lex(text: string): Lexeme[] {
  const found: Lexeme[] = [];
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    if (space.test(char)) {
      at += 1;
      continue;
    }
    const lexeme = quotes.has(char) ? phraseAt(text, at) : (signAt(text, at) ?? wordAt(text, at));
    found.push(lexeme);
    at = lexeme.to;
  }
  return found;
}

function signAt(text: string, from: number): Lexeme | null {
  const char = text[from];
  const to = from + 1;
  if (char === '(' || char === ')') return { kind: char === '(' ? 'open' : 'close', from, to };
  // A minus belongs to what follows it; one by itself is a dash.
  const isMinus = char === '-' && to < text.length && text[to] !== ')' && !space.test(text[to]!);
  return isMinus ? { kind: 'not', from, to } : null;
}

function quotedAt(text: string, from: number): Written {
  let to = from + 1;
  while (to < text.length && !quotes.has(text[to]!)) to += 1;
  return { text: text.slice(from + 1, to), from: from + 1, to, isQuoted: true, isClosed: to < text.length };
}

function phraseAt(text: string, from: number): Lexeme {
  const written = quotedAt(text, from);
  const to = Math.min(written.to + 1, text.length);
  if (text[to] !== '~') return { kind: 'phrase', written, near: null, from, to };
  const end = endOfWord(text, to);
  return { kind: 'phrase', written, near: { text: text.slice(to + 1, end), from: to, to: end }, from, to: end };
}

function endOfWord(text: string, from: number): number {
  let to = from;
  while (to < text.length && !endsWord(text[to]!)) to += 1;
  return to;
}

function wordAt(text: string, from: number): Lexeme {
  const to = endOfWord(text, from);
  const word = text.slice(from, to);
  const operator = operatorCalled(word);
  if (operator) return { kind: operator, from, to };
  const colon = word.indexOf(':');
  const name = colon > 0 && letters.test(word.slice(0, colon)) ? fieldCalled(word.slice(0, colon)) : null;
  if (!name) return { kind: 'word', text: word, read: readPiece(word), from, to };
  const start = from + colon + 1;
  if (start === to && quotes.has(text[start] ?? '')) {
    const value = quotedAt(text, start);
    return { kind: 'field', name, value, from, to: Math.min(value.to + 1, text.length) };
  }
  const value = { text: text.slice(start, to), from: start, to, isQuoted: false, isClosed: true };
  return { kind: 'field', name, value, from, to };
}

/** The same pieces for colouring. */
export function tokensOf(lexemes: readonly Lexeme[], ignored: ReadonlySet<Lexeme>): Token[] {
  return lexemes.flatMap((lexeme): Token[] => {
    const { kind, from, to } = lexeme;
    if (ignored.has(lexeme)) return [{ kind: 'ignored', from, to }];
    if (kind === 'word') return [{ kind, from, to }];
    if (kind === 'open' || kind === 'close') return [{ kind: 'parenthesis', from, to }];
    if (kind === 'field') {
      const start = lexeme.value.from - (lexeme.value.isQuoted ? 1 : 0);
      const name: Token = { kind, from, to: start };
      return start === to ? [name] : [name, { kind: 'value', from: start, to }];
    }
    if (kind !== 'phrase') return [{ kind: 'operator', from, to }];
    if (!lexeme.near) return [{ kind, from, to }];
    return [
      { kind, from, to: lexeme.near.from },
      { kind: 'proximity', from: lexeme.near.from, to: lexeme.near.to },
    ];
  });
}
