import { type Lexeme, lex } from './lexer.ts';
import { limits } from './limits.ts';
import { nameKey } from './names.ts';
import type { FieldName } from './query.ts';

/** Fields behind which something may be called by its name. */
export type NamingField = Extract<FieldName, 'source' | 'topic' | 'query'>;

type Naming = Extract<Lexeme, { kind: 'field' }>;

function namingsIn(text: string, fields: readonly NamingField[], name: string): Naming[] {
  const wanted: readonly FieldName[] = fields;
  const key = nameKey(name);
  return lex(text).filter(
    (lexeme): lexeme is Naming =>
      lexeme.kind === 'field' && wanted.includes(lexeme.name) && nameKey(lexeme.value.text) === key,
  );
}

/** Whether a query calls something by this name, in one of these fields. */
export const callsByName = (text: string, fields: readonly NamingField[], name: string): boolean =>
  namingsIn(text, fields, name).length > 0;

/**
 * The same query for something that is called otherwise from now on; every other sign of it stays as it was written. `isShared`: something else
 * bears the old name still and was meant too. null: the query does not name it, or cannot name it any more (a name with a quotation mark, or
 * the query would be too long).
 */
export function renamedIn(
  text: string,
  fields: readonly NamingField[],
  { was, is, isShared = false }: { was: string; is: string; isShared?: boolean },
): string | null {
  const namings = namingsIn(text, fields, was);
  if (namings.length === 0 || /["“”„‟]/.test(is)) return null;
  let renamed = '';
  let at = 0;
  for (const { from, to, value } of namings) {
    // Up to the value and without its opening quote: "bron:".
    const field = text.slice(from, value.isQuoted ? value.from - 1 : value.from);
    const now = `${field}"${is}"`;
    const or = /^(source|query|topic)/i.test(field) ? 'OR' : 'OF';
    renamed += `${text.slice(at, from)}${isShared ? `(${text.slice(from, to)} ${or} ${now})` : now}`;
    at = to;
  }
  renamed += text.slice(at);
  return renamed.length > limits.length ? null : renamed;
}
