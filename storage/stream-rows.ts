import { type RawBuilder, sql } from 'kysely';
import type { CircleKind } from '#domain/circle.ts';
import type { CaseState, NoAnswerReason } from '#domain/desk.ts';
import { placeholder } from '#domain/reply-text.ts';
import { type Marks, marksOf, type PersonNamed } from './badges.ts';
import type { Database } from './database.ts';
import { isHome } from './homes.ts';
import { type ReferenceFacts, readReferences } from './reply-references.ts';
import type { Reader } from './stream-filter.ts';

export type SourceFacts = { id: number; label: string; kind: string };
export type CircleFacts = { id: number; kind: CircleKind; name: string };

/** Everything a row of a list of threads tells one reader. */
export type StreamRow = {
  id: number;
  born: 'outside' | 'inside';
  title: string | null;
  excerpt: string | null;
  language: string | null;
  source: SourceFacts | null;
  starter: PersonNamed | null;
  kind: string | null;
  state: 'live' | 'withdrawn' | 'erased' | 'expired' | 'removed' | null;
  tone: number | null;
  confidence: number | null;
  method: string | null;
  ratingValue: number | null;
  ratingBest: number | null;
  mentionCount: number;
  /** In the circles the reader may see. */
  replyCount: number;
  lastReply: LastReply | null;
  unread: boolean;
  follows: boolean;
  case: CaseOfRow | null;
  tip: boolean;
  sortAt: Date;
  lastAt: Date;
};
/** How a thread stands at the desk; once closed, by whom and when, and why when there is no answer. */
export type CaseOfRow = {
  state: CaseState;
  holder: PersonNamed | null;
  waitingSince: Date;
  closedAt: Date | null;
  closedBy: PersonNamed | null;
  reason: NoAnswerReason | null;
};
/** `text` is its beginning, with what its references point to. */
export type LastReply = {
  id: number;
  person: PersonNamed;
  circle: CircleFacts;
  text: string;
  references: ReferenceFacts[];
  at: Date;
};

const excerptCharacters = 280;
const replyCharacters = 400;

/** A row as the database gives it: flat, because nothing needs parsing then. */
export type FlatRow = Omit<StreamRow, 'source' | 'starter' | 'lastReply' | 'case'> & {
  sourceId: number | null;
  sourceLabel: string;
  sourceKind: string;
  starterId: number | null;
  starterName: string;
  starterMarks: Marks | null;
  replyId: number | null;
  replyText: string;
  replyAt: Date;
  replyPersonId: number;
  replyPersonName: string;
  replyPersonMarks: Marks | null;
  replyCircleId: number;
  replyCircleKind: CircleFacts['kind'];
  replyCircleName: string;
  caseState: CaseState | null;
  caseSince: Date;
  holderId: number | null;
  holderName: string;
  holderMarks: Marks | null;
  closedAt: Date | null;
  closerId: number | null;
  closerName: string;
  closerMarks: Marks | null;
  reason: NoAnswerReason | null;
};

const marks = (person: 'starter' | 'writer' | 'holder' | 'closer') =>
  sql`case when ${sql.ref(`${person}.id`)} is not null then ${marksOf(sql.ref(`${person}.id`))} end`;

/** The columns of a FlatRow but its place, and where they come from: join after something that has `id`, given as `page`. */
export function rowColumns(): RawBuilder<unknown> {
  return sql`t.id, t.born, coalesce(x.title, t.title) as title, left(x.text, ${sql.lit(excerptCharacters)}) as excerpt,
    coalesce(m.language, here.language) as language, s.id as "sourceId", s.label as "sourceLabel", s.kind as "sourceKind",
    starter.id as "starterId", starter.name as "starterName", ${marks('starter')} as "starterMarks", m.kind, m.state, m.tone, m.sentiment_confidence as confidence,
    m.sentiment_method as method, m.rating_value as "ratingValue", m.rating_best as "ratingBest",
    t.mention_count as "mentionCount", here.replies as "replyCount", here.unread, here.follows, last.id as "replyId",
    left(last.text, ${sql.lit(replyCharacters)}) as "replyText",
    last.written_at as "replyAt", writer.id as "replyPersonId", writer.name as "replyPersonName", ${marks('writer')} as "replyPersonMarks",
    circle.id as "replyCircleId", circle.kind as "replyCircleKind", circle.name as "replyCircleName", k.state as "caseState", k.waiting_since as "caseSince", holder.id as "holderId",
    holder.name as "holderName", ${marks('holder')} as "holderMarks", k.closed_at as "closedAt", closer.id as "closerId", closer.name as "closerName", ${marks('closer')} as "closerMarks", k.reason, tipped.is is not null as tip, greatest(coalesce(newest.sort_at, m.sort_at, t.created_at), last.written_at) as "lastAt"`;
}

