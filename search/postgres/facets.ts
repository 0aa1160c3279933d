import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import {
  documentKinds,
  type FacetCounts,
  type FacetName,
  homesIn,
  mostRechecked,
  outsideCircle,
  type Scope,
} from '#search/engine.ts';
import type { Plain } from '#search/plain.ts';
import { compile, statusCondition } from './compile.ts';
import { type HitRow, visible } from './places.ts';
import { createRecheck, type LoadDocuments } from './recheck.ts';

/** Of 256 documents so many bear the lexeme of each sample, and none bears two (storage/document-vector.ts). */
const samples = [32, 16, 8, 4, 2, 1];
const ofDocuments = 256;
/** Up to 50,000 hits are counted one by one; a fifth more, because the number itself is estimated first. */
const mostCounted = 60_000;
/**
 * Hits of a sample: about as many as can be read at a glance, wherever they lie. The part of all hits that has some value is then known
 * within 0.9 % of all hits, their number within 1.8 % (two standard deviations).
 */
const sampleHits = 12_000;
const mostValues = 1_000;

/** Hits by the values of each field: all of them, or of so many that it would take long, a sample that the index itself picks. */
export async function countFacets(
  db: QueryExecutorProvider,
  load: LoadDocuments,
  query: Plain,
  scope: Scope,
): Promise<FacetCounts> {
  const condition = await settled(db, load, query, scope);
  const inSmallest = await countSmallest(db, condition, scope);
  if (inSmallest * ofDocuments <= mostCounted) return await count(db, condition, scope, null);
  return await count(db, condition, scope, samplesOf(Math.ceil(sampleHits / inSmallest)));
}

/** Samples that hold so many of 256 documents together, or a little more: three at most, since each one costs a look at every hit. */
function samplesOf(wanted: number): number[] {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(wanted)) - 2);
  const rounded = Math.ceil(wanted / step) * step;
  return samples.filter((sample) => rounded & sample);
}

/** The condition with what had to be looked at again spelled out. */
async function settled(
  db: QueryExecutorProvider,
  load: LoadDocuments,
  query: Plain,
  scope: Scope,
): Promise<RawBuilder<boolean>> {
  const { condition, isExact } = compile(query, scope);
  if (isExact) return condition;
  const { rows } = await sql<HitRow>`
    select d.kind, d.ref, d.thread_id as "threadId", d.circle_id as "circleId", d.sort_at as "sortAt", d.inexact
    from search_documents d where d.inexact and ${visible(scope)} and ${condition} limit ${sql.lit(mostRechecked + 1)}`.execute(
    db,
  );
  const held = await createRecheck(db, load, query, scope)(rows);
  const of = (kind: number) => held.filter((row) => row.kind === kind).map(({ ref }) => ref);
  return sql`(${condition} and (not d.inexact
    or (d.kind = ${documentKinds.mention} and d.ref = any(${of(documentKinds.mention)}::bigint[]))
    or (d.kind = ${documentKinds.reply} and d.ref = any(${of(documentKinds.reply)}::bigint[]))))`;
}

const inSamples = (taken: readonly number[]) =>
  sql`d.words @@ ${taken.map((sample) => `'%${sample}'`).join(' | ')}::tsquery`;

async function countSmallest(db: QueryExecutorProvider, condition: RawBuilder<boolean>, scope: Scope): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from search_documents d where ${inSamples([1])} and ${visible(scope)} and ${condition}`.execute(
    db,
  );
  return rows[0]!.count;
}

/** States of the cases of the threads found, all in one pass; of those that the asker sees at home, as in statusCondition. */
const states = ({ circles }: Scope) => sql`
  select 'status', k.state, sum(d.n)::int
  from threads d join cases k on k.thread_id = d.thread_id
  join placements p on p.thread_id = d.thread_id and p.circle_id = any(${homesIn(circles)}::int[])
    and (p.circle_id = ${outsideCircle} or p.home)
  group by k.state`;

async function count(
  db: QueryExecutorProvider,
  condition: RawBuilder<boolean>,
  scope: Scope,
  taken: readonly number[] | null,
): Promise<FacetCounts> {
  const { rows } = await sql<{ name: FacetName | 'total'; value: string; count: number }>`
    with hits as materialized (
      select d.kind, d.thread_id, d.circle_id, d.also, d.source_id, d.type, d.language, d.tone, d.topics from search_documents d
      where ${visible(scope)} and ${taken === null ? sql`true` : inSamples(taken)} and ${condition}
    ), alike as materialized (
      select kind, source_id, type, language, tone, circle_id, also, count(*) as n from hits group by 1, 2, 3, 4, 5, 6, 7
    ), threads as materialized (
      select thread_id, count(*) as n from hits group by 1
    )
    select 'total' as name, '' as value, coalesce(sum(n), 0)::int as count from alike
    union all select 'side', case kind when ${documentKinds.mention} then 'outside' else 'inside' end, sum(n)::int
      from alike group by kind
    union all select 'source', source_id::text, sum(n)::int from alike where source_id is not null group by source_id
    union all select 'type', type, sum(n)::int from alike group by type
    union all select 'language', language, sum(n)::int from alike where language is not null group by language
    -- Of where else it stands, only what the asker may see.
    union all select 'circle', circle::text, sum(n)::int
      from alike cross join unnest(array_prepend(circle_id, coalesce(also, '{}'))) circle
      where circle = any(${scope.circles}::int[]) group by circle
    union all select 'sentiment', case tone when -1 then 'negative' when 0 then 'neutral' when 1 then 'positive' else 'unclear' end,
      sum(n)::int from alike where kind = ${documentKinds.mention} group by tone
    union all select 'topic', topic::text, count(*)::int from hits cross join unnest(topics) topic
      where topics <> '{}' group by topic
    union all ${states(scope)}
    union all select 'status', 'discussed', s.n from (
      select sum(d.n)::int as n from threads d where ${statusCondition('discussed', scope)}) s where s.n > 0`.execute(
    db,
  );
  const scale = taken === null ? 1 : ofDocuments / taken.reduce((sum, sample) => sum + sample);
  const facets: FacetCounts['facets'] = {
    side: [],
    source: [],
    type: [],
    topic: [],
    sentiment: [],
    language: [],
    status: [],
    circle: [],
  };
  let total = 0;
  for (const row of rows) {
    const scaled = Math.round(row.count * scale);
    if (row.name === 'total') total = scaled;
    else facets[row.name].push({ value: row.value, count: scaled });
  }
  for (const [name, counts] of Object.entries(facets)) {
    counts.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    facets[name as FacetName] = counts.slice(0, mostValues);
  }
  return { total, estimated: taken !== null, facets };
}
