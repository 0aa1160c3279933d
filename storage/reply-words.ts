import { type Kysely, sql } from 'kysely';
import type { StoredReference } from './reply-references.ts';
import type { Tables } from './schema.ts';

/** What a reply says: text with a placeholder (domain/reply-text.ts) for each reference, in order. */
export type ReplyWords = { text: string; references: readonly StoredReference[] };

/** Puts other references in the place of those of a reply; answers who is named now and was not before. */
export async function replaceReferences(
  trx: Kysely<Tables>,
  replyId: number,
  references: readonly StoredReference[],
): Promise<number[]> {
  const { rows } = await sql<{ personId: number | null }>`
    delete from reply_references where reply_id = ${replyId} returning person_id as "personId"`.execute(trx);
  const of = <Name extends keyof StoredReference>(name: Name) => references.map((one) => one[name]);
  await sql`
    insert into reply_references (reply_id, position, kind, person_id, thread_id, mention_id, from_char, to_char, digest)
    select ${replyId}, u.n - 1, u.kind, u.person_id, u.thread_id, u.mention_id, u.from_char, u.to_char, u.digest
    from unnest(${of('kind')}::text[], ${of('personId')}::bigint[], ${of('threadId')}::bigint[], ${of('mentionId')}::bigint[],
      ${of('from')}::int[], ${of('to')}::int[], ${of('digest')}::bytea[])
      with ordinality u (kind, person_id, thread_id, mention_id, from_char, to_char, digest, n)`.execute(trx);
  const before = new Set(rows.map(({ personId }) => personId));
  const now = new Set(references.flatMap(({ personId }) => personId ?? []));
  return [...now].filter((id) => !before.has(id));
}
