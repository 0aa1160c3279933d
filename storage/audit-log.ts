import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

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
