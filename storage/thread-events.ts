import { type Kysely, sql } from 'kysely';
import { type PersonNamed, personNamed } from './badges.ts';
import { isHome } from './homes.ts';
import { outsideCircle, type Tables } from './schema.ts';

/** What can happen to a thread besides what is written in it (W-19). */
export type ThreadEventKind = 'taken' | 'released' | 'handed-over' | 'answered' | 'unanswered' | 'reopened' | 'tipped';

export type ThreadEvent = {
  threadId: number;
  kind: ThreadEventKind;
  /** null: nobody, a day had come. */
  personId: number | null;
  /** By kind: `to` (number of a person), `url`, `text`, `reason`, `note`. What is empty is left out. */
  detail?: { to?: number } & Partial<Record<'url' | 'text' | 'reason' | 'note', string | null>>;
};

/** Writes an event on the outside of a thread, in the transaction that makes it happen. The log is only ever added to. */
export async function recordEvent(
  trx: Kysely<Tables>,
  { threadId, kind, personId, detail = {} }: ThreadEvent,
): Promise<void> {
  const said = Object.fromEntries(Object.entries(detail).filter(([, value]) => value != null && value !== ''));
  await sql`
    insert into thread_events (thread_id, circle_id, kind, person_id, detail)
    select ${threadId}::bigint, coalesce((select p.circle_id from placements p where p.thread_id = ${threadId} and ${isHome('p')}),
      ${outsideCircle}), ${kind}, ${personId}::bigint, ${JSON.stringify(said)}::jsonb`.execute(trx);
}

/** Writes that a thread was moved, in the circle it left or in the one it came to: neither says where the other is. */
export async function recordEventIn(
  trx: Kysely<Tables>,
  event: { threadId: number; circleId: number; kind: 'moved-here' | 'moved-on'; personId: number },
): Promise<void> {
  await sql`insert into thread_events (thread_id, circle_id, kind, person_id)
    values (${event.threadId}, ${event.circleId}, ${event.kind}, ${event.personId})`.execute(trx);
}

export type EventFacts = { kind: string; person: PersonNamed | null; at: Date; detail: Record<string, string> };

const mostEvents = 200;

/**
 * The newest 200 events of a thread in the circles, in time order. A person in `detail.to` is told by the name they have now.
 * Those of threads that were merged into it stand among its own: both histories are kept.
 */
export async function readEvents(
  db: Kysely<Tables>,
  circles: readonly number[],
  threadId: number,
): Promise<EventFacts[]> {
  const { rows } = await sql<EventFacts>`
    select e.kind, e.at, case when p.id is null then null else ${personNamed('p')} end as person,
      case when e.detail ? 'to' then jsonb_set(e.detail, '{to}', coalesce(to_jsonb(receiver.name), '""')) else e.detail end
        as detail
    from (
      select * from thread_events
      where circle_id = any(${circles}::int[])
        and thread_id in (select ${threadId}::bigint union select id from threads where merged_into = ${threadId})
      order by at desc, id desc limit ${mostEvents}
    ) e
    left join people p on p.id = e.person_id
    left join people receiver on receiver.id = (e.detail ->> 'to')::bigint
    order by e.at, e.id`.execute(db);
  return rows;
}
