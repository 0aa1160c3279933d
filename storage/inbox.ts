import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type PersonNamed, personNamed } from './badges.ts';
import type { Tables } from './schema.ts';
import { type Reader, seenCircles } from './stream-filter.ts';
import type { CircleFacts } from './stream-rows.ts';

/** A place in the inbox: newest first, of one moment notices first. Microseconds since 1970. */
export type InboxPlace = { micros: bigint; isThread: boolean; id: number };
export type InboxRow = {
  isThread: boolean;
  /** Of the thread or of the notice. */
  id: number;
  kind: string;
  thread: { id: number; title: string | null } | null;
  circle: CircleFacts | null;
  person: PersonNamed | null;
  replyId: number | null;
  at: Date;
  micros: string;
  read: boolean;
  detail: Record<string, string | number | boolean | null>;
};

/** From here on people only want to know that it is much. */
const mostCounted = 100;
/** Of a circle somebody wants to hear all of, so many are news; who comes back after months has the stream. */
const mostNews = 500;

/**
 * What waits in an inbox, a row each, as `items` of (is_thread, id, kind, circle_id, at, read): notices, and threads by what `attention` and
 * the levels say, nothing of which is written when somebody replies. Everything is asked for under the circles the reader may see now. A
 * thread in which they were named stays when it is read; other news is there as long as it is news. After the `with` of `seen`.
 */
function inboxOf({ personId, circles }: Reader): RawBuilder<unknown> {
  const level = sql`(select l.level from notice_levels l where l.person_id = ${personId} and l.circle_id = p.circle_id
    and l.thread_id in (0, p.thread_id) order by l.thread_id desc limit 1)`;
  return sql`
    me as (select coalesce(inbox_read_up_to, '-infinity') as read_up_to from people where id = ${personId}),
    marked as (
      select a.thread_id, a.circle_id, c.read_up_to from attention a join seen c on c.id = a.circle_id
      where a.person_id = ${personId} and (a.follows or a.mentioned_at is not null)
      union
      select p.thread_id, p.circle_id, c.read_up_to from seen c
      join notice_levels l on l.person_id = ${personId} and l.circle_id = c.id and l.level = 'all'
      cross join lateral (
        select p.thread_id, p.circle_id from placements p
        where p.circle_id = c.id and p.news_at > c.read_up_to and (l.thread_id = 0 or p.thread_id = l.thread_id)
        order by p.news_at desc limit ${sql.lit(mostNews)}) p
    ), told as (
      select p.thread_id, p.circle_id, p.news_at, a.mentioned_at, a.follows,
        greatest(a.read_at, k.read_up_to, me.read_up_to) as read_up_to, ${level} as level
      from marked k join placements p on p.thread_id = k.thread_id and p.circle_id = k.circle_id
      cross join me
      left join attention a on a.person_id = ${personId} and a.thread_id = k.thread_id and a.circle_id = k.circle_id
    ), threads_told as (
      select thread_id, circle_id, 'mention' as kind, mentioned_at as at, mentioned_at <= read_up_to as read from told
      where mentioned_at is not null and level is distinct from 'nothing'
      union all
      select thread_id, circle_id, 'news', news_at, false from told
      where news_at > read_up_to and (level = 'all' or (level is null and follows))
        and (mentioned_at is null or mentioned_at < news_at or mentioned_at <= read_up_to)
    ), items as (
      -- Of a thread the newest that is not read, and whether you were named there comes before whether there is news.
      select true as is_thread, t.thread_id as id, t.kind, t.circle_id, t.at, t.read
      from (select distinct on (thread_id) * from threads_told
        order by thread_id, read, kind = 'mention' desc, at desc, circle_id) t
      union all
      select false, n.id, n.kind, n.circle_id, n.at, n.read_at is not null or n.at <= me.read_up_to
      from notices n cross join me
      where n.person_id = ${personId} and (n.circle_id is null or n.circle_id = any(${circles}::int[]))
        and (n.thread_id is null or exists (select from placements p where p.thread_id = n.thread_id
          and p.circle_id = any(${circles}::int[]) and p.circle_id = coalesce(n.circle_id, p.circle_id)))
    )`;
}

/** How much in a reader's inbox is not read, up to 100. */
export async function countInbox(db: Kysely<Tables>, reader: Reader): Promise<number> {
  const { rows } = await sql<{ unread: number }>`with ${seenCircles(reader)}, ${inboxOf(reader)}
    select count(*)::int as unread from (select from items where not read limit ${sql.lit(mostCounted)}) n`.execute(db);
  return rows[0]!.unread;
}

/** A page of a reader's inbox, and where the next begins. */
export async function readInbox(
  db: Kysely<Tables>,
  reader: Reader,
  { after, limit, unread = false }: { after: InboxPlace | null; limit: number; unread?: boolean | undefined },
): Promise<{ rows: InboxRow[]; next: InboxPlace | null }> {
  const { personId } = reader;
  const micros = sql`(extract(epoch from i.at) * 1000000)::bigint`;
  const later = after
    ? sql`(${micros}, i.is_thread::int, i.id) < (${after.micros.toString()}::bigint, ${Number(after.isThread)}::int, ${after.id}::bigint)`
    : sql`true`;
  const { rows } = await sql<InboxRow>`with ${seenCircles(reader)}, ${inboxOf(reader)}, page as (
      select i.*, ${micros} as micros from items i where ${later} and not (i.read and ${unread}::boolean)
      order by micros desc, i.is_thread::int desc, i.id desc limit ${limit + 1}
    )
    select i.is_thread as "isThread", i.id, i.kind, i.at, i.micros::text as micros, i.read,
      case when c.id is not null then json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) end as circle,
      case when t.id is not null then json_build_object('id', t.id, 'title', coalesce(t.title, origin.title)) end as thread,
      case when b.id is not null then ${personNamed('b')} end as person,
      coalesce(n.reply_id, said.id) as "replyId", coalesce(n.detail, '{}') as detail
    from page i
    left join notices n on not i.is_thread and n.id = i.id
    left join circles c on c.id = i.circle_id
    left join threads t on t.id = case when i.is_thread then i.id else n.thread_id end
    left join lateral (
      select coalesce(x.title, left(x.text, 120)) as title from mentions m
      join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
      where m.id = t.origin_mention_id
    ) origin on true
    left join lateral (
      select r.id, r.person_id from replies r
      where i.is_thread and r.thread_id = i.id and r.circle_id = i.circle_id and r.withdrawn_at is null and r.hidden_at is null
        and (i.kind <> 'mention' or exists (select from reply_references f
          where f.reply_id = r.id and f.kind = 'person' and f.person_id = ${personId}))
      order by r.written_at desc, r.id desc limit 1
    ) said on true
    left join people b on b.id = coalesce(n.by_person_id, said.person_id)
    order by i.micros desc, i.is_thread::int desc, i.id desc`.execute(db);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { rows: page, next: last ? { micros: BigInt(last.micros), isThread: last.isThread, id: last.id } : null };
}
