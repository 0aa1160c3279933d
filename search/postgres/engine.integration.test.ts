import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyQuery } from '#test/any-query.ts';
import { anyLongDocument, anyReadDocument, searchDocumentOf } from '#test/any-read-document.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { type PlacedDocument, putDocuments } from '#test/document-rows.ts';
import { naiveMatches } from '#test/naive-match.ts';
import { seedPerson } from '#test/people.ts';
import { type Hit, mostRechecked, type Place, type Scope, TooManyToRecheckError } from '../engine.ts';
import type { Plain } from '../plain.ts';
import { createPostgresEngine } from './engine.ts';

const seed = 20_261_123;
const sizes = process.env.FULL ? { documents: 4_000, queries: 600 } : { documents: 1_500, queries: 60 };
const now = Date.UTC(2026, 10, 23);
const scopes: Scope[] = [[1, 2, 3], [1], [2, 3], [3], []].map((circles) => ({ circles }));

let fresh: FreshDatabase;
let documents: PlacedDocument[] = [];
beforeAll(async () => {
  fresh = await freshDatabase();
  await seedPerson(fresh.db);
  documents = [...anyWorld(), tooLong];
  await putDocuments(fresh.db, documents);
}, 60_000);
afterAll(() => fresh.drop());

/** PostgreSQL keeps 255 places of "ja", and the last of these 300 is the one that matters. */
const tooLong: PlacedDocument = {
  title: [],
  text: [...Array.from({ length: 300 }, () => 'ja'), 'einde'],
  terms: [],
  stems: [],
  topics: [],
  circleId: 1,
  statuses: [],
  sortAt: now - 1,
  kind: 'mention',
  id: 900_000,
  threadId: 900_000,
};

/** Documents of all circles in threads of one to many, several said at the same moment; the long ones among the newest and the oldest. */
function anyWorld(): PlacedDocument[] {
  const short = fc.sample(anyReadDocument, { seed, numRuns: sizes.documents });
  const long = fc.sample(anyLongDocument(16_500), { seed, numRuns: 12 });
  const read = [...long.slice(0, 6), ...short, ...long.slice(6)];
  const threadOf = (index: number) => 1 + ((index * 7) % Math.floor(sizes.documents / 4));
  const statuses = new Map<number, PlacedDocument['statuses']>();
  return read.map((one, index) => {
    const threadId = threadOf(index);
    if (!statuses.has(threadId)) statuses.set(threadId, one.statuses);
    return {
      ...one,
      kind: index % 5 === 0 ? 'reply' : 'mention',
      // A mention and a reply may have the same number.
      id: index % 5 === 0 ? index : index + 1,
      threadId,
      sortAt: now - Math.floor(index / 3) * 60_000,
      statuses: statuses.get(threadId)!,
    };
  });
}

const load = async (refs: readonly { kind: string; id: number }[]) =>
  refs.map(({ kind, id }) => {
    const one = documents.find((document) => document.kind === kind && document.id === id)!;
    return { kind: one.kind, id, document: searchDocumentOf(one) };
  });
const engine = () => createPostgresEngine(fresh.db, load, () => now);

const kindNumbers = { mention: 1, reply: 2 };
const newestFirst = (a: Place, b: Place) =>
  b.sortAt - a.sortAt || kindNumbers[b.kind] - kindNumbers[a.kind] || b.id - a.id;

/** Who does not see the outside sees no case, and who is not in circle 2 does not know what is discussed there. */
function naive(query: Plain, { circles }: Scope): PlacedDocument[] {
  return documents
    .filter(({ circleId }) => circles.includes(circleId))
    .filter((document) => {
      const statuses = document.statuses.filter((status) => circles.includes(status === 'discussed' ? 2 : 1));
      return naiveMatches(query, { ...document, statuses });
    })
    .sort(newestFirst);
}
const places = (hits: readonly (Hit | PlacedDocument)[]) => hits.map(({ kind, id }) => `${kind} ${id}`);
const asked = () => fc.sample(anyQuery, { seed, numRuns: sizes.queries });

async function pages(query: Plain, scope: Scope, limit: number): Promise<Hit[]> {
  const hits: Hit[] = [];
  for (let after: Place | null = null; ; after = hits.at(-1)!) {
    const page = await engine().newest(query, scope, after, limit);
    hits.push(...page);
    if (page.length < limit) return hits;
  }
}

