import { type Kysely, sql } from 'kysely';
import type { NoticeLevel } from '#domain/circle.ts';
import { recordChanges } from './changes.ts';
import type { Tables } from './schema.ts';
import type { Reader } from './stream-filter.ts';
import type { CircleFacts } from './stream-rows.ts';

export type NoticeLevelRow = {
  circle: CircleFacts;
  /** null: the circle as a whole. */
  thread: { id: number; title: string | null } | null;
  level: NoticeLevel;
};

/** What a reader said they want to hear, of what they may see now. */
export async function readLevels(db: Kysely<Tables>, { personId, circles }: Reader): Promise<NoticeLevelRow[]> {
  const { rows } = await sql<NoticeLevelRow>`
    select json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle, l.level,
      case when t.id is not null then json_build_object('id', t.id, 'title', coalesce(t.title, origin.title)) end as thread
    from notice_levels l join circles c on c.id = l.circle_id
    left join threads t on t.id = l.thread_id
    left join lateral (
      select coalesce(x.title, left(x.text, 120)) as title from mentions m
      join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
      where m.id = t.origin_mention_id
    ) origin on true
    where l.person_id = ${personId} and l.circle_id = any(${circles}::int[])
      and (l.thread_id = 0 or exists (select from placements p where p.thread_id = l.thread_id and p.circle_id = l.circle_id))
    order by lower(c.name), c.id, l.thread_id desc limit 500`.execute(db);
  return rows;
}

/**
 * Notes how much a reader wants to hear of a circle, or of one thread in it; null: what is usual. False, and nothing done, where they
 * may not see the circle or the thread does not stand there.
 */
export async function setLevel(
  trx: Kysely<Tables>,
  { personId, circles }: Reader,
  { circleId, threadId, level }: { circleId: number; threadId: number | null; level: NoticeLevel | null },
): Promise<boolean> {
  const { rows } = await sql`select from circles c where c.id = ${circleId} and c.id = any(${circles}::int[])
    and (${threadId}::bigint is null or exists (
      select from placements p where p.thread_id = ${threadId} and p.circle_id = c.id))`.execute(trx);
  if (rows.length === 0) return false;
  if (level === null)
    await sql`delete from notice_levels
      where person_id = ${personId} and circle_id = ${circleId} and thread_id = ${threadId ?? 0}`.execute(trx);
  else
    await sql`insert into notice_levels (person_id, circle_id, thread_id, level)
      values (${personId}, ${circleId}, ${threadId ?? 0}, ${level})
      on conflict (person_id, circle_id, thread_id) do update set level = excluded.level`.execute(trx);
  await recordChanges(trx, { people: [personId] });
  return true;
}
