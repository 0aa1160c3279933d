import { sql } from 'kysely';
import { recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { retried } from './retried.ts';
import { type DocumentRef, kindNumbers } from './search-source.ts';

/** Gives mentions and replies that have a document the next version, of the row and of the document: whoever holds a copy takes it anew. */
export async function raiseVersions(db: Database, refs: readonly DocumentRef[]): Promise<void> {
  const ids = (kind: DocumentRef['kind']) => refs.filter((ref) => ref.kind === kind).map(({ id }) => id);
  await retried(db, async (trx) => {
    const { rows: mentions } = await sql<{ id: number }>`
      with raised as (
        update mentions m set version = m.version + 1 from (
          select id from mentions where id = any(${ids('mention')}::bigint[]) and state = 'live' order by id for update
        ) l where m.id = l.id returning m.id, m.version
      ), told as (
        update search_documents d set version = r.version from raised r
        where d.kind = ${kindNumbers.mention} and d.ref = r.id
      ) select id from raised`.execute(trx);
    const { rows: replies } = await sql<{ replyId: number; circleId: number }>`
      with raised as (
        update replies r set version = r.version + 1 from (
          select id from replies where id = any(${ids('reply')}::bigint[]) and withdrawn_at is null order by id for update
        ) l where r.id = l.id returning r.id, r.circle_id, r.version
      ), told as (
        update search_documents d set version = r.version from raised r
        where d.kind = ${kindNumbers.reply} and d.ref = r.id
      ) select id as "replyId", circle_id as "circleId" from raised`.execute(trx);
    await recordChanges(trx, { mentions: mentions.map(({ id }) => id), replies });
  });
}
