import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { SearchDocument } from '#domain/search-document.ts';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { isText, termLexeme, tsquery } from '#search/postgres/tsquery.ts';
import type { MatchWorld } from './match-world.ts';

export type PostgresScan = { match: (document: SearchDocument) => Promise<number[]>; close: () => Promise<void> };

/** The same queries as rows of tsquery, all tried on each document: what PostgreSQL has for standing queries. */
export async function startPostgresScan(queries: MatchWorld['queries']): Promise<PostgresScan> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-match-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, log: createLog('error') });
  const client = new pg.Client({ connectionString: postgres.url });
  const close = async () => {
    await client.end();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await client.connect();
    await client.query('create table standing (id integer primary key, query tsquery not null)');
    const texts = queries.map(({ plain }) => {
      if (!isText(plain)) throw new Error('The bench asks only what a tsvector answers');
      return tsquery(plain);
    });
    const ids = queries.map(({ id }) => id);
    await client.query('insert into standing select * from unnest($1::int[], $2::tsquery[])', [ids, texts]);
    await client.query('vacuum analyze standing');
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async match(document) {
      const { rows } = await client.query<{ id: number }>({
        name: 'scan',
        text: 'select id from standing where $1::tsvector @@ query order by id',
        values: [vectorText(document)],
      });
      return rows.map(({ id }) => id);
    },
    close,
  };
}

function vectorText({ words, terms }: SearchDocument): string {
  const lexemes = terms.map((term) => `'${termLexeme(term)}'`);
  for (const [word, positions] of words) lexemes.push(`'${word}':${positions.join()}`);
  return lexemes.join(' ');
}
