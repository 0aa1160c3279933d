import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { parseTsvector } from './tsvector-text.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

test.each([
  `'brug':3,7 'de':1A,2 'lang:nl' '~fiets'`,
  `'zee':16383`,
  `'url:x/it''s':1 '''':2 '\\\\':3 'a\\\\''b' 'z'`,
  `'één':5B '日本':4C,9`,
  '',
])('what PostgreSQL writes is read back: %s', async (text) => {
  const { rows } = await sql<{ written: string; lexemes: string[]; positions: number[][] }>`
    select v::text as written, array_agg(lexeme) filter (where lexeme is not null) as lexemes,
      json_agg(coalesce(positions, '{}')) filter (where lexeme is not null) as positions
    from (select ${text}::tsvector as v) given left join lateral unnest(v) on true group by v`.execute(fresh.db);
  const { written, lexemes, positions } = rows[0]!;
  expect([...parseTsvector(written)]).toEqual((lexemes ?? []).map((lexeme, index) => [lexeme, positions[index]]));
});
