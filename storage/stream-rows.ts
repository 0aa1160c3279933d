import { type RawBuilder, sql } from 'kysely';
import type { CaseState } from '#domain/desk.ts';
import { outsideCircle } from './schema.ts';
import type { Reader } from './stream-filter.ts';

export type SourceFacts = { id: number; label: string; kind: string };
export type PersonNamed = { id: number; name: string };
export type CircleFacts = { id: number; kind: 'outside' | 'internal' | 'closed' | 'public'; name: string };

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
  case: { state: CaseState; holder: PersonNamed | null; waitingSince: Date } | null;
  tip: boolean;
  sortAt: Date;
  lastAt: Date;
};
export type LastReply = { person: PersonNamed; circle: CircleFacts; excerpt: string; at: Date };

const excerptCharacters = 280;
const replyCharacters = 200;

/** A row as the database gives it: flat, because nothing needs parsing then. */
export type FlatRow = Omit<StreamRow, 'source' | 'starter' | 'lastReply' | 'case'> & {
  sourceId: number | null;
  sourceLabel: string;
  sourceKind: string;
  starterId: number | null;
  starterName: string;
  replyText: string | null;
  replyAt: Date;
  replyPersonId: number;
  replyPersonName: string;
  replyCircleId: number;
  replyCircleKind: CircleFacts['kind'];
  replyCircleName: string;
  replyWords: { kind: string; words: string | null; from: number; to: number }[] | null;
  caseState: CaseState | null;
  caseSince: Date;
  holderId: number | null;
  holderName: string;
};

/** The columns of a FlatRow but its place, and where they come from: join after something that has `id`, given as `page`. */
export function rowColumns(): RawBuilder<unknown> {
  return sql`t.id, t.born, coalesce(x.title, t.title) as title, left(x.text, ${sql.lit(excerptCharacters)}) as excerpt,
    coalesce(m.language, here.language) as language, s.id as "sourceId", s.label as "sourceLabel", s.kind as "sourceKind",
    starter.id as "starterId", starter.name as "starterName", m.kind, m.state, m.tone, m.sentiment_confidence as confidence,
    m.sentiment_method as method, m.rating_value as "ratingValue", m.rating_best as "ratingBest",
    t.mention_count as "mentionCount", here.replies as "replyCount", here.unread, here.follows, last.text as "replyText",
    last.written_at as "replyAt", writer.id as "replyPersonId", writer.name as "replyPersonName",
    circle.id as "replyCircleId", circle.kind as "replyCircleKind", circle.name as "replyCircleName",
    pointed.words as "replyWords", k.state as "caseState", k.waiting_since as "caseSince", holder.id as "holderId",
    holder.name as "holderName", exists (
      select from thread_events e where e.thread_id = t.id and e.kind = 'tipped' and e.circle_id = here.circle_id
    ) as tip, greatest(coalesce(newest.sort_at, m.sort_at, t.created_at), last.written_at) as "lastAt"`;
}

/**
 * The joins that go with `rowColumns`. What colleagues said, read and follow counts only in the circles of the reader; the desk is
 * seen by whoever sees the outside.
 */
export function rowJoins({ personId, circles }: Reader): RawBuilder<unknown> {
  return sql`
    join threads t on t.id = page.id
    left join mentions m on m.id = t.origin_mention_id
    left join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    left join sources s on s.id = m.source_id
    left join people starter on starter.id = t.started_by
    cross join lateral (
      select coalesce(sum(p.reply_count), 0)::int as replies, max(p.language) as language,
        coalesce(bool_or(p.news_at > greatest(a.read_at, w.read_up_to, '-infinity')), false) as unread,
        coalesce(bool_or(a.follows), false) as follows, min(p.circle_id) as circle_id
      from placements p
      left join attention a on a.person_id = ${personId} and a.thread_id = p.thread_id and a.circle_id = p.circle_id
      left join circle_readings w on w.person_id = ${personId} and w.circle_id = p.circle_id
      where p.thread_id = t.id and p.circle_id = any(${circles}::int[])
    ) here
    left join lateral (
      select l.sort_at from mentions l where l.thread_id = t.id order by l.sort_at desc, l.id desc limit 1
    ) newest on t.mention_count > 1
    left join lateral (
      select newest.* from placements p cross join lateral (
        select r.* from replies r
        where r.thread_id = p.thread_id and r.circle_id = p.circle_id and r.withdrawn_at is null
        order by r.written_at desc, r.id desc limit 1
      ) newest
      where p.thread_id = t.id and p.circle_id = any(${circles}::int[])
      order by newest.written_at desc, newest.id desc limit 1
    ) last on here.replies > 0
    left join people writer on writer.id = last.person_id
    left join circles circle on circle.id = last.circle_id
    left join lateral (${wordsPointedTo(circles)}) pointed on last.text like ${`%${placeholder}%`}
    left join cases k on k.thread_id = t.id and ${outsideCircle} = any(${circles}::int[])
    left join people holder on holder.id = k.holder_id`;
}

