import type { Client, estypes } from '@elastic/elasticsearch';
import { documentKinds, type Hit, kindNamed, type Place, type Scope, type SearchEngine } from '#search/engine.ts';
import type { Plain } from '#search/plain.ts';
import { answerOf, searchWithinMs } from './client.ts';
import { compile } from './compile.ts';
import { askedFacets, type FacetAnswer, facetCounts } from './facets.ts';
import { indexNames } from './names.ts';
import { scores } from './score.ts';

type Query = estypes.QueryDslQueryContainer;
type Request = Omit<estypes.SearchRequest, 'index'>;

/** Best first is an order of so many newest hits. */
const bestAmong = 2_000;

/**
 * Searches through the read alias, which stands only when an index holds everything. Every query holds the circles of its asker
 * as a filter. A question costs at most 1.5 s, then it is an EngineAwayError.
 */
export function createElasticsearchEngine(options: {
  client: Client;
  prefix: string;
  now?: () => number;
}): SearchEngine {
  const { client, prefix, now = Date.now } = options;
  const { read } = indexNames(prefix);

  async function ask(request: Request, signal: AbortSignal) {
    const pending = client.search<unknown, Record<string, estypes.AggregationsAggregate>>(
      { index: read, allow_partial_search_results: false, ...request },
      { signal, requestTimeout: searchWithinMs },
    );
    return await answerOf(pending);
  }
  const inTime = () => AbortSignal.timeout(searchWithinMs);

  return {
    name: 'elasticsearch',
    async newest(query, scope, after, limit) {
      const filter = [...within(query, scope), ...(after ? [notAfter(after)] : [])];
      const { hits } = await ask(
        { ...page, query: { bool: { filter } }, size: limit, ...(after && { search_after: sortValues(after) }) },
        inTime(),
      );
      return hits.hits.map(hitOf);
    },
    async seenBefore(query, scope, threadIds, above) {
      if (threadIds.length === 0) return [];
      const filter = [...within(query, scope), { terms: { threadId: [...threadIds] } }, before(above)];
      const { hits } = await ask(
        {
          ...page,
          sort: ['_doc'],
          query: { bool: { filter } },
          size: threadIds.length,
          collapse: { field: 'threadId' },
        },
        inTime(),
      );
      return hits.hits.map((hit) => numberOf(hit, 'threadId'));
    },
    async best(query, scope, limit) {
      const filter = within(query, scope);
      const signal = inTime();
      const last = await ask({ ...page, query: { bool: { filter } }, from: bestAmong - 1, size: 1 }, signal);
      const oldest = last.hits.hits[0];
      if (oldest) filter.push(atLeast(placeOf(oldest)));
      const { hits } = await ask(
        {
          ...page,
          query: { bool: { filter, should: scores(query, now()) } },
          sort: [{ _score: { order: 'desc' } }, ...newestFirst],
          size: limit,
        },
        signal,
      );
      return hits.hits.map(({ sort, ...hit }) => hitOf({ ...hit, sort: sort!.slice(1) }));
    },
    async facets(query, scope) {
      const answer = await ask(
        {
          query: { bool: { filter: within(query, scope) } },
          size: 0,
          track_total_hits: true,
          aggs: askedFacets(scope),
        },
        inTime(),
      );
      return facetCounts(answer as unknown as FacetAnswer);
    },
    close: () => client.close(),
  };
}

const newestFirst: estypes.SortCombinations[] = [{ sortAt: 'desc' }, { kind: 'desc' }, { id: 'desc' }];
/** What every page asks of its hits: no more than where they stand. */
const page = {
  sort: newestFirst,
  track_total_hits: false,
  _source: false,
  stored_fields: '_none_',
  docvalue_fields: ['threadId', 'circle'],
} satisfies Request;

const within = (query: Plain, { circles }: Scope): Query[] => [
  { terms: { circle: [...circles] } },
  compile(query, circles),
];

const sortValues = ({ sortAt, kind, id }: Place) => [sortAt, documentKinds[kind], id];
/** Says to the index where a page may begin; the exact place is that of search_after. */
const notAfter = ({ sortAt }: Place): Query => ({ range: { sortAt: { lte: sortAt } } });

/** Newer than a place, by time, kind and number. */
function before({ sortAt, kind, id }: Place): Query {
  const number = documentKinds[kind];
  const same = [
    { term: { sortAt } },
    {
      bool: {
        should: [
          { range: { kind: { gt: number } } },
          { bool: { filter: [{ term: { kind: number } }, { range: { id: { gt: id } } }] } },
        ],
      },
    },
  ];
  return { bool: { should: [{ range: { sortAt: { gt: sortAt } } }, { bool: { filter: same } }] } };
}
const atLeast = (place: Place): Query => ({
  bool: {
    should: [
      before(place),
      { bool: { filter: [{ term: { kind: documentKinds[place.kind] } }, { term: { id: place.id } }] } },
    ],
  },
});

type ElasticHit = { sort?: estypes.SortResults; fields?: Record<string, unknown> };

function placeOf({ sort }: ElasticHit): Place {
  const [sortAt, kind, id] = sort as [number, number, number];
  return { sortAt: Number(sortAt), kind: kindNamed(Number(kind)), id: Number(id) };
}
const hitOf = (hit: ElasticHit): Hit => ({
  ...placeOf(hit),
  threadId: numberOf(hit, 'threadId'),
  circleId: numberOf(hit, 'circle'),
});
const numberOf = ({ fields }: ElasticHit, name: string): number => (fields![name] as [number])[0];
