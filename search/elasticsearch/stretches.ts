import type { Client } from '@elastic/elasticsearch';
import { type DocumentKind, documentKinds, kindNamed } from '#search/engine.ts';
import { answerOf } from './client.ts';

/** How many documents a stretch of numbers holds, and the sum of their checks. */
export type Stretch = { kind: DocumentKind; stretch: number; count: number; sum: number };

/** As many documents as one answer holds at most. */
export const stretchLength = 10_000;
const bucketsPerPage = 1_000;
const patient = { requestTimeout: 60_000 };

type Bucket = { key: { kind: number; stretch: number }; doc_count: number; sum: { value: number } };
type Pages = { pages: { buckets: Bucket[]; after_key?: Record<string, number> } };

/** What an index holds, summed up in stretches of `stretchLength` numbers: two sides that agree in these hold the same versions. */
export async function indexStretches(client: Client, index: string): Promise<Stretch[]> {
  const found: Stretch[] = [];
  let after: Record<string, number> | undefined;
  do {
    const request = client.search<unknown, Pages>(
      {
        index,
        size: 0,
        aggs: {
          pages: {
            composite: {
              size: bucketsPerPage,
              sources: [
                { kind: { terms: { field: 'kind' } } },
                { stretch: { histogram: { field: 'id', interval: stretchLength } } },
              ],
              ...(after && { after }),
            },
            aggs: { sum: { sum: { field: 'check' } } },
          },
        },
      },
      patient,
    );
    const { buckets, after_key } = (await answerOf(request)).aggregations!.pages;
    for (const { key, doc_count, sum } of buckets) {
      const stretch = key.stretch / stretchLength;
      found.push({ kind: kindNamed(key.kind), stretch, count: doc_count, sum: sum.value });
    }
    after = after_key;
  } while (after);
  return found;
}

/** Numbers and versions of the documents of one stretch. */
export async function indexVersions(
  client: Client,
  index: string,
  { kind, stretch }: Pick<Stretch, 'kind' | 'stretch'>,
): Promise<Map<number, number>> {
  const from = stretch * stretchLength;
  const request = client.search(
    {
      index,
      size: stretchLength,
      track_total_hits: false,
      _source: false,
      stored_fields: '_none_',
      docvalue_fields: ['id', 'version'],
      sort: ['_doc'],
      query: {
        bool: {
          filter: [{ term: { kind: documentKinds[kind] } }, { range: { id: { gte: from, lt: from + stretchLength } } }],
        },
      },
    },
    patient,
  );
  const { hits } = (await answerOf(request)).hits;
  return new Map(hits.map(({ fields }) => [fields!.id[0] as number, fields!.version[0] as number]));
}
