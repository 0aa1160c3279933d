import type { Plain, Word } from '#search/plain.ts';

/** What a tsvector of ours answers: words, other forms of them, and terms of fields, and what is made of these. */
export type TextPlain =
  | Extract<Plain, { kind: 'word' | 'loose' | 'phrase' | 'near' | 'term' }>
  | { kind: 'and' | 'or'; of: readonly TextPlain[] }
  | { kind: 'not'; of: TextPlain };

/** Whether all of a query is for the tsvector. */
export function isText(plain: Plain): plain is TextPlain {
  switch (plain.kind) {
    case 'word':
    case 'loose':
    case 'phrase':
    case 'near':
    case 'term':
      return true;
    case 'and':
    case 'or':
      return plain.of.length > 0 && plain.of.every(isText);
    case 'not':
      return isText(plain.of);
    default:
      return false;
  }
}

/**
 * As a text for `::tsquery`, never for to_tsquery, which would take the words apart again. Stems and terms are lexemes that no
 * word can be, nor begin with (`~fiets`, `:lang:nl`), so that a prefix finds words only.
 */
export function tsquery(plain: TextPlain): string {
  switch (plain.kind) {
    case 'word':
      return lexeme(plain.word);
    case 'loose':
      return `(${[plain.text, ...plain.stems.flatMap((stem) => [stem, stemLexeme(stem)])].map(quoted).join(' | ')})`;
    case 'phrase':
      return `(${plain.words.map(lexeme).join(' <-> ')})`;
    case 'near': {
      const [first, second] = [lexeme(plain.first), lexeme(plain.second)];
      const ways = plain.ordered
        ? [[first, second]]
        : [
            [first, second],
            [second, first],
          ];
      // A distance is exact in PostgreSQL, so each one is spelled out.
      const distances = Array.from({ length: plain.most + 1 }, (_, between) => between + 1);
      return `(${ways.flatMap(([a, b]) => distances.map((distance) => `(${a} <${distance}> ${b})`)).join(' | ')})`;
    }
    case 'term':
      return quoted(termLexeme(plain.term));
    case 'and':
      return `(${plain.of.map(tsquery).join(' & ')})`;
    case 'or':
      return `(${plain.of.map(tsquery).join(' | ')})`;
    case 'not':
      return `!${tsquery(plain.of)}`;
  }
}

/** How stems and terms stand in `search_documents.words` (storage/document-vector.ts writes them so). */
export const stemLexeme = (stem: string): string => `~${stem}`;
export const termLexeme = (term: string): string => `:${term}`;

export const lexeme = ({ text, prefix }: Word): string => (prefix ? `${quoted(text)}:*` : quoted(text));
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
