import { type Kysely, sql } from 'kysely';
import { tellOfPeople } from './accounts.ts';
import type { Tables } from './schema.ts';

/** How long until the next day begins in the installation's zone, by the database's clock; in milliseconds. */
export async function untilNextDay(db: Kysely<Tables>): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from (today() + 1)::timestamp at time zone time_zone - clock_timestamp()) * 1000)::float8 as ms
    from installation`.execute(db);
  return rows[0]!.ms;
}

/**
 * Tells of everybody for whom something ended with yesterday or begins today: what they may see changed by itself, without anybody
 * writing it. For when a day has begun.
 */
export async function tellOfDay(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    select person_id as id from memberships where until = today() - 1 and left_at is null
    union select person_id from relations where until = today() - 1 or since = today()
    union select id from people where own_threads_until = today() - 1 order by 1`.execute(db);
  await tellOfPeople(
    db,
    rows.map(({ id }) => id),
  );
}
