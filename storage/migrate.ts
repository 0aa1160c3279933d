import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

const folder = join(import.meta.dirname, 'migrations');
// Any number that nobody else takes: one migration at a time per database.
export const migrationLock = 0x6275_6974;

const migrationsTable =
  'create table if not exists migrations (name text primary key, at timestamptz not null default now())';

/** The migrations that this version knows, in their order. */
export async function migrationNames(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
}

/** Does one migration and notes that it is done, in the caller's transaction. */
export async function applyMigration(client: pg.Client, name: string): Promise<void> {
  await client.query(migrationsTable);
  await client.query(await readFile(join(folder, name), 'utf8'));
  await client.query('insert into migrations (name) values ($1)', [name]);
}

/**
 * Brings a database to the newest schema: each file of `migrations/` once, in order, each in its own transaction. Safe to
 * call from several processes at once. Throws when the database knows a migration that this version does not.
 */
export async function migrate(url: string): Promise<void> {
  const names = await migrationNames();
  const client = new pg.Client({ connectionString: url, application_name: 'buitenwacht migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query(migrationsTable);
    const done = new Set(
      (await client.query<{ name: string }>('select name from migrations')).rows.map((row) => row.name),
    );
    const unknown = [...done].filter((name) => !names.includes(name));
    if (unknown.length > 0)
      throw new Error(`The database was made by a newer version (${unknown.join(', ')}); upgrade Buitenwacht.`);
    for (const name of names.filter((candidate) => !done.has(candidate))) {
      await client.query('begin');
      await applyMigration(client, name);
      await client.query('commit');
    }
    await client.query('insert into installation (secret) values ($1) on conflict do nothing', [randomBytes(32)]);
  } finally {
    // Ending the session rolls back what is open and frees the lock.
    await client.end();
  }
}
