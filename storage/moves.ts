import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type PersonNamed, personNamed } from './badges.ts';
import { yesStands } from './move-rights.ts';
import type { Tables } from './schema.ts';
import { circlesWhere } from './standings.ts';
import type { Reader } from './stream-filter.ts';
import type { CircleFacts } from './stream-rows.ts';

export type MoveRow = {
  id: number;
  threadId: number;
  title: string | null;
  state: 'asking' | 'done' | 'cancelled';
  from: CircleFacts;
  to: CircleFacts;
  /** Whether this reader sees `to`. */
  toSeen: boolean;
  person: PersonNamed;
  madeAt: Date;
  doneAt: Date | null;
  wider: boolean;
  /** Who began the conversation inside, and whether they agree that its title goes; null of a story from outside. */
  starter: PersonNamed | null;
  titleAgrees: boolean | null;
  /** The reader moves it, or keeps the circle it comes from: they see all of it. */
  whole: boolean;
  isHost: boolean;
  /** Of how many others an answer is awaited. */
  waiting: number;
};

/** A reply in a move, as it stands now. */
export type MoveReplyRow = {
  id: number;
  circleId: number;
  person: PersonNamed;
  text: string;
  writtenAt: Date;
  /** Hidden or withdrawn. */
  kept: boolean;
  version: number;
  agreedVersion: number;
  agrees: boolean | null;
};

/** What was answered, as it counts: while it is asked, a yes for fewer readers than there are now is none (askAgain, move-writes.ts). */
const stands = yesStands(sql`m.to_circle_id`);
const agrees = sql`case when m.state = 'asking' and m.wider and a.agrees and a.person_id <> m.made_by and not ${stands.reply}
  then null else a.agrees end`;
const titleAgrees = sql`case when m.state = 'asking' and m.wider and m.title_agrees and not ${stands.title}
  then null else m.title_agrees end`;

/** At most so many replies of a move are told. */
export const mostMoveReplies = 500;

/** One move, for who makes it, who is asked and who keeps the circle it comes from, where they read that circle and the thread; or null. */
export async function readMove(db: Kysely<Tables>, reader: Reader, moveId: number): Promise<MoveRow | null> {
  return (await movesWhere(db, reader, sql`m.id = ${moveId}`))[0] ?? null;
}

/** The moves of a thread under way, of which a reader may know. */
export async function readMovesOf(db: Kysely<Tables>, reader: Reader, threadId: number): Promise<MoveRow[]> {
  return await movesWhere(
    db,
    reader,
    sql`m.state = 'asking' and m.thread_id in (select ${threadId}::bigint union select id from threads where merged_into = ${threadId})`,
  );
}

async function movesWhere(
  db: Kysely<Tables>,
  { personId, circles }: Reader,
  which: RawBuilder<unknown>,
): Promise<MoveRow[]> {
  const { rows } = await sql<MoveRow>`
    with hosted as materialized (select ${circlesWhere('host', personId)} as circles)
    select m.id, t.id as "threadId", coalesce(t.title, x.title) as title, m.state, m.made_at as "madeAt",
      m.done_at as "doneAt", m.wider, ${titleAgrees} as "titleAgrees",
      json_build_object('id', f.id, 'kind', f.kind, 'name', f.name) as "from",
      json_build_object('id', g.id, 'kind', g.kind, 'name', g.name) as "to",
      g.id = any(${circles}::int[]) as "toSeen", ${personNamed('p')} as person,
      case when t.born = 'inside' and b.id is not null then ${personNamed('b')} end as starter,
      m.made_by = ${personId} or f.id = any(hosted.circles) as whole, f.id = any(hosted.circles) as "isHost",
      (select count(*)::int from (
        select a.person_id from thread_move_answers a where a.move_id = m.id and ${agrees} is null
        union select t.started_by where t.born = 'inside' and ${titleAgrees} is null
      ) silent where m.wider and silent.person_id <> m.made_by) as waiting
    from thread_moves m cross join hosted
    join threads asked on asked.id = m.thread_id join threads t on t.id = coalesce(asked.merged_into, asked.id)
    join circles f on f.id = m.from_circle_id join circles g on g.id = m.to_circle_id
    join people p on p.id = m.made_by left join people b on b.id = t.started_by
    left join mentions o on o.id = t.origin_mention_id
    left join mention_texts x on x.mention_id = o.id and x.month = o.text_month and x.edition = 0
    where ${which} and f.id = any(${circles}::int[])
      and exists (select from placements s where s.thread_id = t.id and s.circle_id = any(${circles}::int[]))
      and (m.made_by = ${personId} or f.id = any(hosted.circles)
        or (m.wider and (t.born = 'inside' and t.started_by = ${personId} or exists (
          select from thread_move_answers a where a.move_id = m.id and a.person_id = ${personId}))))
    order by m.id desc limit 50`.execute(db);
  return rows;
}

/** The replies of a move in time order, at most 500: all of them, or those of one person. */
export async function readMoveReplies(
  db: Kysely<Tables>,
  moveId: number,
  onlyOf: number | null,
): Promise<MoveReplyRow[]> {
  const { rows } = await sql<MoveReplyRow>`
    select r.id, r.circle_id as "circleId", ${personNamed('p')} as person, r.text, r.written_at as "writtenAt",
      r.withdrawn_at is not null or r.hidden_at is not null as kept, r.version, a.reply_version as "agreedVersion",
      ${agrees} as agrees
    from thread_move_answers a join thread_moves m on m.id = a.move_id join replies r on r.id = a.reply_id
    join people p on p.id = r.person_id
    where a.move_id = ${moveId} ${onlyOf === null ? sql`` : sql`and a.person_id = ${onlyOf}`}
    order by r.written_at, r.id limit ${mostMoveReplies}`.execute(db);
  return rows;
}

/** What was said of a thread in one circle, in time order, at most the first 500, and how much that is; none of it agreed to. */
export async function repliesToMove(
  db: Kysely<Tables>,
  threadId: number,
  circleId: number,
): Promise<{ replies: MoveReplyRow[]; count: number }> {
  const { rows } = await sql<MoveReplyRow & { count: number }>`
    select r.id, r.circle_id as "circleId", ${personNamed('p')} as person, r.text, r.written_at as "writtenAt",
      r.withdrawn_at is not null or r.hidden_at is not null as kept, r.version, r.version as "agreedVersion",
      null::boolean as agrees, count(*) over ()::int as count
    from replies r join people p on p.id = r.person_id
    where r.thread_id = ${threadId} and r.circle_id = ${circleId} order by r.written_at, r.id limit ${mostMoveReplies}`.execute(
    db,
  );
  return { replies: rows.map(({ count: _, ...row }) => row), count: rows[0]?.count ?? 0 };
}

/** Whose words a thread holds in one circle: how many replies of each person are live and not hidden. */
export async function authorsToMove(
  db: Kysely<Tables>,
  threadId: number,
  circleId: number,
): Promise<{ person: PersonNamed; replies: number }[]> {
  const { rows } = await sql<{ person: PersonNamed; replies: number }>`
    select ${personNamed('p')} as person, n.replies from (
      select person_id, count(*)::int as replies from replies
      where thread_id = ${threadId} and circle_id = ${circleId} and withdrawn_at is null and hidden_at is null
      group by person_id
    ) n join people p on p.id = n.person_id order by lower(p.name), p.id`.execute(db);
  return rows;
}
