import { sql } from 'kysely';
import type { Database } from './database.ts';

export type RecheckRow = {
  id: number;
  sourceId: number;
  externalId: string;
  url: string | null;
  goneSeenAt: Date | null;
  /** Of the source; null when it was removed. */
  connectorName: string | null;
  settings: Record<string, unknown> | null;
};

/**
 * Mentions about which somebody wants to know whether they still exist, the longest waiting first; of one source no more than
 * `mostOfOne`, so that a slow one leaves room for the others.
 */
export async function recheckRows(
  db: Database,
  now: Date,
  { limit, mostOfOne }: { limit: number; mostOfOne: number },
): Promise<RecheckRow[]> {
  const { rows } = await sql<RecheckRow>`
    select m.id, m.source_id as "sourceId", m.external_id as "externalId", m.canonical_url as url,
      m.gone_seen_at as "goneSeenAt", s.connector as "connectorName", s.settings
    from (
      select *, row_number() over (partition by source_id order by recheck_at, id) as turn from mentions
      where recheck_at <= ${now.toISOString()}::timestamptz and state = 'live'
    ) m left join sources s on s.id = m.source_id and s.state <> 'removed'
    where m.turn <= ${mostOfOne}
    order by m.recheck_at, m.id limit ${limit}`.execute(db);
  return rows;
}

/**
 * Notes what was found about mentions that are not known to be gone: one that was missing is asked again after
 * `confirmHours`, the others when a thread is next opened.
 */
export async function recordRechecks(
  db: Database,
  found: readonly { id: number; missing: boolean }[],
  now: Date,
  confirmHours: number,
): Promise<void> {
  if (found.length === 0) return;
  await db.transaction().execute(async (trx) => {
    await sql`
      update mentions m set checked_at = ${now.toISOString()}::timestamptz,
        gone_seen_at = case when u.missing then coalesce(m.gone_seen_at, ${now.toISOString()}::timestamptz) end,
        recheck_at = case when u.missing
          then coalesce(m.gone_seen_at, ${now.toISOString()}::timestamptz) + ${confirmHours} * interval '1 hour' end
      from unnest(${found.map(({ id }) => id)}::bigint[], ${found.map(({ missing }) => missing)}::boolean[])
        u (id, missing)
      where m.id = u.id and m.state = 'live'`.execute(trx);
  });
}
