import { type Kysely, sql } from 'kysely';
import { recordChanges } from './changes.ts';
import type { Tables } from './schema.ts';

/** News for one person that `attention` does not tell of; a word of `kind` has its sentence in the dashboard. */
export type NewNotice = {
  personId: number;
  kind: string;
  circleId?: number | null;
  threadId?: number | null;
  replyId?: number | null;
  byPersonId?: number | null;
  detail?: Record<string, string | number | boolean | null>;
};

/** Puts news in inboxes, in the transaction that makes it; who reads it then is asked for anew whether they may. */
export async function notify(trx: Kysely<Tables>, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return;
  const of = <T>(part: (one: NewNotice) => T) => notices.map(part);
  await sql`
    insert into notices (person_id, kind, circle_id, thread_id, reply_id, by_person_id, detail)
    select * from unnest(${of(({ personId }) => personId)}::bigint[], ${of(({ kind }) => kind)}::text[],
      ${of(({ circleId }) => circleId ?? null)}::int[], ${of(({ threadId }) => threadId ?? null)}::bigint[],
      ${of(({ replyId }) => replyId ?? null)}::bigint[], ${of(({ byPersonId }) => byPersonId ?? null)}::bigint[],
      ${of(({ detail }) => JSON.stringify(detail ?? {}))}::jsonb[])`.execute(trx);
  await recordChanges(trx, { people: [...new Set(of(({ personId }) => personId))] });
}
