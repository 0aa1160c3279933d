import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { CaseState, NoAnswerReason } from '#domain/desk.ts';
import { longestWaitDays } from '#domain/desk.ts';
import { type PersonNamed, personNamed } from './badges.ts';
import { isHome } from './homes.ts';
import type { Tables } from './schema.ts';

/**
 * Cases of the desk: what waits for an answer of ours. Only a thread that stands in the outside has one, and whoever sees
 * that standing sees the case.
 *
 * What happens outside decides nothing about it (W-08). When an author withdraws their words, is erased, or the text
 * expires while the thread was discussed, the case stays as it is and shows the state of the mention: whether that was
 * answer enough is for a person to say. When a thread leaves the outside stream (removed with its source, or expired without
 * anything to keep it for), what had not been closed goes with it and what had been stays in the figures. A thread that is
 * merged into another acts through that one; the events of both stay.
 */
export type CaseFacts = {
  threadId: number;
  state: CaseState;
  holder: PersonNamed | null;
  waitingSince: Date;
  takenAt: Date | null;
  closedAt: Date | null;
  closedBy: PersonNamed | null;
  answerUrl: string | null;
  answerText: string | null;
  reason: NoAnswerReason | null;
  note: string | null;
  /** 0: there is no case; it reads as open, and taking it makes one. */
  version: number;
};

/** Where a case `c` may be seen: the standing of its thread in the outside, for who sees the outside at all. */
export function seenBy(circles: readonly number[]): RawBuilder<unknown> {
  return sql`exists (select from placements p where p.thread_id = c.thread_id and ${isHome('p')}
    and p.circle_id = any(${circles}::int[]))`;
}

/** The case of a thread that stands in the outside; null for any other thread. */
export async function readCase(
  db: Kysely<Tables>,
  circles: readonly number[],
  threadId: number,
): Promise<CaseFacts | null> {
  const { rows } = await sql<CaseFacts>`
    select p.thread_id as "threadId", coalesce(c.state, 'open') as state, coalesce(c.waiting_since, p.sort_at) as "waitingSince",
      case when h.id is null then null else ${personNamed('h')} end as holder,
      case when b.id is null then null else ${personNamed('b')} end as "closedBy",
      c.taken_at as "takenAt", c.closed_at as "closedAt", c.answer_url as "answerUrl", c.answer_text as "answerText", c.reason,
      c.note, coalesce(c.version, 0) as version
    from placements p
    left join cases c on c.thread_id = p.thread_id
    left join people h on h.id = c.holder_id
    left join people b on b.id = c.closed_by
    where p.thread_id = ${threadId} and ${isHome('p')} and p.circle_id = any(${circles}::int[])`.execute(db);
  return rows[0] ?? null;
}

/**
 * Puts threads that were just born on the desk, when their source waits for answers. What is told long after it was written
 * (the backlog of a source that was added today) waits for nobody any more, and what outsiders answer each other asks
 * nothing of us: whoever sees a question in it takes it by hand.
 */
export async function openCases(
  trx: Kysely<Tables>,
  born: readonly { threadId: number; originId: number }[],
): Promise<void> {
  if (born.length === 0) return;
  await sql`
    insert into cases (thread_id, waiting_since)
    select m.thread_id, m.sort_at
    from unnest(${born.map(({ originId }) => originId)}::bigint[]) u (id)
    join mentions m on m.id = u.id
    join sources s on s.id = m.source_id and s.desk
    where m.sort_at > m.fetched_at - ${longestWaitDays} * interval '1 day'
      and not exists (select from mention_texts x
        where x.mention_id = m.id and x.month = m.text_month and x.edition = 0 and x.in_reply_to is not null)
    order by 1 on conflict do nothing`.execute(trx);
}

/** Takes threads that left the outside stream off the desk; what was closed stays closed. */
export async function dropCases(trx: Kysely<Tables>, threadIds: readonly number[]): Promise<void> {
  await sql`delete from cases where thread_id = any(${threadIds}::bigint[]) and state in ('open', 'taken')`.execute(
    trx,
  );
}