/** What stands in a text where a reference belongs (api/schema-talk.ts). */
const placeholder = '\uFFFC';

/** What the references of reply `last` stand for, of what the reader may see: a name, a title, or a text to quote from. */
function wordsPointedTo(circles: readonly number[]): RawBuilder<unknown> {
  const seen = (thread: RawBuilder<unknown>) => sql`exists (
    select from placements p where p.thread_id = ${thread} and p.circle_id = any(${circles}::int[]))`;
  return sql`
    select json_agg(json_build_object('kind', f.kind, 'from', f.from_char, 'to', f.to_char, 'words', case f.kind
      when 'person' then (select name from people where id = f.person_id)
      when 'thread' then (
        select coalesce(xt.title, tt.title) from threads tt
        left join mentions mt on mt.id = tt.origin_mention_id
        left join mention_texts xt on xt.mention_id = mt.id and xt.month = mt.text_month and xt.edition = 0
        where tt.id = f.thread_id and ${seen(sql`tt.id`)})
      else (
        select case f.kind when 'quote' then left(xm.text, f.to_char) else coalesce(xm.title, left(xm.text, 80)) end
        from mentions mm join mention_texts xm on xm.mention_id = mm.id and xm.month = mm.text_month and xm.edition = 0
        where mm.id = f.mention_id and ${seen(sql`mm.thread_id`)})
      end) order by f.position) as words
    from reply_references f where f.reply_id = last.id`;
}

/** A row as its readers know it. */
export function shaped(row: FlatRow): StreamRow {
  const { sourceId, starterId, replyText, caseState, holderId } = row;
  return {
    id: row.id,
    born: row.born,
    title: row.title,
    excerpt: row.excerpt,
    language: row.language,
    source: sourceId === null ? null : { id: sourceId, label: row.sourceLabel, kind: row.sourceKind },
    starter: starterId === null ? null : { id: starterId, name: row.starterName },
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
      replyText === null
        ? null
        : {
            person: { id: row.replyPersonId, name: row.replyPersonName },
            circle: { id: row.replyCircleId, kind: row.replyCircleKind, name: row.replyCircleName },
            excerpt: inWords(replyText, row.replyWords ?? []),
            at: row.replyAt,
          },
    unread: row.unread,
    follows: row.follows,
    case:
      caseState === null
        ? null
        : {
            state: caseState,
            holder: holderId === null ? null : { id: holderId, name: row.holderName },
            waitingSince: row.caseSince,
          },
    tip: row.tip,
    sortAt: row.sortAt,
    lastAt: row.lastAt,
  };
}

/** The beginning of a reply on one line, with words where its references stand; what is gone or hidden is an ellipsis. */
export function inWords(text: string, references: NonNullable<FlatRow['replyWords']>): string {
  let next = 0;
  const said = text
    .replaceAll(placeholder, () => {
      const { kind, words, from, to } = references[next++] ?? { kind: '', words: null, from: 0, to: 0 };
      if (words === null) return '…';
      if (kind === 'person') return `@${words}`;
      return `“${kind === 'quote' ? words.slice(from, to) : words}”`;
    })
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(said.slice(0, replyCharacters * 2));
  return characters.length > replyCharacters ? `${characters.slice(0, replyCharacters - 1).join('')}…` : said;
}
