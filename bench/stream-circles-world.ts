import { sql } from 'kysely';
import type { Database } from '#storage/database.ts';

/**
 * Closed circles on top of bench/stream-world.ts: every story is talked about in one of them, with a reply, some hours after it was
 * told, and in `all` as well. In `quiet` nothing was said for half a year.
 */
export async function seedCircles(
  db: Database,
  writerId: number,
  count: number,
): Promise<{ ids: number[]; quiet: number; all: number }> {
  const { rows } = await sql<{ id: number }>`
    insert into circles (kind, name) select 'closed', 'Kring ' || n from generate_series(1, ${count}::int) n returning id`.execute(
    db,
  );
  const ids = rows.map(({ id }) => id);
  const [all, quiet] = [ids.pop()!, ids.pop()!];
  const circle = sql`(${ids}::int[])[1 + (p.thread_id % ${ids.length}::int)]`;
  await sql`
    insert into placements (thread_id, circle_id, sort_at, news_at, reply_count, language, tone)
    select p.thread_id, c.id, p.sort_at + interval '2 hours', p.sort_at + interval '2 hours', 1, p.language, p.tone
    from placements p, unnest(array[${circle}, ${all}::int]) c (id) where p.circle_id = 1`.execute(db);
  await sql`
    insert into placements (thread_id, circle_id, sort_at, news_at, reply_count, language)
    select p.thread_id, ${quiet}::int, p.sort_at, p.sort_at, 1, p.language
    from placements p where p.circle_id = 1 order by p.sort_at limit 200`.execute(db);
  await sql`
    insert into replies (thread_id, circle_id, person_id, text, written_at)
    select p.thread_id, p.circle_id, ${writerId}, 'Dat hoorden wij ook van de winkeliers.', p.news_at
    from placements p where p.circle_id > 3`.execute(db);
  for (const table of ['circles', 'placements', 'replies']) await sql`vacuum analyze ${sql.table(table)}`.execute(db);
  return { ids, quiet, all };
}
