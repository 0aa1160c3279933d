import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Shown, stillReads } from './audiences.ts';
import { type PersonNamed, personNamed } from './badges.ts';
import { holds } from './circle-hold.ts';
import { isHome } from './homes.ts';
import { deskCircle, everyoneCircle, type Tables } from './schema.ts';
import { circlesWhere, standingsOf } from './standings.ts';
import type { CircleFacts } from './stream-rows.ts';

/** What a person may do about taking a thread from one circle to another, as it holds at this moment. */
export type MoveFacts = {
  threadId: number;
  title: string | null;
  born: 'outside' | 'inside';
  starter: PersonNamed | null;
  from: CircleFacts;
  to: CircleFacts;
  writes: boolean;
  knowsPeople: boolean;
  ended: boolean;
  muted: boolean;
  /** The thread was closed in `to`. */
  closed: boolean;
  /** `to` is about another thread and no other. */
  otherThread: boolean;
  /** Its outside stands where this person does not read. */
  homeUnseen: boolean;
  /** A host of `from`; where there are none, at the desk and among all colleagues, who answers the outside. */
  keeps: boolean;
};

export type MoveAsked = { personId: number; threadId: number; fromId: number; toId: number };

/**
 * Who may move a thread: asked of the policy table in one query. Null where there is no such thread in `from`, or one of the circles is
 * not this person's to see: to them it is not there.
 */
export async function readMoveFacts(
  db: Kysely<Tables>,
  { personId, threadId, fromId, toId }: MoveAsked,
): Promise<MoveFacts | null> {
  const ref = (alias: string) =>
    sql`json_build_object('id', ${sql.ref(`${alias}.id`)}, 'kind', ${sql.ref(`${alias}.kind`)}, 'name', ${sql.ref(`${alias}.name`)})`;
  const { rows } = await sql<MoveFacts>`
    with mine as materialized (select * from (${standingsOf(personId)}) s where ${holds('see')})
    select t.id as "threadId", coalesce(t.title, x.title) as title, t.born,
      case when t.born = 'inside' and b.id is not null then ${personNamed('b')} end as starter,
      ${ref('f')} as "from", ${ref('g')} as "to",
      (select count(*) = 2 from mine s where s.circle_id in (f.id, g.id) and ${holds('write')}) as writes,
      exists (select from mine s where s.circle_id = g.id and ${holds('people')}) as "knowsPeople",
      exists (select from circles c where c.id in (f.id, g.id)
        and (c.archived_at is not null or c.ends_on < today())) as ended,
      exists (select from memberships m where m.circle_id in (f.id, g.id) and m.person_id = ${personId}
        and m.left_at is null and m.muted_at is not null) as muted,
      exists (select from placements p where p.thread_id = t.id and p.circle_id = g.id and p.closed_at is not null) as closed,
      g.only_thread_id is not null and t.id <> (
        select coalesce(o.merged_into, o.id) from threads o where o.id = g.only_thread_id) as "otherThread",
      exists (select from placements p where p.thread_id = t.id and ${isHome('p')}
        and not p.circle_id = any(${circlesWhere('see', personId)})) as "homeUnseen",
      exists (select from mine s where s.circle_id = f.id and ${holds('host')}) or (
        f.id in (${sql.lit(deskCircle)}, ${sql.lit(everyoneCircle)})
        and exists (select from mine s where s.circle_id = ${sql.lit(deskCircle)} and ${holds('write')})) as keeps
    from threads asked join threads t on t.id = coalesce(asked.merged_into, asked.id)
    join circles f on f.id = ${fromId}::int and f.id in (select circle_id from mine)
    join circles g on g.id = ${toId}::int and g.id in (select circle_id from mine)
    join placements here on here.thread_id = t.id and here.circle_id = f.id
    left join people b on b.id = t.started_by
    left join mentions m on m.id = t.origin_mention_id
    left join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    where asked.id = ${threadId}`.execute(db);
  return rows[0] ?? null;
}

/**
 * Holds a thread and two circles to the commit, in one order: nobody comes into a circle meanwhile, and nothing joins the thread. What is asked of
 * the policy after it holds until then.
 */
export async function holdForMove(trx: Kysely<Tables>, { threadId, fromId, toId }: MoveAsked): Promise<void> {
  await sql`select from threads where id in (
    select coalesce(merged_into, id) from threads where id = ${threadId}) for update`.execute(trx);
  await sql`select from circles where id in (${fromId}::int, ${toId}::int) order by id for share`.execute(trx);
}

/** Whether who reads in a circle today is who was shown; its row is held by the caller. */
export async function isAsShown(
  trx: Kysely<Tables>,
  { circleId, audienceVersion, outsiders }: Shown & { circleId: number },
): Promise<boolean> {
  const { rows } = await sql<{ holds: boolean }>`
    select ${stillReads(sql`${circleId}::int`, sql`${audienceVersion}::int`, sql`${outsiders}::int`)} as holds`.execute(
    trx,
  );
  return rows[0]!.holds;
}

/** Whether the yes of a row `a` of thread_move_answers, or to the title of a row `m` of thread_moves, is for who reads in a circle today. */
export const yesStands = (circle: RawBuilder<unknown>) => ({
  reply: stillReads(circle, sql`a.audience_version`, sql`a.outsiders`),
  title: stillReads(circle, sql`m.title_audience_version`, sql`m.title_outsiders`),
});
