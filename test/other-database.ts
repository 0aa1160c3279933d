import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inject, onTestFinished } from 'vitest';
import { type Database, openDatabase } from '#storage/database.ts';
import { administer, withDatabase } from './database.ts';

/** A database with nothing in it, not even tables; gone after the test. */
export async function emptyDatabase(): Promise<{ url: string; db: Database }> {
  const admin = inject('postgresUrl');
  const name = `empty_${randomBytes(8).toString('hex')}`;
  await administer(admin, `create database ${name}`);
  const url = withDatabase(admin, name);
  const { db } = openDatabase(url, { max: 4, name, onError: () => undefined });
  onTestFinished(async () => {
    await db.destroy();
    await administer(admin, `drop database if exists ${name} with (force)`);
  });
  return { url, db };
}

/** Every table that holds rows of ours, as PostgreSQL names it. */
export async function allTables(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
    order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

/** The tables in which a word stands, in whatever column. */
export async function tablesWith(db: Database, word: string): Promise<string[]> {
  const found: string[] = [];
  for (const table of await allTables(db)) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.raw(table)} t where t::text ilike ${`%${word}%`}`.execute(db);
    if (rows[0]!.n > 0) found.push(table);
  }
  return found;
}
