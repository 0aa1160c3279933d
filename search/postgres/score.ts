import { type RawBuilder, sql } from 'kysely';
import type { Plain, Word } from '#search/plain.ts';
import { lexeme } from './tsquery.ts';

/** As search/elasticsearch/score.ts has it: both engines put the same hits in the same order. */
const mostScored = 32;
const inTitle = 2;
const asTyped = 1;
const recent = 3;
const pivotSeconds = 14 * 86_400;

/**
 * How far forward a hit comes among those that match: words in the title, the word as it was typed rather than another form of it, and
 * being new. Nothing that depends on other documents. An expression about `d` with its words.
 */
export function scoreOf(plain: Plain, now: number): RawBuilder<number> {
  const parts = positiveWords(plain)
    .slice(0, mostScored)
    .map(({ word, where }) =>
      where === 'title'
        ? sql`(t.title @@ ${lexeme(word)}::tsquery)::int * ${sql.lit(inTitle)}`
        : sql`(d.words @@ ${lexeme(word)}::tsquery)::int * ${sql.lit(asTyped)}`,
    );
  const age = sql`greatest(0, abs(extract(epoch from ${new Date(now).toISOString()}::timestamptz - d.sort_at)))`;
  parts.push(sql`${sql.lit(recent)} * ${sql.lit(pivotSeconds)}::float8 / (${sql.lit(pivotSeconds)} + ${age})`);
  // The words of the title are taken out once: each look at the whole vector costs reading it from where it is kept.
  return sql`(select ${sql.join(parts, sql` + `)} from (select ts_filter(d.words, '{a}') as title offset 0) t)`;
}

type Scored = { word: Word; where: 'title' | 'anywhere' };

function positiveWords(plain: Plain): Scored[] {
  const title = (word: Word): Scored => ({ word, where: 'title' });
  switch (plain.kind) {
    case 'word':
      return [title(plain.word)];
    case 'loose': {
      const word = { text: plain.text, prefix: false };
      return [title(word), { word, where: 'anywhere' }];
    }
    case 'phrase':
      return plain.words.map(title);
    case 'near':
      return [title(plain.first), title(plain.second)];
    case 'and':
    case 'or':
      return plain.of.flatMap(positiveWords);
    default:
      return [];
  }
}
