import { type Kysely, sql } from 'kysely';
import { changesChannel, recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { type ReplyWords, referenceColumns, replaceReferences } from './reply-words.ts';
import { retried } from './retried.ts';
import { type CircleKind, changeKinds, outsideCircle, type Tables } from './schema.ts';

/** A reply that somebody asks to place. `audienceVersion` is the one that was shown to them. */
export type NewReply = ReplyWords & {
  personId: number;
  key: string;
  digest: Buffer;
  kind: 'reply' | 'thread';
  threadId: number;
  circleId: number;
  audienceVersion: number;
};
export type PlacedReply = {
  id: number;
  threadId: number;
  circle: { id: number; kind: CircleKind; name: string };
  writtenAt: Date;
};
/** `repeated`: a request with this key was accepted before. `nowhere`: no such thread or circle for this person. */
export type Placing =
  | { kind: 'placed'; reply: PlacedReply }
  | { kind: 'nowhere' }
  | { kind: 'audience-changed' }
  | { kind: 'repeated' };

/** Places a reply under a thread that stands in one of the circles; all of it, or nothing. */
export async function placeReply(db: Database, circles: readonly number[], reply: NewReply): Promise<Placing> {
  const placing = await write(db, circles, reply, false);
  if (placing.kind !== 'first') return placing;
  return await retried(db, async (trx) => {
    // Whoever edits or adds a mention locks the thread before its placements: after this they see ours, or we see theirs.
    await sql`select from threads where id = ${placing.threadId} for share`.execute(trx);
    const first = await write(trx, circles, reply, true);
    if (first.kind === 'first') throw new Error('A first reply found no place twice');
    return first;
  });
}

/** Begins a thread inside, with its first words. */
export async function startThread(
  db: Database,
  circles: readonly number[],
  { title, ...reply }: Omit<NewReply, 'threadId' | 'kind'> & { title: string },
): Promise<Placing> {
  // A refusal takes the thread with it.
  const refused = new Error('refused');
  let outcome: Placing = { kind: 'nowhere' };
  try {
    await db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ id: number }>`
        with thread as (
          insert into threads (born, title, started_by) values ('inside', ${title}, ${reply.personId}) returning id
        ) insert into placements (thread_id, circle_id, sort_at) select id, ${reply.circleId}, '-infinity' from thread
          returning thread_id as id`.execute(trx);
      const placing = await write(trx, circles, { ...reply, kind: 'thread', threadId: rows[0]!.id }, false);
      if (placing.kind !== 'placed') {
        if (placing.kind !== 'first') outcome = placing;
        throw refused;
      }
      outcome = placing;
    });
  } catch (error) {
    if (error !== refused) throw error;
  }
  return outcome;
}

type Row = {
  threadId: number;
  circleKind: CircleKind;
  circleName: string;
  heard: boolean;
  placed: boolean;
  id: number | null;
  at: Date | null;
};

/**
 * One statement, so that a reply costs one round trip. Everything hangs on the accepted key, which waits for whoever is
 * inserting the same one, and then on the placement, whose row lock is held to the commit: times of a placement rise in
 * the order in which its replies become visible, and what somebody has read up to is never overtaken from behind. Times
 * are whole milliseconds, which is what clients can give back.
 */
