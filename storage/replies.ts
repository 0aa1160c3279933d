import { type Kysely, type RawBuilder, sql } from 'kysely';
import { personNamed } from './badges.ts';
import type { CircleKind, Tables } from './schema.ts';
import { circlesWhere } from './standings.ts';
import type { Reader } from './stream-filter.ts';

export type ReplyFacts = {
  id: number;
  threadId: number;
  circle: { id: number; kind: CircleKind; name: string };
  person: { id: number; name: string };
  text: string;
  writtenAt: Date;
  editedAt: Date | null;
  withdrawnAt: Date | null;
  /** A host hid its words: `text` is empty but for its author and the hosts, who also get the reason. */
  hiddenAt: Date | null;
  hiddenReason: string | null;
  version: number;
};
/** A place among the replies of a thread: microseconds since 1970 and the number of the reply. */
export type ReplyPosition = { micros: bigint; id: number };

/** Replies a page. */
export const repliesEach = 200;

/** The newest 200 replies of a thread before a place, in time order; `earlier` is where the ones before them end. */
export async function readReplies(
  db: Kysely<Tables>,
  { personId, circles }: Reader,
  threadId: number,
  before: ReplyPosition | null,
): Promise<{ replies: ReplyFacts[]; earlier: ReplyPosition | null }> {
  const place = before
    ? sql`and (r.written_at, r.id) <
        (timestamptz 'epoch' + ${before.micros.toString()}::bigint * interval '1 microsecond', ${before.id}::bigint)`
    : sql``;
  const rows = await repliesWhere(
    personId,
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
  { personId, circles }: Reader,
  replyId: number,
): Promise<ReplyFacts | null> {
  const { rows } = await repliesWhere(
    personId,
    sql`r.id = ${replyId} and r.circle_id = any(${circles}::int[])`,
    1,
  ).execute(db);
  if (!rows[0]) return null;
  const { micros: _, ...reply } = rows[0];
  return reply;
}

/** Hidden words leave the database for nobody but their author and the hosts of the circle. */
function repliesWhere(
  personId: number,
  condition: RawBuilder<unknown>,
  limit: number,
): RawBuilder<ReplyFacts & { micros: string }> {
  const told = sql`(r.person_id = ${personId} or r.circle_id = any(${circlesWhere('host', personId)}))`;
  return sql`
    select r.id, r.thread_id as "threadId", json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) as circle,
      ${personNamed('p')} as person,
      case when r.hidden_at is null or ${told} then r.text else '' end as text, r.written_at as "writtenAt",
      r.edited_at as "editedAt", r.withdrawn_at as "withdrawnAt", r.version,
      case when r.withdrawn_at is null then r.hidden_at end as "hiddenAt",
      case when r.withdrawn_at is null and r.hidden_at is not null and ${told} then r.hidden_reason end as "hiddenReason",
      (extract(epoch from r.written_at) * 1000000)::bigint::text as micros
    from replies r join circles c on c.id = r.circle_id join people p on p.id = r.person_id
    where ${condition}
    order by r.written_at desc, r.id desc limit ${limit}`;
}
