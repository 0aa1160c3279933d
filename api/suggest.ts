import { fold } from '#domain/tokens.ts';
import { lex } from '#search/query/lexer.ts';
import { nameKey } from '#search/query/names.ts';
import type { FieldName } from '#search/query/query.ts';

/** What is filled in by name. Circles are not: whoever is in one knows what it is called. */
export type Suggestable = 'source' | 'topic' | 'query';

/** What stands at the caret: the last word of a piece that is being typed, or what is after a field: a name, or a value out of a list. `from` and `to`: what gives way. */
export type AtCaret = { from: number; to: number } & (
  | { kind: 'word'; typed: string }
  | { kind: 'name'; named: Suggestable; typed: string }
  | { kind: 'value'; field: Exclude<FieldName, Suggestable>; typed: string }
);

const isSuggestable = (name: string): name is Suggestable => name === 'source' || name === 'topic' || name === 'query';

/** The part of a question that is being typed; null where nothing can be filled in. */
export function atCaret(question: string, caret: number): AtCaret | null {
  const at = lex(question).find(({ from, to }) => from < caret && caret <= to);
  if (at?.kind === 'field') {
    const { name, value, from, to } = at;
    if (caret < value.from) return null;
    const place = { typed: question.slice(value.from, caret), from, to: value.isClosed ? to : caret };
    return isSuggestable(name) ? { kind: 'name', named: name, ...place } : { kind: 'value', field: name, ...place };
  }
  if (at?.kind !== 'word') return null;
  const typed = /[\p{L}\p{N}\p{M}]+$/u.exec(question.slice(at.from, caret))?.[0];
  return typed ? { kind: 'word', typed: fold(typed), from: caret - typed.length, to: wordEnd(question, caret) } : null;
}

const wordEnd = (question: string, caret: number) =>
  caret + (/^[\p{L}\p{N}\p{M}]*\*?/u.exec(question.slice(caret))?.[0].length ?? 0);

/** A question with something else in the place of a part of it, and where the caret then stands. */
export function filledIn(question: string, { from, to }: { from: number; to: number }, text: string) {
  return { query: question.slice(0, from) + text + question.slice(to), at: from + text.length };
}

/** Names of which a word begins like this, those that begin so themselves first. */
export function namesLike(names: readonly string[], typed: string, most: number): string[] {
  const asked = nameKey(typed);
  const begins = (name: string) => nameKey(name).startsWith(asked);
  const holds = names.filter((name) => ` ${nameKey(name)}`.includes(` ${asked}`));
  return [...holds.filter(begins), ...holds.filter((name) => !begins(name))].slice(0, most);
}

/** Words of a question of which somebody may have meant another: written in letters, by themselves, not too short. */
export function wordsToDoubt(question: string): { word: string; from: number; to: number }[] {
  return lex(question)
    .flatMap((lexeme) => {
      if (lexeme.kind !== 'word' || !/^[\p{L}\p{M}]{4,40}$/u.test(lexeme.text)) return [];
      const word = fold(lexeme.text);
      // One letter may fold into eighteen, and each letter of a word costs fifty words that it may have been.
      return word.length > mostLetters ? [] : [{ word, from: lexeme.from, to: lexeme.to }];
    })
    .slice(0, mostDoubted);
}
const mostDoubted = 8;
/** As storage/search-words.ts keeps them. */
const mostLetters = 40;
const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/** Every word that is one slip away: a letter too many, too few, another, or two swapped. Of ten letters 565 of them. */
export function oneSlipAway(word: string): string[] {
  const found = new Set<string>();
  for (let i = 0; i <= word.length; i += 1) {
    const [before, after] = [word.slice(0, i), word.slice(i)];
    for (const letter of alphabet) {
      found.add(before + letter + after);
      if (after !== '') found.add(before + letter + after.slice(1));
    }
    found.add(before + after.slice(1));
    if (after.length > 1) found.add(before + after[1] + after[0] + after.slice(2));
  }
  found.delete(word);
  return [...found];
}
