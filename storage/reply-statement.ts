import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import { rowsWith } from '#domain/circle.ts';
import { outsidersOf } from './audiences.ts';
import { isHome } from './homes.ts';
import { type CircleKind, changeKinds } from './schema.ts';
import { standingsOf } from './standings.ts';

/** What the statement answers; no row at all when there is no such thread or circle for this person. */
export type PlacedRow = {
  threadId: number;
  circleKind: CircleKind;
  circleName: string;
  /** Why nothing may be said here, or null. */
  refused: ReplyRefusal | null;
  /** Whether the thread stood in the circle before. */
  placed: boolean;
  /** null: nothing was written. */
  id: number | null;
  at: Date | null;
};

/** Why a reply finds no place where its writer sees the circle; each is a code that clients know (domain/errors.ts). */
export type ReplyRefusal =
  | 'not_writable'
  | 'circle_ended'
  | 'muted'
  | 'thread_closed'
  | 'frame_changed'
  | 'audience_changed';

/** Parts that other queries share, as the text they are: a statement that never changes is planned once. */
const writer = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
const textOf = (part: RawBuilder<unknown>): string => part.compile(writer).sql;
const standings = textOf(standingsOf(sql.raw('$1::bigint')));
const outsiders = textOf(outsidersOf);
const rows = (act: 'see' | 'write') =>
  rowsWith(act)
    .map((row) => `'${row}'`)
    .join();
const home = textOf(isHome('o'));

// Whole milliseconds, which is what clients can give back.
const now = "date_trunc('milliseconds', clock_timestamp())";

/**
 * A reply in one statement, so that it costs one round trip; as a text that stays the same, so that a connection plans it
 * once. Everything hangs on the accepted key, which waits for whoever is inserting the same one, and then on the placement,
 * whose row lock is held to the commit: times of a placement rise in the order in which its replies become visible, and
 * what somebody has read up to is never overtaken from behind. Whoever runs it announces the changes after the commit.
 *
 * Who may write is asked here, not before: whoever was put out, muted or overtaken by a guest is refused however late it comes. Of a
 * circle with an audience of its own the row is shared to the commit: who comes in changes it, and so comes before us and is noticed,
 * or after us. In a circle where a thread does not stand it is first placed by who sees its outside at home; in one that is about a
 * single thread, no other is.
 *
 * $1 person, $2 key, $3 digest, $4 kind of request, $5 thread, $6 circle, $7 circles of the person, $8 audience version and $14 people
 * from outside that were shown, $9 whether it may be the first in the circle, $10 text, $11 the person and whom they name, $12 and $13 its
 * words for search and whether these are inexact; with references also $15 to $21, which are their columns: kind, person, thread,
 * mention, from, to, digest.
 */
