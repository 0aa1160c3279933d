import { fold } from '#domain/tokens.ts';
import { fieldNames } from './fields.ts';
import { type Lexeme, lex } from './lexer.ts';
import { limits } from './limits.ts';
import { operatorNames, printValue } from './print.ts';
import type { QueryLanguage } from './query.ts';
import { readField } from './read-field.ts';
import { valuesOf } from './reference.ts';

/**
 * A query as somebody reads it who would write it in this language: what is in the other one is put over, everything else stays as it
 * was written. It asks the same. One that would become longer than a query may be stays as it is.
 */
export function saidIn(text: string, language: QueryLanguage): string {
  const other = language === 'nl' ? 'en' : 'nl';
  let said = '';
  let at = 0;
  const put = (from: number, to: number, now: string) => {
    said += text.slice(at, from) + now;
    at = to;
  };
  for (const lexeme of lex(text)) {
    const { kind, from, to } = lexeme;
    if (kind === 'and' || kind === 'or' || kind === 'not') {
      // A minus says the same everywhere.
      if (text.slice(from, to) === operatorNames[other][kind]) put(from, to, operatorNames[language][kind]);
    } else if (kind === 'field') {
      const { name, value } = lexeme;
      const names = fieldNames[name];
      if (names[other] !== names[language] && text.slice(from, to).toLowerCase().startsWith(`${names[other]}:`))
        put(from, from + names[other].length, names[language]);
      const now = valueIn(lexeme, language, other);
      if (now !== null) put(value.from, value.to, now);
    }
  }
  said += text.slice(at);
  return said.length > limits.length ? text : said;
}

/** A value out of a list, where it is written as the other language calls it. */
function valueIn(
  { name, value }: Extract<Lexeme, { kind: 'field' }>,
  language: QueryLanguage,
  other: QueryLanguage,
): string | null {
  const isAmong = (values: readonly string[]) => values.includes(fold(value.text).trim());
  if (isAmong(valuesOf(name, language)) || !isAmong(valuesOf(name, other))) return null;
  const field = readField(name, value.text, language);
  if ('wrong' in field) return null;
  const printed = printValue(field, language);
  // Quotes that are not there cannot be put around it here without its field.
  return value.isQuoted || !/\s/.test(printed) ? printed : null;
}
