import type { estypes } from '@elastic/elasticsearch';
import { caseStates } from '#domain/desk.ts';
import { documentKinds, type FacetCounts, type FacetName, type Scope } from '#search/engine.ts';
import { discussedValue } from './document.ts';

type Buckets = { buckets: { key: string | number; doc_count: number }[] };
export type FacetAnswer = {
  hits: { total: { value: number } };
  aggregations: Record<Exclude<FacetName, 'status'> | 'state', Buckets> & { discussed: { doc_count: number } };
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
    circle: of('circle'),
    state: { terms: { field: 'status', include: [...caseStates], size: caseStates.length } },
    // As far as the asker may know: in circles of theirs.
    discussed: { filter: { terms: { status: circles.map(discussedValue) } } },
  };
}

export function facetCounts({ hits, aggregations }: FacetAnswer): FacetCounts {
  const { state, discussed, side, source, type, topic, sentiment, language, circle } = aggregations;
  const status = [...counts(state), { value: 'discussed', count: discussed.doc_count }]
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  return {
    total: hits.total.value,
    estimated: false,
    facets: {
      side: counts(side).map(({ value, count }) => ({
        value: Number(value) === documentKinds.mention ? 'outside' : 'inside',
        count,
      })),
      source: counts(source),
      type: counts(type),
      topic: counts(topic),
      sentiment: counts(sentiment),
      language: counts(language),
      status,
      circle: counts(circle),
    },
  };
}

const counts = ({ buckets }: Buckets) =>
  buckets.map(({ key, doc_count }) => ({ value: String(key), count: doc_count }));
