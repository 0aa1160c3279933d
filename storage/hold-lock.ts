import { sql } from 'kysely';
import type { Database } from './database.ts';

/** Numbers of locks that one process holds for as long as it does something; nobody else takes them. */
export const sessionLocks = { indexer: 0x6275_6976, indexBuilder: 0x6275_6977 } as const;

/**
 * Does `work` while this process alone holds a lock, on one connection of the pool that goes with it: when that breaks, the lock is
 * lost and so is everything asked through `held`. Answers false, without having done anything, when somebody else holds it.
 */
export async function whileHolding(
  db: Database,
  lock: keyof typeof sessionLocks,
  work: (held: Database) => Promise<void>,
): Promise<boolean> {
  return await db.connection().execute(async (held) => {
    const { rows } = await sql<{ got: boolean }>`
      select pg_try_advisory_lock(${sessionLocks[lock]}::bigint) as got`.execute(held);
    if (!rows[0]!.got) return false;
    try {
      await work(held);
    } finally {
      // A connection that broke has let go of it already.
      await sql`select pg_advisory_unlock(${sessionLocks[lock]}::bigint)`.execute(held).catch(() => undefined);
    }
    return true;
  });
}
