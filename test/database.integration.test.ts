import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from './database.ts';

const one = await freshDatabase();
const other = await freshDatabase();
afterAll(async () => {
  await one.drop();
  await other.drop();
});

test('a fresh database is migrated and nobody else sees what is written in it', async () => {
  await sql`insert into hosts (host_key) values ('example.nl')`.execute(one.db);
  const { rows } = await other.pool.query('select count(*)::int n from hosts');
  expect(rows).toEqual([{ n: 0 }]);
});

test('the template carries the secret of the installation', async () => {
  const { rows } = await one.pool.query('select length(secret) n from installation');
  expect(rows).toEqual([{ n: 32 }]);
});
