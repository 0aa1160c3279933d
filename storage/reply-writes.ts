import { CompiledQuery, type Kysely, sql } from 'kysely';
import { replyDocument } from '#domain/search-document.ts';
import { tsvector } from './binary-arrays.ts';
import { announceChanges, changesChannel, recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { vectorOf } from './document-vector.ts';
import { journalErasures } from './erasure-journal.ts';
import { settleMentionCircles } from './mention-circles.ts';
import { type Heard, holdOwnReply } from './own-replies.ts';
import type { StoredReference } from './reply-references.ts';
import { type PlacedRow, plainReply, type ReplyRefusal, replyWithReferences } from './reply-statement.ts';
import { type ReplyWords, replaceReferences } from './reply-words.ts';
import { retried } from './retried.ts';
import { type CircleKind, changeKinds, type Tables } from './schema.ts';
import { remakeReplyDocuments } from './search-documents.ts';

/** A reply that somebody asks to place. `audienceVersion` and `outsiders`: who they were shown reads along. */
export type NewReply = ReplyWords & {
  personId: number;
  /** As it stands under what they say, to be found by. */
  personName: string;
  key: string;
  digest: Buffer;
  kind: 'reply' | 'thread';
  threadId: number;
  circleId: number;
  audienceVersion: number;
  outsiders: number;
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
  | { kind: 'refused'; code: ReplyRefusal }
  | { kind: 'repeated' };

/** Places a reply under a thread that stands in one of the circles; all of it, or nothing. */
export async function placeReply(db: Database, circles: readonly number[], reply: NewReply): Promise<Placing> {
  const placing = await writeReply(db, circles, reply);
  if (placing.kind === 'placed') announceChanges(db);
  return placing;
}

async function writeReply(db: Database, circles: readonly number[], reply: NewReply): Promise<Placing> {
  const placing = await write(db, circles, reply, false);
  if (placing.kind !== 'first') return placing;
  return await retried(db, async (trx) => {
    // Whoever edits or adds a mention locks the thread before its placements: after this they see ours, or we see theirs.
    await sql`select from threads where id = ${placing.threadId} for share`.execute(trx);
    const first = await write(trx, circles, reply, true);
    if (first.kind === 'first') throw new Error('A first reply found no place twice');
    // Whoever is in that circle finds its outside from now on.
    if (first.kind === 'placed') {
      const mentions = await settleMentionCircles(trx, [first.reply.threadId]);
      await recordChanges(trx, {
        documents: mentions.map((mentionId) => ({ mentionId, circleId: reply.circleId })),
      });
    }
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
  let outcome = { kind: 'nowhere' } as Placing;
  try {
    await db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ id: number }>`
        with thread as (
          insert into threads (born, title, started_by) values ('inside', ${title}, ${reply.personId}) returning id
        ) insert into placements (thread_id, circle_id, sort_at) select id, ${reply.circleId}, '-infinity' from thread
          returning thread_id as id`.execute(trx);
      const begun = { ...reply, kind: 'thread', threadId: rows[0]!.id } as const;
      const placing = await write(trx, circles, begun, false, title);
      if (placing.kind !== 'placed') {
        if (placing.kind !== 'first') outcome = placing;
        throw refused;
      }
      outcome = placing;
    });
  } catch (error) {
    if (error !== refused) throw error;
  }
  if (outcome.kind === 'placed') announceChanges(db);
  return outcome;
}

/** See storage/reply-statement.ts for what it does, and in which order. */
async function write(
  db: Kysely<Tables>,
  circles: readonly number[],
  reply: NewReply,
  mayBeFirst: boolean,
  title: string | null = null,
): Promise<Placing | { kind: 'first'; threadId: number }> {
  const people = [...new Set([reply.personId, ...reply.references.flatMap((one) => one.personId ?? [])])];
  const of = <Name extends keyof StoredReference>(name: Name) => reply.references.map((one) => one[name]);
  const document = replyDocument({
    title,
    text: reply.text,
    authorName: reply.personName,
    hasQuote: reply.references.some(({ kind }) => kind === 'quote'),
    isEdited: false,
    sortAt: 0,
  });
  const values = [
    reply.personId,
    reply.key,
    reply.digest,
    reply.kind,
    reply.threadId,
    reply.circleId,
    circles,
    reply.audienceVersion,
    mayBeFirst,
    reply.text,
    people,
    tsvector(vectorOf(document, title, reply.circleId)),
    document.inexact,
    reply.outsiders,
  ];
  const references = [of('kind'), of('personId'), of('threadId'), of('mentionId'), of('from'), of('to'), of('digest')];
  const statement =
    reply.references.length === 0
      ? CompiledQuery.raw(plainReply, values)
      : CompiledQuery.raw(replyWithReferences, [...values, ...references]);
  const { rows } = await db.executeQuery<PlacedRow>(statement);
  const row = rows[0];
  if (!row) return { kind: 'nowhere' };
  if (row.id === null || row.at === null) {
    if (row.refused) return { kind: 'refused', code: row.refused };
    return row.placed || mayBeFirst ? { kind: 'repeated' } : { kind: 'first', threadId: row.threadId };
  }
  const circle = { id: reply.circleId, kind: row.circleKind, name: row.circleName };
  return { kind: 'placed', reply: { id: row.id, threadId: row.threadId, circle, writtenAt: row.at } };
}

/** `changed`: it is no longer the version that was edited. */
export type Change = 'done' | 'withdrawn' | 'changed' | ReplyRefusal;

/**
 * Puts other words in one's own reply, for who was shown to read along, where a reply would be placed today. Its place and its time stay;
 * who is newly named in it has it under what is theirs from now on.
 */
export async function changeWords(
  db: Database,
  reply: ReplyWords & { id: number; personId: number; version: number; heard: Heard },
): Promise<Change> {
  return await db.transaction().execute(async (trx) => {
    const found = (await holdOwnReply(trx, reply))!;
    if (found.withdrawn) return 'withdrawn';
    if (found.refused) return found.refused;
    if (found.version !== reply.version) return 'changed';
    const named = await replaceReferences(trx, reply.id, reply.references);
    await sql`update replies set text = ${reply.text}, edited_at = date_trunc('milliseconds', clock_timestamp()),
      version = version + 1, frame_version = (select frame_version from circles where id = ${found.circleId})
      where id = ${reply.id}`.execute(trx);
    await remakeReplyDocuments(trx, [reply.id]);
    const people = named.filter((id) => id !== reply.personId);
    await sql`
      insert into attention as a (person_id, thread_id, circle_id, mentioned_at)
      select u.id, ${found.threadId}, ${found.circleId}, now() from unnest(${people}::bigint[]) u (id) order by 1
      on conflict (person_id, thread_id, circle_id) do update set mentioned_at = excluded.mentioned_at`.execute(trx);
    await recordChanges(trx, { inside: [found], replies: [{ replyId: reply.id, circleId: found.circleId }], people });
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
    ), noted as (
      insert into erasures (kind, ref) select 'reply', id from gone
    ), lost as (
      delete from search_documents d using gone where d.kind = 2 and d.ref = gone.id
    ), told as (
      insert into changes (kind, ref, circle_id)
      select ${changeKinds.thread}::smallint, thread_id, circle_id from gone
      union all select ${changeKinds.reply}::smallint, id, circle_id from gone
    ) select pg_notify(${changesChannel}, '') from gone`.execute(db);
  await journalErasures(db);
}
