import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '#storage/database.ts';

export type FreshDatabase = { url: string; db: Database; pool: pg.Pool; drop: () => Promise<void> };

/** The same server's address with another database in it; works for socket addresses, which are no valid URL. */
export const withDatabase = (url: string, database: string) =>
  url.replace(/^([a-z]+:\/\/[^/?]*)(?:\/[^?]*)?/, `$1/${database}`);

/** Runs one statement outside any transaction. */
export async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** An empty, migrated database of the caller's own, for integration tests only; `drop` it in afterAll. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const admin = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(admin, `create database ${name} template ${inject('templateName')}`);
  const url = withDatabase(admin, name);
  const { db, pool } = openDatabase(url, { max: 10, name, onError: () => undefined });
  // A pool that ends no longer listens to connections that are still on their way out, when the database is dropped beneath them.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    url,
    db,
    pool,
    drop: async () => {
      await db.destroy();
      await administer(admin, `drop database if exists ${name} with (force)`);
    },
  };
}