const statement = (referred: string) => `/* prepared */
  with held as materialized (
    select audience_version, frame_version, archived_at from circles
    where id = $6::int and kind in ('closed', 'public') for share
  ), place as materialized (
    select t.id as thread_id, c.id as circle_id, c.kind, c.name, coalesce(held.frame_version, c.frame_version) as frame_version,
      h.thread_id is not null as placed, case
        when s.standing not in (${rows('write')}) then 'not_writable'
        when coalesce(held.archived_at, c.archived_at) is not null or c.ends_on < today() then 'circle_ended'
        when m.muted_at is not null then 'muted'
        when h.closed_at is not null then 'thread_closed'
        when c.frame_version > 0 and coalesce(held.frame_version, c.frame_version) > coalesce((
          select a.version from frame_acknowledgements a where a.circle_id = c.id and a.person_id = $1::bigint), 0)
          then 'frame_changed'
        when held.audience_version <> $8::int or (held.audience_version is not null and ${outsiders} > $14::int)
          then 'audience_changed'
      end as refused
    from threads asked join threads t on t.id = coalesce(asked.merged_into, asked.id)
    join circles c on c.id = $6::int and c.id = any($7::int[])
    join (${standings}) s on s.circle_id = c.id and s.standing in (${rows('see')})
    left join held on true
    -- Also of who left: where all colleagues write, nobody who was asked to be silent may by leaving.
    left join memberships m on m.circle_id = c.id and m.person_id = $1::bigint
    left join placements h on h.thread_id = t.id and h.circle_id = c.id
    where asked.id = $5::bigint
      and (c.only_thread_id is null or t.id = (select coalesce(o.merged_into, o.id) from threads o where o.id = c.only_thread_id))
      and (h.thread_id is not null or exists (
        -- What is for the desk only is brought before nobody else by a reply, but for who is let in one by one.
        select from placements o where o.thread_id = t.id and ${home} and o.circle_id = any($7::int[])
          and (not o.home or c.kind in ('desk', 'closed'))))
  ), accepted as (
    insert into accepted_requests (person_id, key, digest, kind, ref)
    select $1::bigint, $2::uuid, $3::bytea, $4::text, nextval('replies_id_seq')
    from place where refused is null and (placed or $9::boolean) on conflict do nothing returning ref
  ), standing as (
    insert into placements as p (thread_id, circle_id, sort_at, news_at, reply_count, language, tone)
    select place.thread_id, place.circle_id, n.at, n.at, 1, o.language, o.tone
    from accepted cross join place cross join (select ${now} as at) n
    left join placements o on o.thread_id = place.thread_id and ${home}
    -- The home of its outside keeps the time of its first telling, though the desk talks there.
    on conflict (thread_id, circle_id) do update set reply_count = p.reply_count + 1, (sort_at, news_at) = (
      select case when p.home then p.sort_at else n.at end, n.at from (
        select greatest(${now}, date_trunc('milliseconds', p.news_at) + interval '1 millisecond') as at) n)
    returning p.thread_id, p.circle_id, p.news_at as at, p.sort_at
  ), written as (
    insert into replies (id, thread_id, circle_id, person_id, text, written_at, frame_version)
    select a.ref, s.thread_id, s.circle_id, $1::bigint, $10::text, s.at, place.frame_version
    from accepted a cross join standing s cross join place
  ), found as (
    insert into search_documents (kind, ref, thread_id, circle_id, sort_at, type, words, inexact, version)
    select 2, a.ref, s.thread_id, s.circle_id, s.at, 'reply', $12::tsvector, $13::boolean, 1 from accepted a cross join standing s
  )${referred}, of_sources as (
    insert into placement_sources (thread_id, circle_id, source_id, sort_at)
    select s.thread_id, s.circle_id, b.source_id, s.sort_at from standing s join placements o on o.thread_id = s.thread_id and ${home}
    join placement_sources b on b.thread_id = o.thread_id and b.circle_id = o.circle_id
    order by 3 on conflict (thread_id, circle_id, source_id) do update set sort_at = excluded.sort_at
  ), of_topics as (
    insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
    select s.thread_id, s.circle_id, b.topic_id, s.sort_at from standing s join placements o on o.thread_id = s.thread_id and ${home}
    join placement_topics b on b.thread_id = o.thread_id and b.circle_id = o.circle_id
    order by 3 on conflict (thread_id, circle_id, topic_id) do update set sort_at = excluded.sort_at
  ), attending as (
    insert into attention as a (person_id, thread_id, circle_id, read_at, follows, mentioned_at)
    select u.id, s.thread_id, s.circle_id, case when u.id = $1 then s.at end, u.id = $1, case when u.id <> $1 then s.at end
    from standing s cross join unnest($11::bigint[]) u (id)
    union all
    -- Who answers something has read it.
    select $1::bigint, p.thread_id, p.circle_id, p.news_at, false, null
    from standing s join placements p on p.thread_id = s.thread_id and p.circle_id <> s.circle_id
      and p.circle_id = any($7::int[])
    order by 1, 3
    on conflict (person_id, thread_id, circle_id) do update set read_at = greatest(a.read_at, excluded.read_at),
      follows = a.follows or excluded.follows, mentioned_at = greatest(a.mentioned_at, excluded.mentioned_at)
  ), told as (
    insert into changes (kind, ref, circle_id)
    select ${changeKinds.thread}, s.thread_id, s.circle_id from standing s
    union all select ${changeKinds.reply}, a.ref, s.circle_id from accepted a cross join standing s
    union all select ${changeKinds.person}, u.id, null from standing s cross join unnest($11::bigint[]) u (id)
  )
  select place.thread_id as "threadId", place.kind as "circleKind", place.name as "circleName", place.refused, place.placed,
    accepted.ref as id, standing.at
  from place left join accepted on true left join standing on true`;

export const plainReply = statement('');
export const replyWithReferences = statement(`, referred as (
    insert into reply_references (reply_id, position, kind, person_id, thread_id, mention_id, from_char, to_char, digest)
    select a.ref, u.n - 1, u.kind, u.person_id, u.thread_id, u.mention_id, u.from_char, u.to_char, u.digest
    from accepted a cross join unnest($15::text[], $16::bigint[], $17::bigint[], $18::bigint[], $19::int[], $20::int[],
      $21::bytea[]) with ordinality u (kind, person_id, thread_id, mention_id, from_char, to_char, digest, n)
  )`);
