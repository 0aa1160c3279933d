import { type Kysely, sql } from 'kysely';
import { rights } from '#domain/person.ts';
import type { Tables } from './schema.ts';
import type { CircleFacts } from './stream-rows.ts';

/**
 * Whether what was said in a circle `c` can be kept by a person `p`: leaving gives back no circle that they left or were taken out of
 * before or since, nor the desk to who was not at it any more.
 */
const mayKeep = sql<boolean>`case c.kind
  when 'closed' then exists (select from memberships m where m.circle_id = c.id and m.person_id = p.id and m.left_at is null)
  when 'desk' then p.role in (${sql.join(rights.desk.map((role) => sql.lit(role)))})
  else true end`;

/**
 * Where somebody who left still reads, as rows of (thread_id, circle_id, at): each reply of theirs, whose thread still stands in the circle
 * where they wrote it, wherever their words were moved since, until the day that was agreed. Nothing for who is in, or was told to go at once.
 */
const keptBy = (personId: number) => sql`
  select r.thread_id, c.id as circle_id, r.written_at as at
  from people p join replies r on r.person_id = p.id join circles c on c.id = coalesce(r.moved_from, r.circle_id)
  join placements stands on stands.thread_id = r.thread_id and stands.circle_id = c.id
  where p.id = ${personId} and p.deactivated_at is null and p.own_threads_until >= today() and ${mayKeep}`;

/** The circles in which somebody who left still reads one thread. */
export async function keptCircles(
  db: Kysely<Tables>,
  personId: number,
  of: { threadId: number } | { mentionId: number },
): Promise<number[]> {
  const asked =
    'threadId' in of
      ? sql`select ${of.threadId}::bigint as id`
      : sql`select thread_id as id from mentions where id = ${of.mentionId}`;
  const { rows } = await sql<{ id: number }>`
    select distinct kept.circle_id as id from (${asked}) one join threads asked on asked.id = one.id
    join (${keptBy(personId)}) kept on kept.thread_id = coalesce(asked.merged_into, asked.id) order by 1`.execute(db);
  return rows.map(({ id }) => id);
}

export type KeptThread = { id: number; title: string | null; circle: CircleFacts; wroteAt: Date };

const mostKept = 200;

/** The conversations that somebody who left still reads, the last they wrote in first; `until` the last day of it. */
export async function keptThreads(
  db: Kysely<Tables>,
  personId: number,
): Promise<{ until: string | null; threads: KeptThread[] }> {
  const { rows: people } = await sql<{ until: string }>`
    select own_threads_until::text as until from people
    where id = ${personId} and deactivated_at is null and own_threads_until >= today()`.execute(db);
  if (!people[0]) return { until: null, threads: [] };
  const { rows } = await sql<KeptThread>`
    select t.id, coalesce(t.title, x.title) as title, wrote.at as "wroteAt",
      json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle
    from (
      select thread_id, circle_id, max(at) as at from (${keptBy(personId)}) kept
      group by 1, 2 order by 3 desc limit ${mostKept}
    ) wrote
    join threads t on t.id = wrote.thread_id join circles c on c.id = wrote.circle_id
    left join mentions m on m.id = t.origin_mention_id
    left join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    order by wrote.at desc, t.id desc`.execute(db);
  return { until: people[0].until, threads: rows };
}
