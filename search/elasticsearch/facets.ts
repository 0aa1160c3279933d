import type { estypes } from '@elastic/elasticsearch';
import { caseStates } from '#domain/desk.ts';
import { documentKinds, type FacetCounts, type FacetName, type Scope } from '#search/engine.ts';
import { seenAtHome } from './compile.ts';
import { discussedValue } from './document.ts';

type Buckets = { buckets: { key: string | number; doc_count: number }[] };
export type FacetAnswer = {
  hits: { total: { value: number } };
  aggregations: Record<Exclude<FacetName, 'status'>, Buckets> & {
    state: { of: Buckets };
    discussed: { doc_count: number };
  };
};

/** More values of one facet than anybody reads. */
const mostValues = 1_000;
const of = (field: string): estypes.AggregationsAggregationContainer => ({ terms: { field, size: mostValues } });

export function askedFacets({ circles }: Scope): Record<string, estypes.AggregationsAggregationContainer> {
  return {
    side: of('kind'),
    source: of('source'),
    type: of('type'),
    topic: of('topics'),
    sentiment: of('tone'),
    language: of('language'),
    // Of where else it stands, only what the asker may see.
    circle: { terms: { field: 'circle', size: mostValues, include: circles.map(String) } },
    // As far as the asker may know: in circles of theirs.
    state: {
      filter: seenAtHome(circles) as estypes.QueryDslQueryContainer & { terms: object },
      aggs: { of: { terms: { field: 'status', include: [...caseStates], size: caseStates.length } } },
    },
    discussed: { filter: { terms: { status: circles.map(discussedValue) } } },
  };
}

export function facetCounts({ hits, aggregations }: FacetAnswer): FacetCounts {
  const { state, discussed, side, source, type, topic, sentiment, language, circle } = aggregations;
  return {
    total: hits.total.value,
    estimated: false,
    facets: {
      side: mostFirst(
        side.buckets.map(({ key, doc_count }) => ({
          key: key === documentKinds.mention ? 'outside' : 'inside',
          doc_count,
        })),
      ),
      source: counts(source),
      type: counts(type),
      topic: counts(topic),
      sentiment: counts(sentiment),
      language: counts(language),
      status: mostFirst([...state.of.buckets, { key: 'discussed', doc_count: discussed.doc_count }]),
      circle: counts(circle),
    },
  };
}

const counts = ({ buckets }: Buckets) => mostFirst(buckets);

const mostFirst = (buckets: Buckets['buckets']) =>
  buckets
    .flatMap(({ key, doc_count }) => (doc_count > 0 ? [{ value: String(key), count: doc_count }] : []))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
