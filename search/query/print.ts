import { printDay } from './dates.ts';
import { fieldNames } from './fields.ts';
import { lex } from './lexer.ts';
import type { Field, Query, QueryLanguage } from './query.ts';
import { closedValues } from './values.ts';
import { looksLikeField, looksLikeNear } from './words.ts';

/** What joins words, as it is written. */
export const operatorNames = { nl: { and: 'EN', or: 'OF', not: 'NIET' }, en: { and: 'AND', or: 'OR', not: 'NOT' } };

/**
 * A query as text, in Dutch or English: parsed again it is the same query. Parentheses stand wherever AND and OR meet, so that nobody
 * has to know which of them goes first.
 */
export function print(query: Query, language: QueryLanguage): string {
  const { and, or, not } = operatorNames[language];
  if (query.kind === 'or') return query.of.map((part) => inside(part, language)).join(` ${or} `);
  if (query.kind === 'not') return `${not} ${inside(query.of, language)}`;
  if (query.kind !== 'and') return printLeaf(query, language);
  return query.of.reduce((text, part, n) => {
    const printed = inside(part, language);
    if (n === 0) return printed;
    // As people write it: fields and NOT need no AND.
    const isPlain = part.kind === 'not' || part.kind === 'field' || query.of[n - 1]!.kind === 'field';
    return `${text}${isPlain ? ' ' : ` ${and} `}${printed}`;
  }, '');
}

const inside = (part: Query, language: QueryLanguage) =>
  part.kind === 'and' || part.kind === 'or' ? `(${print(part, language)})` : print(part, language);

/** One word, phrase or field as text. */
export function printLeaf(
  leaf: Extract<Query, { kind: 'word' | 'phrase' | 'near' | 'field' }>,
  language: QueryLanguage,
) {
  switch (leaf.kind) {
    case 'word': {
      const star = leaf.words.at(-1)?.prefix ? '*' : '';
      const text = `${leaf.hashtag ? '#' : ''}${leaf.text}${star}`;
      return isOneWord(text) ? text : `"${leaf.text}${star}"`;
    }
    case 'phrase':
      return `"${leaf.text}"`;
    case 'near':
      return `"${leaf.text}"~${leaf.ordered ? '>' : ''}${leaf.most}`;
    case 'field':
      return `${fieldNames[leaf.field.name][language]}:${quotedIfNeeded(printValue(leaf.field, language))}`;
  }
}

/** Whether it is read as one word again; what was refused as one is not. */
function isOneWord(text: string): boolean {
  const lexemes = lex(text);
  return lexemes.length === 1 && lexemes[0]!.kind === 'word' && !looksLikeField(text) && !looksLikeNear(text);
}

/** What stands behind the name of a field, without quotes. */
export function printValue(field: Field, language: QueryLanguage): string {
  switch (field.name) {
    case 'author':
      return field.text;
    case 'site':
      return field.host;
    case 'url':
    case 'link':
      return field.address;
    case 'lang':
      return field.code;
    case 'type':
      return closedValues.type.print(field.type, language);
    case 'sentiment':
      return closedValues.sentiment.print(field.tone, language);
    case 'has':
      return closedValues.has.print(field.what, language);
    case 'is':
      return closedValues.is.print(field.state, language);
    case 'rating':
      return field.least === field.most ? String(field.least) : `${field.least}..${field.most}`;
    case 'before':
    case 'after':
    case 'when':
      return printDay(field.day, language);
    default:
      return field.called;
  }
}

const quotedIfNeeded = (value: string) => (/[\s()"“”„‟]/.test(value) || value === '' ? `"${value}"` : value);
