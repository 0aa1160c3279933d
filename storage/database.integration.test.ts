import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { freshDatabase } from '#test/database.ts';

const { pool, drop } = await freshDatabase();
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
