import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '#test/database.ts';
import { prepared } from './database.ts';

const { db, pool, drop } = await freshDatabase();
afterAll(drop);

test('a connection lost between two queries of a transaction fails the next query, not the process', async () => {
  const client = await pool.connect();
  await client.query('begin');
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() pid');
  await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  // Without a listener on the lent client this is where an uncaught error would end the run.
  await sleep(100);
  await expect(client.query('select 1')).rejects.toThrow();
  client.release(true);
  expect((await pool.query('select 1 one')).rows).toEqual([{ one: 1 }]);
});

test('a statement that is marked is parsed once on a connection, whatever its values', async () => {
  await db.connection().execute(async (one) => {
    for (const value of [1, 2, 3]) {
      const { rows } = await sql<{ list: number[] }>`${prepared} select array[${value}::bigint, 7] as list`.execute(
        one,
      );
      expect(rows).toEqual([{ list: [value, 7] }]);
    }
    const { rows } = await sql`select (generic_plans + custom_plans)::int as runs from pg_prepared_statements`.execute(
      one,
    );
    expect(rows).toEqual([{ runs: 3 }]);
    expect((await sql`select '{}'::bigint[] as list`.execute(one)).rows).toEqual([{ list: [] }]);
  });
});
