import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

const windowMinutes = 15;

export type Limit = { key: Buffer; most: number };

/**
 * Notes an attempt under each key and answers whether it may be made: at most `most` in a quarter of an hour each. Counted before
 * the attempt, so that many at the same moment do not slip through; the locks are taken in order and end with the statement.
 */
export async function mayAttempt(db: Database, limits: readonly Limit[]): Promise<boolean> {
  // Whoever is over the limit costs one look, and holds nobody up.
  if (await isFull(db, limits)) return false;
  return await db.transaction().execute(async (trx) => {
    const ordered = [...limits].sort((a, b) => a.key.compare(b.key));
    for (const { key } of ordered) await sql`select pg_advisory_xact_lock(${key.readBigInt64BE(0)})`.execute(trx);
    if (await isFull(trx, ordered)) return false;
    for (const { key } of ordered) await sql`insert into sign_in_attempts (key) values (${key})`.execute(trx);
    return true;
  });
}

async function isFull(db: Kysely<Tables>, limits: readonly Limit[]): Promise<boolean> {
  for (const { key, most } of limits) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from sign_in_attempts
      where key = ${key} and at > now() - ${windowMinutes} * interval '1 minute'`.execute(db);
    if (rows[0]!.count >= most) return true;
  }
  return false;
}

/** The right password ends the count of this key. */
export async function forgetAttempts(db: Database, key: Buffer): Promise<void> {
  await sql`delete from sign_in_attempts where key = ${key}`.execute(db);
}

/** One attempt under this key does not count after all. */
export async function takeBackAttempt(db: Database, key: Buffer): Promise<void> {
  await sql`delete from sign_in_attempts where ctid = (
    select ctid from sign_in_attempts where key = ${key} order by at desc limit 1)`.execute(db);
}

/** Lets go of attempts that count no more; answers how many. */
export async function forgetOldAttempts(db: Database): Promise<number> {
  const answer =
    await sql`delete from sign_in_attempts where at < now() - ${windowMinutes} * interval '1 minute'`.execute(db);
  return Number(answer.numAffectedRows ?? 0);
}