describe(`${sizes.queries} queries over ${sizes.documents} documents (seed ${seed})`, () => {
  test(
    'find newest first what a naive reading finds, page by page, and never anything of another circle',
    async () => {
      for (const [index, query] of asked().entries()) {
        const scope = scopes[index % scopes.length]!;
        const expected = naive(query, scope);
        const limit = Math.max(7, Math.ceil(expected.length / 4));
        expect(places(await pages(query, scope, limit)), JSON.stringify(query)).toEqual(places(expected));
      }
    },
    process.env.FULL ? 600_000 : 60_000,
  );

  test('know of each thread whether it was met above a place', async () => {
    for (const query of asked().slice(0, 30)) {
      const expected = naive(query, scopes[0]!);
      if (expected.length < 4) continue;
      const above = expected[Math.floor(expected.length / 3)]!;
      const threads = [...new Set(documents.map(({ threadId }) => threadId))].slice(0, 100);
      const met = new Set(expected.filter((one) => newestFirst(one, above) < 0).map(({ threadId }) => threadId));
      const seen = await engine().seenBefore(query, scopes[0]!, threads, above);
      expect(seen.sort((a, b) => a - b)).toEqual(threads.filter((id) => met.has(id)).sort((a, b) => a - b));
    }
  });

  test(
    'count by every facet what a naive reading counts',
    async () => {
      for (const [index, query] of asked().slice(0, 40).entries()) {
        const scope = scopes[index % scopes.length]!;
        const found = naive(query, scope);
        const { total, estimated, facets } = await engine().facets(query, scope);
        expect([total, estimated], JSON.stringify(query)).toEqual([found.length, false]);
        const mentions = found.filter(({ kind }) => kind === 'mention');
        const tones = ['negative', 'neutral', 'positive', 'unclear'];
        const expected = {
          side: tally(found, ({ kind }) => [kind === 'mention' ? 'outside' : 'inside']),
          source: tally(mentions, ({ id }) => [String(7 + (id % 3))]),
          type: tally(found, ({ kind }) => [kind === 'mention' ? 'article' : 'reply']),
          topic: tally(found, ({ topics }) => topics.map(String)),
          sentiment: tally(mentions, ({ id }) => [tones[id % 4]!]),
          language: tally(mentions, () => ['nl']),
          status: tally(found, ({ statuses }) =>
            statuses.filter((status) => scope.circles.includes(status === 'discussed' ? 2 : 1)),
          ),
          circle: tally(found, ({ circleId }) => [String(circleId)]),
        };
        for (const [name, counts] of Object.entries(facets))
          expect(Object.fromEntries(counts.map(({ value, count }) => [value, count])), name).toEqual(
            expected[name as keyof typeof expected],
          );
      }
    },
    process.env.FULL ? 600_000 : 60_000,
  );
});

