import { type Kysely, type RawBuilder, sql } from 'kysely';
import { personNamed } from './badges.ts';
import type { CircleKind, Tables } from './schema.ts';

export type ReplyFacts = {
  id: number;
  threadId: number;
  circle: { id: number; kind: CircleKind; name: string };
  person: { id: number; name: string };
  text: string;
  writtenAt: Date;
  editedAt: Date | null;
  withdrawnAt: Date | null;
  version: number;
};
/** A place among the replies of a thread: microseconds since 1970 and the number of the reply. */
export type ReplyPosition = { micros: bigint; id: number };

/** Replies a page. */
export const repliesEach = 200;

/** The newest 200 replies of a thread before a place, in time order; `earlier` is where the ones before them end. */
export async function readReplies(
  db: Kysely<Tables>,
  circles: readonly number[],
  threadId: number,
  before: ReplyPosition | null,
): Promise<{ replies: ReplyFacts[]; earlier: ReplyPosition | null }> {
  const place = before
    ? sql`and (r.written_at, r.id) <
        (timestamptz 'epoch' + ${before.micros.toString()}::bigint * interval '1 microsecond', ${before.id}::bigint)`
    : sql``;
  const rows = await repliesWhere(
    sql`r.thread_id = ${threadId} and r.circle_id = any(${circles}::int[]) ${place}`,
    repliesEach + 1,
  ).execute(db);
  const page = rows.rows.slice(0, repliesEach);
  const first = page.at(-1);
  const earlier = rows.rows.length > repliesEach && first ? { micros: BigInt(first.micros), id: first.id } : null;
  return { replies: page.reverse().map(({ micros: _, ...reply }) => reply), earlier };
}

/** One reply in the circles, or null. */
export async function readReply(
  db: Kysely<Tables>,
  circles: readonly number[],
  replyId: number,
): Promise<ReplyFacts | null> {
  const { rows } = await repliesWhere(sql`r.id = ${replyId} and r.circle_id = any(${circles}::int[])`, 1).execute(db);
  if (!rows[0]) return null;
  const { micros: _, ...reply } = rows[0];
  return reply;
}

function repliesWhere(condition: RawBuilder<unknown>, limit: number): RawBuilder<ReplyFacts & { micros: string }> {
  return sql`
    select r.id, r.thread_id as "threadId", json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle,
      ${personNamed('p')} as person, r.text, r.written_at as "writtenAt",
      r.edited_at as "editedAt", r.withdrawn_at as "withdrawnAt", r.version,
      (extract(epoch from r.written_at) * 1000000)::bigint::text as micros
    from replies r join circles c on c.id = r.circle_id join people p on p.id = r.person_id
    where ${condition}
    order by r.written_at desc, r.id desc limit ${limit}`;
}
