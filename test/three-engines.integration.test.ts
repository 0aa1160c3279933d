import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendBulk } from '#search/elasticsearch/bulk.ts';
import { createElasticsearchEngine } from '#search/elasticsearch/engine.ts';
import { makeIndex, refresh } from '#search/elasticsearch/indices.ts';
import { indexNames } from '#search/elasticsearch/names.ts';
import type { SearchEngine } from '#search/engine.ts';
import { matches } from '#search/match/matches.ts';
import type { Plain } from '#search/plain.ts';
import { createPostgresEngine } from '#search/postgres/engine.ts';
import { anyQuery, vocabulary } from './any-query.ts';
import { anyLongDocument, anyReadDocument, searchDocumentOf } from './any-read-document.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type PlacedDocument, putDocuments } from './document-rows.ts';
import { elasticsearchUrl, type FreshIndices, freshIndices } from './elasticsearch.ts';
import { naiveMatches } from './naive-match.ts';
import { seedPerson } from './people.ts';

/**
 * One query language, three compilations (design section 8): for random documents and queries, the matcher in memory, PostgreSQL and
 * Elasticsearch give one answer, that of a naive reading. SEED repeats a run; without it every run asks something else.
 */
const seed = process.env.SEED ? Number(process.env.SEED) : Date.now() % 2 ** 31;
const sizes = process.env.FULL ? { short: 800, long: 24, queries: 2_500 } : { short: 290, long: 8, queries: 200 };
/** Whatever the seed: a word that stands too often, and words where PostgreSQL clamps every position to one. */
const [often, beyond] = fc.sample(anyReadDocument, { seed, numRuns: 2 });
const row = (words: readonly string[], times: number) => Array.from({ length: times }, () => words).flat();
const documents: PlacedDocument[] = [
  { ...often!, text: row(['de', 'brug', ...often!.text], 300) },
  { ...beyond!, text: [...row(['vulling'], 16_375), ...row(vocabulary, 3), ...beyond!.text] },
  ...fc.sample(anyLongDocument(19_000), { seed, numRuns: sizes.long }),
  ...fc.sample(anyReadDocument, { seed, numRuns: sizes.short }),
].map((document, index) => ({
  also: [],
  ...document,
  kind: index % 4 === 0 ? 'reply' : 'mention',
  id: index + 1,
  threadId: index + 1,
}));
const stored = documents.map(searchDocumentOf);
const scope = { circles: [1, 2, 3] };
const pairs = documents.length * sizes.queries;

/** Each query of the run, asked of an engine; a difference is shrunk to the smallest query that still differs. */
async function holds(ask: (query: Plain) => Promise<number[]> | number[]): Promise<void> {
  const property = fc.asyncProperty(anyQuery, async (query) => {
    const expected = documents.filter((document) => naiveMatches(query, document)).map(({ id }) => id);
    const found = [...(await ask(query))].sort((a, b) => a - b);
    const differing = [...expected, ...found].filter((id) => expected.includes(id) !== found.includes(id));
    expect(found.length, `${JSON.stringify(query)}: an answer has each document once`).toBe(new Set(found).size);
    expect(differing.map(shown), JSON.stringify(query)).toEqual([]);
  });
  await fc.assert(property, { seed, numRuns: sizes.queries });
}
const idsFrom = (engine: SearchEngine) => async (query: Plain) =>
  (await engine.newest(query, scope, null, documents.length)).map(({ id }) => id);
const shown = (id: number) => {
  const { title, text, ...rest } = documents[id - 1]!;
  return { ...rest, title, words: text.length, text: text.slice(0, 60).join(' ') };
};

describe(`${pairs} pairs of a document and a query (SEED=${seed})`, { timeout: 600_000 }, () => {
  test('have documents that PostgreSQL cannot hold: a word above 255 times, more than 16,000 words', () => {
    expect(stored.filter((document) => document.inexact).length).toBeGreaterThan(1);
    expect(stored[0]!.words.get('brug')!.length).toBeGreaterThan(255);
    expect(stored[1]!.words.get('fiets')!.at(-1)).toBeGreaterThan(16_383);
  });

  test('give in memory what a naive reading gives', async () => {
    await holds((query) => documents.filter((one, i) => matches(query, stored[i]!, one)).map(({ id }) => id));
  });

  describe('in PostgreSQL', () => {
    let fresh: FreshDatabase;
    beforeAll(async () => {
      fresh = await freshDatabase();
      await seedPerson(fresh.db);
      await putDocuments(fresh.db, documents);
    });
    afterAll(() => fresh.drop());

    test('give the same', async () => {
      const load = async (refs: readonly { kind: PlacedDocument['kind']; id: number }[]) =>
        refs.map(({ kind, id }) => ({ kind, id, document: stored[id - 1]! }));
      await holds(idsFrom(createPostgresEngine(fresh.db, load)));
    });
  });

  describe.skipIf(!elasticsearchUrl)('in Elasticsearch (ELASTICSEARCH_URL)', () => {
    let indices: FreshIndices;
    beforeAll(async () => {
      indices = freshIndices();
      const index = await makeIndex(indices.client, indices.prefix, 'living');
      const entries = documents.map((one) => ({ document: indexed(one) }));
      const report = await sendBulk(indices.client, indexNames(indices.prefix).write, entries);
      expect(report).toMatchObject({ written: documents.length, refused: [] });
      await refresh(indices.client, index);
    });
    afterAll(() => indices.drop());

    test('give the same', async () => {
      await holds(idsFrom(createElasticsearchEngine({ client: indices.client, prefix: indices.prefix })));
    });
  });
});

/** As the indexer sends it. */
const indexed = ({ title, text, statuses, ...document }: PlacedDocument) => ({
  also: [],
  ...document,
  titleTokens: title,
  textTokens: text,
  home: 1,
  sourceId: null,
  type: 'article',
  language: null,
  tone: null,
  caseState: statuses.find((status) => status !== 'discussed') ?? null,
  discussedIn: statuses.includes('discussed') ? [2] : [],
  version: 1,
});
