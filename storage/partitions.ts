import { sql } from 'kysely';
import type { Database } from './database.ts';

/** First day of the month (UTC) in which a text was first stored: the partition that holds it, for good (decision 0001). */
export function textMonth(fetchedAt: Date): string {
  return `${fetchedAt.toISOString().slice(0, 7)}-01`;
}

const nextMonth = (month: string): string => {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return textMonth(new Date(Date.UTC(year, number, 1)));
};
const partitionName = (month: string): string => `mention_texts_${month.slice(0, 7).replace('-', '_')}`;

/** Makes the partition of a month (first day, `2026-11-01`) unless it is there. */
export function partitionStatement(month: string): string {
  return `create table if not exists ${partitionName(month)} partition of mention_texts
    for values from ('${month}') to ('${nextMonth(month)}')`;
}

/** Makes the partition of a month unless it is there; safe to call from several processes at once. */
export async function ensurePartition(db: Database, month: string): Promise<void> {
  if (!/^\d{4}-\d\d-01$/.test(month)) throw new RangeError(`no month: ${month}`);
  const name = partitionName(month);
  const { rows } = await sql`select 1 from pg_class where oid = to_regclass(${name})`.execute(db);
  if (rows.length > 0) return;
  await db.transaction().execute(async (trx) => {
    await sql`set local lock_timeout = '5s'`.execute(trx);
    await sql`select pg_advisory_xact_lock(hashtext('buitenwacht partitions'))`.execute(trx);
    await sql.raw(partitionStatement(month)).execute(trx);
  });
}

/** This month's partition and the next, so that no save ever has to wait for one. */
export async function ensurePartitions(db: Database, now: Date): Promise<void> {
  const month = textMonth(now);
  await ensurePartition(db, month);
  await ensurePartition(db, nextMonth(month));
}

/**
 * Drops partitions of past months that hold nothing any more; answers their names. A reader that is in the table makes us
 * come back another time rather than queue everyone behind us.
 */
export async function dropEmptyPartitions(db: Database, now: Date): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'mention_texts'::regclass and c.relname ~ '^mention_texts_\\d{4}_\\d{2}$'
      and c.relname < ${partitionName(textMonth(now))} order by 1`.execute(db);
  const dropped: string[] = [];
  for (const { name } of rows) {
    if (await dropIfEmpty(db, name)) dropped.push(name);
  }
  return dropped;
}

async function dropIfEmpty(db: Database, name: string): Promise<boolean> {
  const hasRows = async (from: Database) =>
    (await sql`select 1 from ${sql.table(name)} limit 1`.execute(from)).rows.length > 0;
  if (await hasRows(db)) return false;
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`set local lock_timeout = '500ms'`.execute(trx);
      await sql`lock table ${sql.table(name)} in access exclusive mode`.execute(trx);
      if (await hasRows(trx)) return false;
      await sql`drop table ${sql.table(name)}`.execute(trx);
      return true;
    });
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') return false;
    throw error;
  }
}
