import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mentionDocument } from '#domain/search-document.ts';
import { tokens } from '#domain/tokens.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { tsvectorArray } from './binary-arrays.ts';
import { vectorOf } from './document-vector.ts';
import { readVector } from './tsvector-text.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

test.each([
  ['De brug', 'De brug bij de sluis blijft dicht, zegt de gemeente.', "Jan d'Arc"],
  [null, 'Alleen tekst: één 日本 ελλας', 'a\\b'],
  ['Alleen een titel', '', null],
  [null, '', null],
  ['a', 'a a a', "''"],
  ['b '.repeat(40), 'a b '.repeat(120), null],
])('a document is read back from its vector: %s', async (title, text, authorName) => {
  const document = mentionDocument({
    kind: 'article',
    sourceId: 3,
    sourceHost: null,
    url: "https://krant.example/o'brien/a%5Cb/'",
    title,
    html: null,
    text,
    authorName,
    authorHandle: "o'x\\",
    language: 'nl',
    tone: 0,
    rating: null,
    media: [],
    isEdited: false,
    sortAt: 0,
  });
  const { rows } = await sql<{ words: string }>`
    select v::text as words from unnest(${tsvectorArray([vectorOf(document, title, 7)])}::tsvector[]) v`.execute(
    fresh.db,
  );
  const read = readVector(rows[0]!.words);
  expect({ ...read, terms: read.terms.sort(), stems: read.stems.sort() }).toEqual({
    titleTokens: tokens(title ?? ''),
    textTokens: tokens(text),
    terms: [...document.terms].sort(),
    stems: [...document.stems].sort(),
  });
});
