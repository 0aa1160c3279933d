import { type Kysely, sql } from 'kysely';
import type { KnownMention } from '#domain/reconcile.ts';
import type { Tables } from './schema.ts';

export type KnownRow = KnownMention & {
  key: string;
  askedBy: number;
  threadId: number | null;
  textMonth: string | null;
};

/**
 * What is stored under keys (storage/keys.ts), each asked for by a source: one query for a whole batch. Keys that are not
 * there are not in the answer.
 */
export async function knownMentions(
  db: Kysely<Tables>,
  asked: readonly { key: string; sourceId: number }[],
): Promise<KnownRow[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql<KnownRow>`
    select u.key, u.source_id as "askedBy", k.mention_id as "mentionId", coalesce(m.state, 'live') as state, s.id as "sourceId", m.fingerprint,
      m.content_hash as "contentHash", m.thread_id as "threadId", m.text_month as "textMonth",
      coalesce(m.second_hand, false) as "secondHand",
      (m.source_id = u.source_id or exists (select from sightings g
        where g.mention_id = m.id and g.source_id = u.source_id)) as "seenHere"
    from unnest(${asked.map(({ key }) => key)}::text[], ${asked.map(({ sourceId }) => sourceId)}::bigint[])
      u (key, source_id)
    join mention_keys k on k.key = decode(u.key, 'hex')
    left join mentions m on m.id = k.mention_id
    left join sources s on s.id = m.source_id and s.state <> 'removed'`.execute(db);
  return rows;
}
