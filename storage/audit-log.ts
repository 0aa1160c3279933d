import { type Kysely, sql } from 'kysely';
import { type PersonNamed, personNamed } from './badges.ts';
import { startOfDay } from './days.ts';
import type { Tables } from './schema.ts';
import type { CircleFacts } from './stream-rows.ts';

/** What is written down of who did what to whose access; a word of `action` has its sentence in the dashboard. */
export type AuditEntry = {
  /** null: nobody, a day had come. */
  personId: number | null;
  action: string;
  circleId?: number | null | undefined;
  /** Whom it was done to. */
  subjectId?: number | null | undefined;
  /** Short facts by name; never words of a talk. */
  detail?: Record<string, string | number | boolean | null>;
};

/** Adds a line, in the transaction that does what it tells of. */
export async function audit(
  trx: Kysely<Tables>,
  { personId, action, circleId = null, subjectId = null, detail = {} }: AuditEntry,
): Promise<void> {
  await sql`insert into audit_log (person_id, action, circle_id, subject_id, detail)
    values (${personId}, ${action}, ${circleId}, ${subjectId}, ${JSON.stringify(detail)}::jsonb)`.execute(trx);
}

/** A line of the log. */
export type AuditLine = {
  id: number;
  at: Date;
  by: PersonNamed | null;
  action: string;
  circle: CircleFacts | null;
  subject: PersonNamed | null;
  detail: Record<string, string | number | boolean | null>;
};
/** `action`: a word, or its part before the dot. `personId`: who did it or whom it was done to. Days are those of the installation, both included. */
export type AuditFilter = {
  action?: string | undefined;
  personId?: number | undefined;
  circleId?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** A page of the log, newest first, after the line with the number `after`. Within one transaction lines have one order: that of their numbers. */
export async function readAudit(
  db: Kysely<Tables>,
  { action, personId, circleId, from, to }: AuditFilter,
  { after, limit, timeZone }: { after: number | null; limit: number; timeZone: string },
): Promise<AuditLine[]> {
  const { rows } = await sql<AuditLine>`
    select a.id, a.at, case when p.id is not null then ${personNamed('p')} end as by, a.action,
      case when c.id is not null then json_build_object('id', c.id, 'kind', c.kind, 'name', c.name) end as circle,
      case when s.id is not null then ${personNamed('s')} end as subject, a.detail
    from audit_log a left join people p on p.id = a.person_id left join people s on s.id = a.subject_id
    left join circles c on c.id = a.circle_id
    where true ${after === null ? sql`` : sql`and a.id < ${after}`}
      ${action === undefined ? sql`` : sql`and (a.action = ${action} or starts_with(a.action, ${`${action}.`}))`}
      ${personId === undefined ? sql`` : sql`and (a.person_id = ${personId} or a.subject_id = ${personId})`}
      ${circleId === undefined ? sql`` : sql`and a.circle_id = ${circleId}`}
      ${from === undefined ? sql`` : sql`and a.at >= ${startOfDay(sql`${from}::date`, timeZone)}`}
      ${to === undefined ? sql`` : sql`and a.at < ${startOfDay(sql`${to}::date + 1`, timeZone)}`}
    order by a.id desc limit ${limit}`.execute(db);
  return rows;
}
