import { type QueryExecutorProvider, sql } from 'kysely';
import type { Hit, Place, Scope, SearchEngine } from '#search/engine.ts';
import type { Plain } from '#search/plain.ts';
import { compile } from './compile.ts';
import { countFacets } from './facets.ts';
import { newestRows } from './hits.ts';
import { type HitRow, hitOf, isAbove, visible } from './places.ts';
import { createRecheck, type LoadDocuments, type Recheck } from './recheck.ts';
import { scoreOf } from './score.ts';

/** Best first is an order of so many newest hits. */
const bestAmong = 2_000;

/**
 * Searches the table search_documents, which is written with the words themselves: what is committed is found. Every query holds the
 * circles of its asker. The database stays its owner's to close.
 */
export function createPostgresEngine(
  db: QueryExecutorProvider,
  load: LoadDocuments,
  now: () => number = Date.now,
): SearchEngine {
  /** Looks again only where the condition leaves something open. */
  const compiled = (query: Plain, scope: Scope) => {
    const { condition, isExact } = compile(query, scope);
    const recheck: Recheck = isExact ? async (rows) => [...rows] : createRecheck(db, load, query, scope);
    return { condition, isExact, recheck };
  };

  return {
    name: 'postgres',
    async newest(query, scope, after, limit) {
      const { condition, recheck } = compiled(query, scope);
      const hits: Hit[] = [];
      for (let place: Place | null = after; hits.length < limit; ) {
        const most = limit - hits.length;
        const rows = await newestRows(db, { condition, scope, after: place, most });
        hits.push(...(await recheck(rows)).map(hitOf));
        if (rows.length < most) break;
        place = hitOf(rows.at(-1)!);
      }
      return hits;
    },

    async seenBefore(query, scope, threadIds, above) {
      if (threadIds.length === 0) return [];
      const { condition, recheck } = compiled(query, scope);
      const { rows } = await sql<HitRow>`
        with theirs as materialized (
          select * from search_documents d where d.thread_id = any(${threadIds}::bigint[]) and ${isAbove(above)}
            and ${visible(scope)}
        ) select d.kind, d.ref, d.thread_id as "threadId", d.circle_id as "circleId", d.sort_at as "sortAt", d.inexact
        from theirs d where ${condition}`.execute(db);
      const held = await recheck(rows);
      return [...new Set(held.map(({ threadId }) => threadId))];
    },

    async best(query, scope, limit) {
      const { condition, isExact, recheck } = compiled(query, scope);
      // What may be left out again is asked for with all that might take its place.
      const ranking = { score: scoreOf(query, now()), limit: isExact ? limit : bestAmong };
      const rows = await newestRows(db, { condition, scope, after: null, most: bestAmong }, ranking);
      const best: Hit[] = [];
      for (let at = 0; best.length < limit && at < rows.length; at += limit)
        best.push(...(await recheck(rows.slice(at, at + limit))).map(hitOf));
      return best.slice(0, limit);
    },

    facets: (query, scope) => countFacets(db, load, query, scope),
    close: async () => undefined,
  };
}
