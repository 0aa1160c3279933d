import { type Kysely, sql } from 'kysely';
import { deskCircle, outsideCircle, type Tables } from './schema.ts';

/**
 * Brings the circles of mentions' search documents up to date: the home of their thread, and every further circle in which it stands
 * and which adds a reader. All who see an outside at home see it everywhere; a closed or public circle adds its people, an internal one adds
 * colleagues to a thread of the desk. Answers the mentions whose documents changed, each with a new version: they go into the change table.
 * Threads that stand at home only cost one look.
 */
export async function settleMentionCircles(trx: Kysely<Tables>, threadIds: readonly number[]): Promise<number[]> {
  if (threadIds.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    with threads as materialized (
      select t.id, h.circle_id as home, a.also
      from unnest(${[...new Set(threadIds)]}::bigint[]) t (id)
      join placements h on h.thread_id = t.id and (h.circle_id = ${sql.lit(outsideCircle)} or h.home)
      cross join lateral (
        select array_agg(p.circle_id order by p.circle_id) as also from placements p join circles c on c.id = p.circle_id
        where p.thread_id = t.id and p.circle_id <> h.circle_id
          and (c.kind in ('closed', 'public') or (c.kind = 'internal' and h.circle_id = ${sql.lit(deskCircle)}))
      ) a
    ), wanted as materialized (
      select d.ref, t.home, t.also from threads t join search_documents d on d.thread_id = t.id and d.kind = 1
      where d.circle_id <> t.home or d.also is distinct from t.also
    ), raised as (
      update mentions m set version = m.version + 1
      from (select id from mentions where id in (select ref from wanted) order by id for update) l
      where m.id = l.id returning m.id, m.version
    )
    update search_documents d set circle_id = w.home, also = w.also, version = r.version,
      words = ts_delete(d.words, array(select '@' || old from unnest(d.circle_id || coalesce(d.also, '{}')) old))
        || array_to_tsvector(array(select '@' || circle from unnest(w.home || coalesce(w.also, '{}')) circle))
    from wanted w join raised r on r.id = w.ref where d.kind = 1 and d.ref = w.ref returning d.ref as id`.execute(trx);
  return rows.map(({ id }) => id);
}
