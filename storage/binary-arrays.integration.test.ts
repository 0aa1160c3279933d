import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { searchWords, tokens } from '#domain/tokens.ts';
import { freshDatabase } from '#test/database.ts';
import { textArray, tsvector, tsvectorArray, type Vector } from './binary-arrays.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let pool: pg.Pool;
beforeAll(async () => {
  database = await freshDatabase();
  pool = database.pool;
});
afterAll(() => database.drop());

const vector = (words: Vector['words'], given: Partial<Vector> = {}): Vector => ({
  words,
  titleEnd: 0,
  lexemes: [],
  ...given,
});

const matches = async (vectors: Buffer, query: string) =>
  (await pool.query('select ($1::tsvector[])[1] @@ $2::tsquery as yes', [vectors, query])).rows[0].yes;

test('texts arrive as they are, and nothing as nothing', async () => {
  const texts = ['', null, 'a"b\\c,{}\n', 'één ﬁets 🚲', 'NULL', 'x'.repeat(100_000)];
  for (const list of [texts, ['whole'], []]) {
    const { rows } = await pool.query('select x from unnest($1::text[]) with ordinality u (x, n) order by n', [
      textArray(list),
    ]);
    expect(rows.map(({ x }) => x)).toEqual(list);
  }
});

test('each vector of an array is what its words say', async () => {
  const words = new Map([
    ['b', [3, 700]],
    ['één', [1]],
    ['a', []],
  ]);
  const vectors = tsvectorArray([vector(words), vector(new Map())]);
  const { rows } = await pool.query('select x::text from unnest($1::tsvector[]) u (x)', [vectors]);
  expect(rows.map(({ x }) => x)).toEqual(["'a' 'b':3,700 'één':1", '']);
});

test('the words of a title have weight A, and lexemes beside the words no place at all', async () => {
  const words = new Map([
    ['brug', [2, 103]],
    ['open', [1]],
  ]);
  const one = tsvector(vector(words, { titleEnd: 2, lexemes: [':lang:nl', '~brugg'] }));
  const { rows } = await pool.query('select $1::tsvector::text as x', [one]);
  expect(rows[0].x).toBe("':lang:nl' 'brug':2A,103 'open':1A '~brugg'");
});

test('PostgreSQL reads every vector, with a lexeme for each word', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      async (title, text) => {
        const vectors = tsvectorArray([vector(searchWords(title, text).positions)]);
        const { rows } = await pool.query('select length(($1::tsvector[])[1]) as words', [vectors]);
        expect(rows[0].words).toBe(new Set([...tokens(title), ...tokens(text)]).size);
      },
    ),
    { numRuns: 200 },
  );
});

test('a phrase is found in title and in text, never from one into the other', async () => {
  const vectors = tsvectorArray([vector(searchWords('De brug is open', 'Voor fietsers en voetgangers').positions)]);
  expect(await matches(vectors, "'brug' <-> 'is'")).toBe(true);
  expect(await matches(vectors, "'en' <-> 'voetgangers'")).toBe(true);
  expect(await matches(vectors, "'open' <-> 'voor'")).toBe(false);
});

test('the longest documents and the most different words fit', async () => {
  const hanzi = (i: number) => String.fromCodePoint(0x4e00 + (i % 20_000), 0x4e00 + Math.floor(i / 20_000));
  const documents = [
    'a b '.repeat(64_000),
    Array.from({ length: 120_000 }, (_, i) => hanzi(i)).join(' '),
    Array.from({ length: 60_000 }, (_, i) => `w${i}`).join(' '),
    '㍿'.repeat(80_000),
    Array.from({ length: 20_000 }, (_, i) => `${'㌀'.repeat(3)}${hanzi(i)}`).join(' '),
  ];
  for (const text of documents) {
    const { positions, inexact } = searchWords(null, text);
    const vectors = tsvectorArray([vector(positions)]);
    const { rows } = await pool.query('select length(($1::tsvector[])[1]) as words', [vectors]);
    expect(rows[0].words).toBeGreaterThan(0);
    if (tokens(text).length > 16_000) expect(inexact).toBe(true);
  }
});