function tally(found: readonly PlacedDocument[], valuesOf: (one: PlacedDocument) => readonly string[]) {
  const counts: Record<string, number> = {};
  for (const value of found.flatMap(valuesOf)) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

test('a document that PostgreSQL cannot hold is looked at again, for what is there and for what is not', async () => {
  const words = ['ja', 'einde'].map((text) => ({ text, prefix: false }));
  const phrase: Plain = { kind: 'phrase', words };
  const without: Plain = {
    kind: 'and',
    of: [
      { kind: 'word', word: words[1]! },
      { kind: 'not', of: phrase },
    ],
  };
  expect(places(await engine().newest(phrase, scopes[0]!, null, 5))).toEqual(['mention 900000']);
  expect(await engine().newest(without, scopes[0]!, null, 5)).toEqual([]);
  expect(await engine().seenBefore(phrase, scopes[0]!, [900_000], { ...tooLong, id: 1 })).toEqual([900_000]);
  expect(places(await engine().best(phrase, scopes[0]!, 5))).toEqual(['mention 900000']);
  expect((await engine().facets(phrase, scopes[0]!)).total).toBe(1);
  expect((await engine().facets(without, scopes[0]!)).total).toBe(0);
});

test('best first puts words of the title before those of the text, what was typed before another form, and the newer first', async () => {
  const query: Plain = { kind: 'loose', text: 'brug', stems: ['brug'] };
  const score = (one: PlacedDocument) =>
    (one.title.includes('brug') ? 2 : 0) +
    ([...one.title, ...one.text].includes('brug') ? 1 : 0) +
    (3 * 14) / (14 + (now - one.sortAt) / 86_400_000);
  const expected = naive(query, scopes[0]!)
    .slice(0, 2_000)
    .sort((a, b) => score(b) - score(a) || newestFirst(a, b));
  expect(places(await engine().best(query, scopes[0]!, 50))).toEqual(places(expected.slice(0, 50)));
});

test('what is written as SQL or as a query of PostgreSQL is a word like any other', async () => {
  for (const text of ["'", "\\'", "x' | 'brug", '!brug', ':*', "');drop table x;--"]) {
    const query: Plain = {
      kind: 'phrase',
      words: [
        { text, prefix: false },
        { text, prefix: true },
      ],
    };
    expect(await engine().newest(query, scopes[0]!, null, 5), text).toEqual([]);
  }
});

describe('of very many documents', () => {
  const many = 100_000;
  const word = (text: string): Plain => ({ kind: 'word', word: { text, prefix: false } });
  let large: FreshDatabase;
  beforeAll(
    async () => {
      large = await freshDatabase();
      // "oud" stands in the oldest tenth only, "zeldzaam" in a hundred, "vaak" in four of five, "lang" in documents that are inexact.
      await sql`
      insert into search_documents (kind, ref, thread_id, circle_id, sort_at, source_id, type, language, tone, words, inexact, version)
      select 1, n, n, 1, timestamptz '2026-11-23' - n * interval '1 minute', n % 10, 'article', case when n % 3 = 0 then 'en' else 'nl' end,
        n % 3 - 1, array_to_tsvector(array['@1']
          || case when drawn < 32 then array['%32'] when drawn < 48 then array['%16'] when drawn < 56 then array['%8']
            when drawn < 60 then array['%4'] when drawn < 62 then array['%2'] when drawn < 63 then array['%1'] else '{}' end
          || case when n % 5 > 0 then array['vaak'] else '{}' end || case when n > ${sql.lit(many * 0.9)} then array['oud'] else '{}' end
          || case when n % 1000 = 0 then array['zeldzaam'] else '{}' end
          || case when n <= ${sql.lit(mostRechecked + 1)} then array['lang', 'zaam'] else '{}' end)
          , n <= ${sql.lit(mostRechecked + 1)}, 1
      from (select n, hashint8(n)::bigint & 255 as drawn from generate_series(1, ${sql.lit(many)}) n) n`.execute(
        large.db,
      );
      // Long ago, in a circle of its own: as many as would be looked at again in vain, each in a sample.
      await sql`
      insert into search_documents (kind, ref, thread_id, circle_id, sort_at, type, language, words, inexact, version)
      select 1, n, n, 7, '2020-01-01', 'article', 'nl', array_to_tsvector(array['@7', '%1', 'stille', 'kring']), true, 1
      from generate_series(${sql.lit(many + 1)}, ${sql.lit(many + mostRechecked + 1)}) n`.execute(large.db);
      await sql`vacuum analyze search_documents`.execute(large.db);
    },
    process.env.FULL ? 600_000 : 60_000,
  );
  afterAll(() => large.drop());

  const ask = () => createPostgresEngine(large.db, async () => []);

  test('the newest are found, however the words lie in time', async () => {
    for (const [text, first, step] of [
      ['oud', many * 0.9 + 1, 1],
      ['zeldzaam', 1_000, 1_000],
    ] as const) {
      const hits = await ask().newest(word(text), scopes[0]!, null, 60);
      expect(hits.map(({ id }) => id)).toEqual(Array.from({ length: 60 }, (_, index) => first + index * step));
      const after = { kind: 'mention', id: first, sortAt: hits[0]!.sortAt } as const;
      expect((await ask().newest(word(text), scopes[0]!, after, 1))[0]!.id).toBe(first + step);
    }
    expect((await ask().newest(word('vaak'), scopes[0]!, null, 3)).map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test('more than 50,000 hits are counted in a sample, said to be so, and within 2 %', async () => {
    const { total, estimated, facets } = await ask().facets(word('vaak'), scopes[0]!);
    expect(estimated).toBe(true);
    const truth = many * 0.8;
    // As bench/search-smart.ts reads it: the number by itself, each part as a part of all hits.
    expect(Math.abs(total - truth) / truth).toBeLessThan(0.02);
    for (const { value, count } of facets.language)
      expect(Math.abs(count / total - (value === 'nl' ? 2 / 3 : 1 / 3)), value).toBeLessThan(0.02);
    for (const { count } of facets.source) expect(Math.abs(count / total - 1 / 8)).toBeLessThan(0.02);
    expect((await ask().facets(word('oud'), scopes[0]!)).estimated).toBe(false);
  });

  test('nobody notices how much stands in a circle they are not in: not as a sample, nor as a refusal', async () => {
    const phrase: Plain = { kind: 'phrase', words: ['stille', 'kring'].map((text) => ({ text, prefix: false })) };
    for (const query of [word('stille'), phrase])
      expect(await ask().facets(query, scopes[0]!)).toMatchObject({ total: 0, estimated: false });
    expect((await ask().facets(word('stille'), { circles: [7] })).estimated).toBe(true);
    await expect(ask().facets(phrase, { circles: [7] })).rejects.toThrow(TooManyToRecheckError);
  });

  test('a question for which too many would have to be looked at again is refused', async () => {
    const phrase: Plain = {
      kind: 'phrase',
      words: [
        { text: 'lang', prefix: false },
        { text: 'zaam', prefix: false },
      ],
    };
    await expect(ask().facets(phrase, scopes[0]!)).rejects.toThrow(TooManyToRecheckError);
    await expect(ask().newest(phrase, scopes[0]!, null, 60)).rejects.toThrow(TooManyToRecheckError);
  });
});
