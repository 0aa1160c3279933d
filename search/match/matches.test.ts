import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Plain } from '#search/plain.ts';
import { anyQuery, anyStandingQuery, vocabulary } from '#test/any-query.ts';
import { anyLongDocument, anyReadDocument, searchDocumentOf } from '#test/any-read-document.ts';
import { naiveMatches } from '#test/naive-match.ts';
import { matches } from './matches.ts';
import { createStanding } from './standing.ts';

/** P11 (performance.md): a tenth by default. */
const pairs = process.env.FULL ? 1_000_000 : 100_000;
const documentsEach = 40;
const queriesEach = 50;
const numRuns = pairs / (documentsEach * queriesEach);

const several = <T>(one: fc.Arbitrary<T>, count: number) =>
  fc.array(one, { minLength: count, maxLength: count, size: 'max' });
const anyDocument = fc.oneof(
  { weight: 200, arbitrary: anyReadDocument },
  { weight: 1, arbitrary: anyLongDocument(17_000) },
);

test('the vocabulary of these tests is made of tokens', () => {
  const { words } = searchDocumentOf({
    title: [],
    text: vocabulary,
    terms: [],
    stems: [],
    sortAt: 0,
    topics: [],
    circleId: 1,
    statuses: [],
  });
  expect([...words.keys()]).toEqual([...vocabulary]);
});

test(`the matcher answers what the query means, for ${pairs} pairs`, { timeout: 600_000 }, () => {
  let held = 0;
  fc.assert(
    fc.property(several(anyDocument, documentsEach), several(anyQuery, queriesEach), (documents, queries) => {
      for (const document of documents) {
        const stored = searchDocumentOf(document);
        for (const query of queries) {
          const expected = naiveMatches(query, document);
          held += expected ? 1 : 0;
          if (matches(query, stored, document) !== expected) fail(query, document.text, expected);
        }
      }
    }),
    { numRuns },
  );
  // Both answers must occur often, or nothing was asked.
  expect(held).toBeGreaterThan(pairs / 5);
  expect(held).toBeLessThan((pairs * 4) / 5);
});

test(`standing queries give what each gives alone, for ${pairs} pairs, while they come and go`, {
  timeout: 600_000,
}, () => {
  fc.assert(
    fc.property(
      several(anyDocument, documentsEach),
      several(anyStandingQuery, queriesEach),
      several(fc.record({ id: fc.nat(queriesEach - 1), by: fc.option(anyStandingQuery) }), documentsEach),
      (documents, queries, changes) => {
        const standing = createStanding(queries.map((plain, id) => ({ id, plain })));
        const present = new Map(queries.map((plain, id) => [id, plain]));
        for (const [i, document] of documents.entries()) {
          const expected = [...present].filter(([, plain]) => naiveMatches(plain, document)).map(([id]) => id);
          expect(standing.match(searchDocumentOf(document))).toEqual(expected.sort((a, b) => a - b));
          expect(standing.size).toBe(present.size);
          const { id, by } = changes[i]!;
          if (by) {
            standing.add({ id, plain: by });
            present.set(id, by);
          } else {
            standing.remove(id);
            present.delete(id);
          }
        }
      },
    ),
    { numRuns },
  );
});

function fail(query: Plain, text: readonly string[], expected: boolean): never {
  throw new Error(`${JSON.stringify(query)} should ${expected ? '' : 'not '}hold of: ${text.slice(0, 60).join(' ')}`);
}
