import { getMigrations } from 'better-auth/db/migration';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { engineOptions } from './auth-engine.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

test('better-auth finds every table and column that it needs', async () => {
  const pool = new pg.Pool({ connectionString: fresh.url, options: '-c search_path=auth' });
  const { toBeCreated, toBeAdded } = await getMigrations(engineOptions(pool, 'x'.repeat(32), null));
  await pool.end();
  expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
});
