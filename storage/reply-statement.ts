import { type CircleKind, changeKinds, outsideCircle } from './schema.ts';

/** What the statement answers; no row at all when there is no such thread or circle for this person. */
export type PlacedRow = {
  threadId: number;
  circleKind: CircleKind;
  circleName: string;
  /** Whether the audience is the one that was shown. */
  heard: boolean;
  /** Whether the thread stood in the circle before. */
  placed: boolean;
  /** null: nothing was written. */
  id: number | null;
  at: Date | null;
};

// Whole milliseconds, which is what clients can give back.
const now = "date_trunc('milliseconds', clock_timestamp())";

/**
 * A reply in one statement, so that it costs one round trip; as a text that stays the same, so that a connection plans it
 * once. Everything hangs on the accepted key, which waits for whoever is inserting the same one, and then on the placement,
 * whose row lock is held to the commit: times of a placement rise in the order in which its replies become visible, and
 * what somebody has read up to is never overtaken from behind. Whoever runs it announces the changes after the commit.
 *
 * $1 person, $2 key, $3 digest, $4 kind of request, $5 thread, $6 circle, $7 circles of the person, $8 audience version,
 * $9 whether it may be the first in the circle, $10 text, $11 the person and whom they name, $12 and $13 its words for search and whether
 * these are inexact; with references also $14 to $20, which are their columns: kind, person, thread, mention, from, to, digest.
 */
const statement = (referred: string) => `/* prepared */
  with place as (
    select t.id as thread_id, c.id as circle_id, c.kind, c.name, c.audience_version = $8::int as heard,
      exists (select from placements p where p.thread_id = t.id and p.circle_id = c.id) as placed
    from threads asked join threads t on t.id = coalesce(asked.merged_into, asked.id)
    join circles c on c.id = $6::int and c.id = any($7::int[]) and c.kind <> 'outside'
    where asked.id = $5::bigint
      and exists (select from placements p where p.thread_id = t.id and p.circle_id = any($7::int[]))
  ), accepted as (
    insert into accepted_requests (person_id, key, digest, kind, ref)
    select $1::bigint, $2::uuid, $3::bytea, $4::text, nextval('replies_id_seq')
    from place where heard and (placed or $9::boolean) on conflict do nothing returning ref
  ), standing as (
    insert into placements as p (thread_id, circle_id, sort_at, news_at, reply_count, language, tone)
    select place.thread_id, place.circle_id, n.at, n.at, 1, o.language, o.tone
    from accepted cross join place cross join (select ${now} as at) n
    left join placements o on o.thread_id = place.thread_id and o.circle_id = ${outsideCircle}
    on conflict (thread_id, circle_id) do update set reply_count = p.reply_count + 1, (sort_at, news_at) = (
      select n.at, n.at from (
        select greatest(${now}, date_trunc('milliseconds', p.news_at) + interval '1 millisecond') as at) n)
    returning p.thread_id, p.circle_id, p.news_at as at
  ), written as (
    insert into replies (id, thread_id, circle_id, person_id, text, written_at)
    select a.ref, s.thread_id, s.circle_id, $1::bigint, $10::text, s.at from accepted a cross join standing s
  ), found as (
    insert into search_documents (kind, ref, thread_id, circle_id, sort_at, type, words, inexact, version)
    select 2, a.ref, s.thread_id, s.circle_id, s.at, 'reply', $12::tsvector, $13::boolean, 1 from accepted a cross join standing s
  )${referred}, of_sources as (
    insert into placement_sources (thread_id, circle_id, source_id, sort_at)
    select s.thread_id, s.circle_id, o.source_id, s.at
    from standing s join placement_sources o on o.thread_id = s.thread_id and o.circle_id = ${outsideCircle}
    order by 3 on conflict (thread_id, circle_id, source_id) do update set sort_at = excluded.sort_at
  ), of_topics as (
    insert into placement_topics (thread_id, circle_id, topic_id, sort_at)
    select s.thread_id, s.circle_id, o.topic_id, s.at
    from standing s join placement_topics o on o.thread_id = s.thread_id and o.circle_id = ${outsideCircle}
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
  select place.thread_id as "threadId", place.kind as "circleKind", place.name as "circleName", place.heard, place.placed,
    accepted.ref as id, standing.at
  from place left join accepted on true left join standing on true`;

export const plainReply = statement('');
export const replyWithReferences = statement(`, referred as (
    insert into reply_references (reply_id, position, kind, person_id, thread_id, mention_id, from_char, to_char, digest)
    select a.ref, u.n - 1, u.kind, u.person_id, u.thread_id, u.mention_id, u.from_char, u.to_char, u.digest
    from accepted a cross join unnest($14::text[], $15::bigint[], $16::bigint[], $17::bigint[], $18::int[], $19::int[],
      $20::bytea[]) with ordinality u (kind, person_id, thread_id, mention_id, from_char, to_char, digest, n)
  )`);
