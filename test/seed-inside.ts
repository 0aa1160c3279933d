import { type Kysely, sql } from 'kysely';
import { everyoneCircle, outsideCircle, type Tables } from '#storage/schema.ts';

/** Rows of the inside as the writers leave them, for tests of what reads them. Times are given, so that order is the test's own. */

/** A thread of colleagues, placed in a circle, without replies yet. */
export async function seedInsideThread(
  db: Kysely<Tables>,
  {
    personId,
    at,
    circleId = everyoneCircle,
    title = 'Wie kan zaterdag?',
    language = 'nl',
  }: {
    personId: number;
    at: string;
    circleId?: number;
    title?: string;
    language?: string;
  },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into threads (born, title, started_by, created_at) values ('inside', ${title}, ${personId}, ${at}) returning id`.execute(
    db,
  );
  const id = rows[0]!.id;
  await sql`insert into placements (thread_id, circle_id, sort_at, news_at, language)
    values (${id}, ${circleId}, ${at}, ${at}, ${language})`.execute(db);
  return id;
}

export type SeedReference = {
  kind: 'person' | 'thread' | 'mention' | 'quote';
  ref: number;
  from?: number;
  to?: number;
};

/** A reply with its placement moved up as the writer does; answers its number. */
export async function seedReply(
  db: Kysely<Tables>,
  {
    threadId,
    personId,
    at,
    circleId = everyoneCircle,
    text = 'Klopt.',
    references = [],
    withdrawn = false,
  }: {
    threadId: number;
    personId: number;
    at: string;
    circleId?: number;
    text?: string;
    references?: SeedReference[];
    withdrawn?: boolean;
  },
): Promise<number> {
  await sql`
    insert into placements (thread_id, circle_id, sort_at, news_at, reply_count, language, tone)
    select ${threadId}, ${circleId}, ${at}, ${at}, ${withdrawn ? 0 : 1}, max(language), max(tone)
    from placements where thread_id = ${threadId} and circle_id = ${outsideCircle}
    on conflict (thread_id, circle_id) do update set sort_at = excluded.sort_at, news_at = excluded.news_at,
      reply_count = placements.reply_count + ${withdrawn ? 0 : 1}`.execute(db);
  await sql`
    insert into placement_sources (thread_id, circle_id, source_id, sort_at)
    select thread_id, ${circleId}, source_id, ${at} from placement_sources
    where thread_id = ${threadId} and circle_id = ${outsideCircle}
    on conflict (thread_id, circle_id, source_id) do update set sort_at = excluded.sort_at`.execute(db);
  const { rows } = await sql<{ id: number }>`
    insert into replies (thread_id, circle_id, person_id, text, written_at, withdrawn_at)
    values (${threadId}, ${circleId}, ${personId}, ${text}, ${at}, ${withdrawn ? at : null}) returning id`.execute(db);
  const id = rows[0]!.id;
  for (const [position, { kind, ref, from = null, to = null }] of references.entries())
    await sql`insert into reply_references (reply_id, position, kind, person_id, thread_id, mention_id, from_char, to_char)
      values (${id}, ${position}, ${kind}, ${kind === 'person' ? ref : null}, ${kind === 'thread' ? ref : null},
        ${kind === 'mention' || kind === 'quote' ? ref : null}, ${from}, ${to})`.execute(db);
  return id;
}

/** What one person has read, follows or was named in, in one circle. */
export async function seedAttention(
  db: Kysely<Tables>,
  {
    personId,
    threadId,
    circleId = everyoneCircle,
    readAt = null,
    follows = false,
    mentionedAt = null,
  }: {
    personId: number;
    threadId: number;
    circleId?: number;
    readAt?: string | null;
    follows?: boolean;
    mentionedAt?: string | null;
  },
): Promise<void> {
  await sql`insert into attention (person_id, thread_id, circle_id, read_at, follows, mentioned_at)
    values (${personId}, ${threadId}, ${circleId}, ${readAt}, ${follows}, ${mentionedAt})`.execute(db);
}

/** A circle besides the two there are; answers its number. */
export async function seedCircle(db: Kysely<Tables>, name: string): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into circles (kind, name) values ('closed', ${name}) returning id`.execute(db);
  return rows[0]!.id;
}
