import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

/** As long as an item may stay away and be known again. */
const keepDays = 30;

/** Which of these keys (storage/keys.ts) were looked at before and not kept; those that are seen again are kept in mind. */
export async function whichNotKept(db: Database, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const { rows } = await sql<{ key: string; isOld: boolean }>`
    select u.key, n.seen_on < current_date as "isOld"
    from unnest(${keys}::text[]) u (key) join not_kept n on n.key = decode(u.key, 'hex')`.execute(db);
  const old = rows.filter(({ isOld }) => isOld).map(({ key }) => key);
  if (old.length > 0)
    await sql`update not_kept n set seen_on = current_date from (
        select n.key from unnest(${old}::text[]) u (key) join not_kept n on n.key = decode(u.key, 'hex')
        order by n.key for update skip locked) l
      where n.key = l.key`.execute(db);
  return new Set(rows.map(({ key }) => key));
}

/** Notes what was looked at and not kept. */
export async function storeNotKept(trx: Kysely<Tables>, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await sql`
    insert into not_kept (key) select decode(u.key, 'hex') from unnest(${keys}::text[]) u (key)
    order by 1 on conflict do nothing`.execute(trx);
}

/** Lets go of what no source has shown for a month. */
export async function forgetNotKept(db: Database): Promise<void> {
  await sql`delete from not_kept where seen_on < current_date - ${keepDays}::int`.execute(db);
}
