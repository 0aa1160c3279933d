import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '#test/database.ts';
import { tokens, tsvectorLiteral } from './tokens.ts';

let database: Awaited<ReturnType<typeof freshDatabase>>;
let pool: pg.Pool;
beforeAll(async () => {
  database = await freshDatabase();
  pool = database.pool;
});
afterAll(() => database.drop());

const matches = async (literal: string, query: string) =>
  (await pool.query('select $1::tsvector @@ $2::tsquery as yes', [literal, query])).rows[0].yes;

test('PostgreSQL reads every literal, with a lexeme for each word', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      async (title, text) => {
        const { literal } = tsvectorLiteral(title, text);
        const { rows } = await pool.query('select length($1::tsvector) as words', [literal]);
        expect(rows[0].words).toBe(new Set([...tokens(title), ...tokens(text)]).size);
      },
    ),
    { numRuns: 200 },
  );
});

test('a phrase is found in title and in text, never from one into the other', async () => {
  const { literal } = tsvectorLiteral('De brug is open', 'Voor fietsers en voetgangers');
  expect(await matches(literal, "'brug' <-> 'is'")).toBe(true);
  expect(await matches(literal, "'en' <-> 'voetgangers'")).toBe(true);
  expect(await matches(literal, "'open' <-> 'voor'")).toBe(false);
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
    const { literal, inexact } = tsvectorLiteral(null, text);
    const { rows } = await pool.query('select length($1::tsvector) as words', [literal]);
    expect(rows[0].words).toBeGreaterThan(0);
    if (tokens(text).length > 16_000) expect(inexact).toBe(true);
  }
});
