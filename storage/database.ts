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
/** Begins a statement that runs all day: each connection parses it once. Its texts must be few: all are kept. */
export const prepared = sql.raw(mark);
const names = new Map<string, string>();

function nameOf(text: unknown): string | undefined {
  if (typeof text !== 'string' || !text.startsWith(mark)) return undefined;
  const name = names.get(text) ?? `prepared ${names.size + 1}`;
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
  }

  // biome-ignore lint/suspicious/noExplicitAny: the driver's ten overloads, which all come down to this.
  override query(text: any, ...rest: any[]): any {
    const name = nameOf(text);
    return super.query(name === undefined ? text : { name, text }, ...(rest as []));
  }
}

/**
 * Pool and query builder on one PostgreSQL. A transaction may take 30 s (or, before PostgreSQL 17, idle for 15 s): an open
 * one that has written holds up every reader of the change table.
 */
export function openDatabase(
  url: string,
  options: { max: number; name: string; onError: (error: Error) => void },
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
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 15_000,
  });
  pool.on('error', options.onError);
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), pool };
}
