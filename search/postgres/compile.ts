import { type RawBuilder, sql } from 'kysely';
import { homesIn, outsideCircle, type Scope } from '#search/engine.ts';
import type { Plain, ThreadStatus } from '#search/plain.ts';
import { asksForPositions, loosened, reduce } from './reduce.ts';
import { isText, type TextPlain, tsquery } from './tsquery.ts';

/**
 * A query as a condition on a row `d` of search_documents. Rows that are `inexact` come through when they may match: whoever asks looks
 * at them again (recheck.ts), unless `isExact`. Always together with `circle_id = any(circles)`: this asks about the query only.
 */
export type Compiled = { condition: RawBuilder<boolean>; isExact: boolean };

export function compile(plain: Plain, scope: Scope): Compiled {
  const reduced = reduce(plain);
  if (!asksForPositions(reduced)) return { condition: conditionOf(reduced, scope), isExact: true };
  // The looser one holds wherever the exact one does, and the index answers it without looking at a row.
  const loose = conditionOf(reduce(loosened(reduced)), scope);
  return { condition: sql`(${loose} and (d.inexact or ${conditionOf(reduced, scope)}))`, isExact: false };
}

function conditionOf(plain: Plain, scope: Scope): RawBuilder<boolean> {
  if (isText(plain)) return inWords(plain);
  switch (plain.kind) {
    case 'all':
      return sql`true`;
    case 'none':
      return sql`false`;
    case 'since':
      return sql`d.sort_at >= ${instant(plain.at)}::timestamptz`;
    case 'before':
      return sql`d.sort_at < ${instant(plain.at)}::timestamptz`;
    case 'topic':
      return sql`d.topics @> array[${plain.id}]::int[]`;
    case 'circle':
      return sql`(d.circle_id = ${plain.id}::int or coalesce(${plain.id}::int = any(d.also), false))`;
    case 'status':
      return statusCondition(plain.status, scope);
    case 'and':
    case 'or': {
      // What is text goes into one tsquery, so that the index answers it in one go.
      const texts = plain.of.filter(isText);
      const parts = plain.of.filter((one) => !isText(one)).map((one) => conditionOf(one, scope));
      if (texts.length > 0)
        parts.unshift(conditionOf(texts.length === 1 ? texts[0]! : { kind: plain.kind, of: texts }, scope));
      return sql`(${sql.join(parts, plain.kind === 'and' ? sql` and ` : sql` or `)})`;
    }
    case 'not':
      return sql`not ${conditionOf(plain.of, scope)}`;
    default:
      return inWords(plain);
  }
}

const inWords = (plain: TextPlain): RawBuilder<boolean> => sql`d.words @@ ${tsquery(plain)}::tsquery`;

/**
 * Whoever sees a thread at home sees its case (storage/cases.ts); whether a thread is discussed is said of the
 * circles of the asker only.
 */
export function statusCondition(status: ThreadStatus, { circles }: Scope): RawBuilder<boolean> {
  if (status === 'discussed')
    return sql`exists (select from placements p where p.thread_id = d.thread_id and p.circle_id = any(${circles}::int[])
      and p.reply_count > 0)`;
  const homes = homesIn(circles);
  if (homes.length === 0) return sql`false`;
  return sql`exists (select from cases k join placements p on p.thread_id = k.thread_id and p.circle_id = any(${homes}::int[])
      and (p.circle_id = ${outsideCircle} or p.home)
    where k.thread_id = d.thread_id and k.state = ${status})`;
}

/** Nothing was said before the year 1 or after 9999, and PostgreSQL and JavaScript write such years differently. */
const earliest = Date.parse('0001-01-01T00:00:00Z');
const latest = Date.parse('9999-12-31T00:00:00Z');
const instant = (at: number): string => new Date(Math.min(latest, Math.max(earliest, at))).toISOString();
