import { sql } from 'kysely';
import type { FacetCounts, FacetName, Scope } from '#search/engine.ts';
import type { Plain } from '#search/plain.ts';
import type { Database } from '#storage/database.ts';
import type { SearchWorld } from './search-api.ts';
import { summary, tell } from './search-figures.ts';
import { wordOf } from './search-world.ts';

type Asked = { bench: string; size: string; mentions: number; words: number };

const pageSize = 50;
const mostRatio = 0.1;
/**
 * How wrong an estimate may be. The part that a value has of all hits: by so much of all hits, for each value of each facet. How many hits there
 * are in all: by so much of their number, for nineteen words of twenty (a sample promises no more).
 */
const mostError = 0.02;

/** P13: the best fifty and the facets of common words, against what a textbook does. Writes bench/results/. */
export async function smartBench({ db, search, scope }: SearchWorld, asked: Asked): Promise<boolean> {
  const ours: number[] = [];
  const theirs: number[] = [];
  const best: number[] = [];
  const facets: number[] = [];
  const hits: number[] = [];
  const shareErrors: number[] = [];
  const totalErrors: number[] = [];
  for (let rank = -2; rank < asked.words; rank++) {
    const text = wordOf(Math.abs(rank));
    const query: Plain = { kind: 'word', word: { text, prefix: false } };
    const sides = {
      ours: async () => {
        const began = performance.now();
        await search.page({ query, scope, sort: 'best', after: null, limit: pageSize });
        const between = performance.now();
        const counts = await search.facets(query, scope);
        const ended = performance.now();
        if (rank >= 0) {
          best.push(between - began);
          facets.push(ended - between);
          ours.push(ended - began);
        }
        return counts;
      },
      theirs: async () => {
        const began = performance.now();
        const counts = await textbook(db, text, scope);
        if (rank >= 0) theirs.push(performance.now() - began);
        return counts;
      },
    };
    // By turns the first: what one has read lies ready for the other.
    let counted: FacetCounts;
    let truth: Map<string, number>;
    if (rank % 2) {
      counted = await sides.ours();
      truth = await sides.theirs();
    } else {
      truth = await sides.theirs();
      counted = await sides.ours();
    }
    const all = truth.get('total')!;
    if (!counted.estimated && counted.total !== all)
      throw new Error(`void: ${text} counted ${counted.total}, there are ${all}`);
    if (rank < 0) continue;
    hits.push(all);
    totalErrors.push(Math.abs(counted.total - all) / all);
    shareErrors.push(worstShare(counted, truth, all));
  }
  const ratio = summary(ours).p95 / summary(theirs).p95;
  const shareError = Math.max(...shareErrors);
  const totalError = summary(totalErrors).p95;
  const met = ratio <= mostRatio && shareError <= mostError && totalError <= mostError;
  return await tell(
    asked,
    {
      ours: summary(ours),
      best: summary(best),
      facets: summary(facets),
      textbook: summary(theirs),
      hits: summary(hits),
    },
    { ratio, shareError, totalError, worstTotalError: Math.max(...totalErrors), met },
  );
}

/** Of every value that either side knows, by how much its part of all hits differs. */
function worstShare({ total, facets }: FacetCounts, truth: ReadonlyMap<string, number>, all: number): number {
  const counted = new Map(
    Object.entries(facets).flatMap(([name, values]) => values.map(({ value, count }) => [`${name} ${value}`, count])),
  );
  const known = [...truth.keys()].filter((key) => key !== 'total');
  const errors = known.map((key) => Math.abs((counted.get(key) ?? 0) / total - truth.get(key)! / all));
  return Math.max(...errors);
}

const tones = { '-1': 'negative', 0: 'neutral', 1: 'positive' } as const;
const columns: [FacetName, string][] = [
  ['source', 'source_id'],
  ['type', 'type'],
  ['language', 'language'],
  ['sentiment', 'tone'],
  ['circle', 'circle_id'],
];

/**
 * Best first over all hits, and each facet by grouping all of them: what the manual suggests. It leaves out what is asked of other tables
 * (status) and answers how many hits each value has.
 */
async function textbook(db: Database, text: string, { circles }: Scope): Promise<Map<string, number>> {
  const hits = sql`search_documents d where d.words @@ ${`'${text}'`}::tsquery and d.circle_id = any(${circles}::int[])`;
  await sql`select d.ref, ts_rank(d.words, ${`'${text}'`}::tsquery) as rank from ${hits}
    order by rank desc, d.sort_at desc limit ${pageSize}`.execute(db);
  const { rows } = await sql<Record<string, string | number | null> & { count: number; grouped: number }>`
    select d.kind, d.source_id, d.type, d.language, d.tone, d.circle_id, count(*)::int as count,
      grouping(d.kind, d.source_id, d.type, d.language, d.tone, d.circle_id) as grouped from ${hits}
    group by grouping sets ((), (d.kind), (d.source_id), (d.type), (d.language), (d.tone), (d.circle_id))`.execute(db);
  const counts = new Map<string, number>([['total', 0]]);
  for (const row of rows) {
    if (row.grouped === 0b111111) counts.set('total', row.count);
    for (const [facet, column] of columns) {
      const value = row[column];
      if (value === null || value === undefined) continue;
      counts.set(`${facet} ${facet === 'sentiment' ? tones[value as keyof typeof tones] : value}`, row.count);
    }
  }
  return counts;
}
