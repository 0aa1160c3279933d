import { sql } from 'kysely';
import type { Database } from './database.ts';
import type { CircleFacts } from './stream-rows.ts';

/** These circles with what they are called. */
export async function circlesNamed(db: Database, circles: readonly number[]): Promise<CircleFacts[]> {
  const { rows } = await sql<CircleFacts>`
    select id, kind, name from circles where id = any(${circles}::int[]) order by lower(name), id`.execute(db);
  return rows;
}