async function write(
  db: Kysely<Tables>,
  circles: readonly number[],
  reply: NewReply,
  mayBeFirst: boolean,
): Promise<Placing | { kind: 'first'; threadId: number }> {
  const { personId, circleId } = reply;
  const people = [...new Set([personId, ...reply.references.flatMap((one) => one.personId ?? [])])];
  const now = sql`date_trunc('milliseconds', clock_timestamp())`;
  const { rows } = await sql<Row>`
    with place as (
      select t.id as thread_id, c.id as circle_id, c.kind, c.name, c.audience_version = ${reply.audienceVersion} as heard,
        exists (select from placements p where p.thread_id = t.id and p.circle_id = c.id) as placed
      from threads asked join threads t on t.id = coalesce(asked.merged_into, asked.id)
      join circles c on c.id = ${circleId} and c.id = any(${circles}::int[]) and c.kind <> 'outside'
      where asked.id = ${reply.threadId}
        and exists (select from placements p where p.thread_id = t.id and p.circle_id = any(${circles}::int[]))
    ), accepted as (
      insert into accepted_requests (person_id, key, digest, kind, ref)
      select ${personId}, ${reply.key}::uuid, ${reply.digest}, ${reply.kind}, nextval('replies_id_seq')
      from place where heard and (placed or ${mayBeFirst}) on conflict do nothing returning ref
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
      select a.ref, s.thread_id, s.circle_id, ${personId}, ${reply.text}, s.at from accepted a cross join standing s
    ), referred as (
      insert into reply_references (reply_id, position, kind, person_id, thread_id, mention_id, from_char, to_char, digest)
      select a.ref, u.* from accepted a cross join ${referenceColumns(reply.references)} u
    ), of_sources as (
      insert into placement_sources (thread_id, circle_id, source_id, sort_at)
      select s.thread_id, s.circle_id, o.source_id, s.at
      from standing s join placement_sources o on o.thread_id = s.thread_id and o.circle_id = ${outsideCircle}
      order by 3 on conflict (thread_id, circle_id, source_id) do update set sort_at = excluded.sort_at
    ), attending as (
      insert into attention as a (person_id, thread_id, circle_id, read_at, follows, mentioned_at)
      select u.id, s.thread_id, s.circle_id, case when u.id = ${personId} then s.at end, u.id = ${personId},
        case when u.id <> ${personId} then s.at end
      from standing s cross join unnest(${people}::bigint[]) u (id)
      union all
      -- Who answers something has read it.
      select ${personId}, p.thread_id, p.circle_id, p.news_at, false, null
      from standing s join placements p on p.thread_id = s.thread_id and p.circle_id <> s.circle_id
        and p.circle_id = any(${circles}::int[])
      order by 1, 3
      on conflict (person_id, thread_id, circle_id) do update set read_at = greatest(a.read_at, excluded.read_at),
        follows = a.follows or excluded.follows, mentioned_at = greatest(a.mentioned_at, excluded.mentioned_at)
    ), told as (
      insert into changes (kind, ref, circle_id)
      select ${changeKinds.thread}::smallint, s.thread_id, s.circle_id from standing s
      union all select ${changeKinds.person}::smallint, u.id, null from standing s cross join unnest(${people}::bigint[]) u (id)
    )
    select place.thread_id as "threadId", place.kind as "circleKind", place.name as "circleName", place.heard, place.placed,
      accepted.ref as id, standing.at, case when accepted.ref is not null then pg_notify(${changesChannel}, '') end
    from place left join accepted on true left join standing on true`.execute(db);
  const row = rows[0];
  if (!row) return { kind: 'nowhere' };
  if (row.id === null || row.at === null) {
    if (!row.heard) return { kind: 'audience-changed' };
    return row.placed || mayBeFirst ? { kind: 'repeated' } : { kind: 'first', threadId: row.threadId };
  }
  const circle = { id: circleId, kind: row.circleKind, name: row.circleName };
  return { kind: 'placed', reply: { id: row.id, threadId: row.threadId, circle, writtenAt: row.at } };
}

/** `changed`: it is no longer the version that was edited. */
export type Change = 'done' | 'withdrawn' | 'changed';

/** Puts other words in one's own reply. Its place and its time stay; who is newly named in it hears of it. */
export async function changeWords(
  db: Database,
  reply: ReplyWords & { id: number; personId: number; version: number },
): Promise<Change> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ threadId: number; circleId: number; version: number; withdrawn: boolean }>`
      select thread_id as "threadId", circle_id as "circleId", version, withdrawn_at is not null as withdrawn
      from replies where id = ${reply.id} and person_id = ${reply.personId} for update`.execute(trx);
    const found = rows[0]!;
    if (found.withdrawn) return 'withdrawn';
    if (found.version !== reply.version) return 'changed';
    const named = await replaceReferences(trx, reply.id, reply.references);
    await sql`update replies set text = ${reply.text}, edited_at = date_trunc('milliseconds', clock_timestamp()),
      version = version + 1 where id = ${reply.id}`.execute(trx);
    const people = named.filter((id) => id !== reply.personId);
    await sql`
      insert into attention as a (person_id, thread_id, circle_id, mentioned_at)
      select u.id, ${found.threadId}, ${found.circleId}, now() from unnest(${people}::bigint[]) u (id) order by 1
      on conflict (person_id, thread_id, circle_id) do update set mentioned_at = excluded.mentioned_at`.execute(trx);
    await recordChanges(trx, { inside: [found], people });
    return 'done';
  });
}

/** Takes the words of a reply away for good, with what they pointed to; again does nothing. The thread stays where it stands. */
export async function withdraw(db: Database, replyId: number): Promise<void> {
  await sql`
    with gone as (
      update replies set text = '', withdrawn_at = date_trunc('milliseconds', clock_timestamp()), version = version + 1
      where id = ${replyId} and withdrawn_at is null returning id, thread_id, circle_id
    ), referred as (
      delete from reply_references r using gone where r.reply_id = gone.id
    ), counted as (
      update placements p set reply_count = p.reply_count - 1 from gone
      where p.thread_id = gone.thread_id and p.circle_id = gone.circle_id
    ), told as (
      insert into changes (kind, ref, circle_id) select ${changeKinds.thread}::smallint, thread_id, circle_id from gone
    ) select pg_notify(${changesChannel}, '') from gone`.execute(db);
}