/**
 * The joins that go with `rowColumns` and need `seen`. What colleagues said, read and follow counts only in the circles of the reader; the case
 * is seen by whoever sees the thread at home.
 */
export function rowJoins({ personId }: Reader): RawBuilder<unknown> {
  return sql`
    join threads t on t.id = page.id
    left join mentions m on m.id = t.origin_mention_id
    left join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    left join sources s on s.id = m.source_id
    left join people starter on starter.id = t.started_by
    cross join lateral (
      select coalesce(sum(p.reply_count), 0)::int as replies, max(p.language) as language,
        coalesce(bool_or(p.news_at > greatest(a.read_at, w.read_up_to, '-infinity')), false) as unread,
        coalesce(bool_or(a.follows), false) as follows, count(*) as places, bool_or(${isHome('p')}) as home
      -- Where a thread stands is few; the circles of a reader may be many, and are not gone through for each row.
      from (select * from placements p where p.thread_id = t.id offset 0) p
      left join circle_readings w on w.person_id = ${personId} and w.circle_id = p.circle_id
      left join attention a on a.person_id = ${personId} and a.thread_id = p.thread_id and a.circle_id = p.circle_id
      where ${inSeen('p')}
    ) here
    left join lateral (
      select l.sort_at from mentions l where l.thread_id = t.id and t.mention_count > 1
      order by l.sort_at desc, l.id desc limit 1
    ) newest on true
    left join lateral (
      select newest.* from (
        select p.circle_id from placements p where p.thread_id = t.id and p.reply_count > 0 offset 0
      ) talk cross join lateral (
        select r.* from replies r
        where r.thread_id = t.id and r.circle_id = talk.circle_id and r.withdrawn_at is null and r.hidden_at is null and here.replies > 0
        order by r.written_at desc, r.id desc limit 1
      ) newest where ${inSeen('talk')}
      order by newest.written_at desc, newest.id desc limit 1
    ) last on true
    left join people writer on writer.id = last.person_id
    left join circles circle on circle.id = last.circle_id
    left join cases k on k.thread_id = t.id and here.home
    left join people holder on holder.id = k.holder_id
    left join people closer on closer.id = k.closed_by
    left join lateral (
      select true as is from thread_events e where e.thread_id = t.id and e.kind = 'tipped' and ${inSeen('e')} limit 1
    ) tipped on true`;
}

const inSeen = (table: string) => sql`${sql.ref(`${table}.circle_id`)} = any((select array_agg(id) from seen)::int[])`;

/** Rows as their readers know them. What a last reply points to is asked for only where one points to something. */
export async function told(db: Database, { circles }: Reader, rows: readonly FlatRow[]): Promise<StreamRow[]> {
  const pointing = rows.flatMap(({ replyId, replyText }) =>
    replyId !== null && replyText.includes(placeholder) ? [replyId] : [],
  );
  const references = Map.groupBy(await readReferences(db, circles, pointing), ({ replyId }) => replyId);
  return rows.map((row) => shaped(row, references.get(row.replyId ?? 0) ?? []));
}

function shaped(row: FlatRow, references: ReferenceFacts[]): StreamRow {
  const { sourceId, starterId, replyId, caseState, holderId, closerId } = row;
  return {
    id: row.id,
    born: row.born,
    title: row.title,
    excerpt: row.excerpt,
    language: row.language,
    source: sourceId === null ? null : { id: sourceId, label: row.sourceLabel, kind: row.sourceKind },
    starter: starterId === null ? null : { id: starterId, name: row.starterName, marks: row.starterMarks },
    kind: row.kind,
    state: row.state,
    tone: row.tone,
    confidence: row.confidence,
    method: row.method,
    ratingValue: row.ratingValue,
    ratingBest: row.ratingBest,
    mentionCount: row.mentionCount,
    replyCount: row.replyCount,
    lastReply:
      replyId === null
        ? null
        : {
            id: replyId,
            person: { id: row.replyPersonId, name: row.replyPersonName, marks: row.replyPersonMarks },
            circle: { id: row.replyCircleId, kind: row.replyCircleKind, name: row.replyCircleName },
            text: row.replyText,
            references,
            at: row.replyAt,
          },
    unread: row.unread,
    follows: row.follows,
    case:
      caseState === null
        ? null
        : {
            state: caseState,
            holder: holderId === null ? null : { id: holderId, name: row.holderName, marks: row.holderMarks },
            waitingSince: row.caseSince,
            closedAt: row.closedAt,
            closedBy: closerId === null ? null : { id: closerId, name: row.closerName, marks: row.closerMarks },
            reason: row.reason,
          },
    tip: row.tip,
    sortAt: row.sortAt,
    lastAt: row.lastAt,
  };
}
