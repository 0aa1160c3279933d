import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Tables } from './schema.ts';

export type Database = Kysely<Tables>;

// bigint as number: ids and counters stay far below 2^53. date as text: a month is a name, not an instant.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.DATE, (value) => value);
// Arrays of bigint, which the driver would read letter by letter. None of ours holds a null.
const int8Array: number = 1016;
types.setTypeParser(int8Array, (value) => JSON.parse(`[${value.slice(1, -1)}]`));

const mark = '/* prepared */';
/**
 * Put first in a query that is asked often: each connection plans it once. For queries of few shapes only (values as parameters, no
 * lists of literals), because what is prepared stays until the connection ends.
 */
export const prepared = sql.raw(mark);

const mostPrepared = 300;
const names = new Map<string, string>();
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostPrepared) return known;
  const name = `q${names.size}`;
  names.set(text, name);
  return name;
}

/**
 * A pool takes its listener off a client that it lends out. Lost between two queries of a transaction, or twice in a row (the
 * server says goodbye, then the socket breaks), such a client would end the process: whoever asks next hears of it anyway.
 */
export class LentClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((first: unknown, values?: unknown, ...rest: unknown[]) => {
      if (typeof first !== 'string' || !first.startsWith(mark)) return query(first, values, ...rest);
      return query({ name: nameOf(first), text: first }, values, ...rest);
    }) as typeof this.query;
  }
}

/**
 * Pool and query builder on one PostgreSQL. A transaction may take 30 s (or, before PostgreSQL 17, idle for 15 s): an open
 * one that has written holds up every reader of the change table. `mostMs`: how long a statement may take.
 */
export function openDatabase(
  url: string,
  options: { max: number; name: string; mostMs?: number; onError: (error: Error) => void },
): { db: Database; pool: pg.Pool } {
  const pool = new pg.Pool({
    Client: LentClient,
    connectionString: url,
    max: options.max,
    application_name: options.name,
    types,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    // What is read often is in memory: hundreds of rows by their ids are not worth reading a table for.
    options: '-c random_page_cost=1.1',
    statement_timeout: options.mostMs ?? 30_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  pool.on('error', options.onError);
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), pool };
}
