import { type Kysely, sql } from 'kysely';
import type { CaseState, NoAnswerReason } from '#domain/desk.ts';
import { outsideCircle, type Tables } from './schema.ts';
import type { Reader } from './stream-filter.ts';

export type PersonName = { id: number; name: string };
/** Times inside are ISO texts: they come out of JSON. */
export type CaseFacts = {
  state: CaseState;
  holder: PersonName | null;
  waitingSince: string;
  takenAt: string | null;
  closedAt: string | null;
  closedBy: PersonName | null;
  answerUrl: string | null;
  answerText: string | null;
  reason: NoAnswerReason | null;
  note: string | null;
  version: number;
};
export type EventFacts = { kind: string; person: PersonName | null; at: string; detail: Record<string, unknown> };
/** What a thread is to one person besides what was said in it. */
export type InsideFacts = {
  starter: PersonName | null;
  case: CaseFacts | null;
  events: EventFacts[];
  tippedBy: PersonName[];
  follows: boolean;
  readUpTo: Date | null;
  /** The newest moment at which somebody outside was heard here: where a case would begin. */
  outsideAt: Date | null;
};

const mostEvents = 500;

/** The inside of a thread for one person: what happened to it, who has it, what they have read of it. */
export async function readInside(
  db: Kysely<Tables>,
  { personId, circles }: Reader,
  threadId: number,
): Promise<InsideFacts> {
  const person = (id: ReturnType<typeof sql.ref>) =>
    sql`(select json_build_object('id', p.id, 'name', p.name) from people p where p.id = ${id})`;
  const { rows } = await sql<InsideFacts>`
    select ${person(sql.ref('t.started_by'))} as starter,
      (select json_build_object('state', c.state, 'holder', ${person(sql.ref('c.holder_id'))},
          'waitingSince', c.waiting_since, 'takenAt', c.taken_at, 'closedAt', c.closed_at,
          'closedBy', ${person(sql.ref('c.closed_by'))}, 'answerUrl', c.answer_url, 'answerText', c.answer_text,
          'reason', c.reason, 'note', c.note, 'version', c.version)
        from cases c where c.thread_id = t.id and ${outsideCircle} = any(${circles}::int[])) as "case",
      (select coalesce(json_agg(json_build_object('kind', e.kind, 'person', ${person(sql.ref('e.person_id'))},
          'at', e.at, 'detail', e.detail) order by e.at, e.id), '[]')
        from (select * from thread_events x where x.thread_id = t.id and x.circle_id = any(${circles}::int[])
          order by x.at desc, x.id desc limit ${mostEvents}) e) as events,
      (select coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name), '[]')
        from people p where p.id in (select i.person_id from tips i where i.thread_id = t.id)) as "tippedBy",
      coalesce(own.follows, false) as follows, own.read_up_to as "readUpTo", outside.sort_at as "outsideAt"
    from threads t
    left join placements outside on outside.thread_id = t.id and outside.circle_id = ${outsideCircle}
      and outside.circle_id = any(${circles}::int[])
    left join lateral (
      select bool_or(a.follows) as follows, max(greatest(a.read_at, c.read_up_to)) as read_up_to
      from placements p
      left join attention a on a.person_id = ${personId} and a.thread_id = p.thread_id and a.circle_id = p.circle_id
      left join circle_readings c on c.person_id = ${personId} and c.circle_id = p.circle_id
      where p.thread_id = t.id and p.circle_id = any(${circles}::int[])
    ) own on true
    where t.id = ${threadId}`.execute(db);
  return rows[0]!;
}
