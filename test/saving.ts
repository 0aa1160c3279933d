import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { PreparedMention } from '#domain/mention.ts';
import type { Database } from '#storage/database.ts';
import type { Keys } from '#storage/keys.ts';
import { type PollRecord, type SaveReport, type SourcePoll, savePolls } from '#storage/mentions.ts';

export const fetchedAt = new Date('2026-11-23T10:00:00Z');

/** What a poll that went well leaves on its source. */
export function aRecord(record: Partial<PollRecord> = {}): PollRecord {
  return {
    polledAt: fetchedAt,
    ok: true,
    cursor: null,
    etag: null,
    lastModified: null,
    bodyHash: null,
    nextPollAt: new Date('2026-11-23T11:00:00Z'),
    intervalSeconds: 3_600,
    failures: 0,
    failingSince: null,
    lastError: null,
    lastNewAt: fetchedAt,
    recent: [],
    newOn: null,
    newCount: 0,
    homeUrl: null,
    movedTo: null,
    movedSeenAt: null,
    moveTo: null,
    stop: false,
    changed: true,
    hasNews: false,
    ...record,
  };
}

/** A poll of one source as the workers hand it over, under a lease that may be put on the row with `leased`. */
export function aPoll(
  keys: Keys,
  sourceId: number,
  mentions: readonly PreparedMention[],
  poll: Partial<SourcePoll> = {},
): SourcePoll {
  return {
    sourceId,
    lease: randomUUID(),
    connector: 'feed/1',
    arrivals: mentions.map((prepared) => ({
      key: keys.mention(prepared.namespace, prepared.externalId),
      altKeys: prepared.altIds.map((altId) => keys.alternative(prepared.namespace, altId)),
      prepared,
      fetchedAt,
    })),
    sighted: [],
    withdrawn: [],
    record: aRecord(),
    ...poll,
  };
}

/** Puts the leases of polls on their sources. */
export async function leased(db: Database, ...polls: SourcePoll[]): Promise<SourcePoll[]> {
  for (const { sourceId, lease } of polls) {
    await sql`update source_polls set lease = ${lease}::uuid, leased_until = now() + interval '1 minute'
      where source_id = ${sourceId}`.execute(db);
  }
  return polls;
}

/** Saves mentions of one source, with a lease of its own. */
export async function saved(
  db: Database,
  keys: Keys,
  sourceId: number,
  mentions: readonly PreparedMention[],
  poll: Partial<SourcePoll> = {},
): Promise<SaveReport> {
  return await savePolls(db, keys, await leased(db, aPoll(keys, sourceId, mentions, poll)));
}

/** Everything that must hold in any database at any time; sentences about what does not. */
export async function brokenPromises(db: Database): Promise<string[]> {
  const checks: [string, ReturnType<typeof sql<{ n: number }>>][] = [
    [
      'live mentions without their text',
      sql`select count(*)::int as n from mentions m where m.state = 'live' and not exists (
        select from mention_texts x where x.mention_id = m.id and x.month = m.text_month and x.edition = 0)`,
    ],
    [
      'texts without a live mention',
      sql`select count(*)::int as n from mention_texts x left join mentions m on m.id = x.mention_id and m.text_month = x.month
        where m.id is null or m.state <> 'live'`,
    ],
    [
      'mentions without a key',
      sql`select count(*)::int as n from mentions m
        where m.state = 'live' and not exists (select from mention_keys k where k.mention_id = m.id)`,
    ],
    [
      'keys without a mention',
      sql`select count(*)::int as n from mention_keys k left join mentions m on m.id = k.mention_id
        where k.mention_id is not null and m.id is null`,
    ],
    [
      'threads with live mentions without a placement',
      sql`select count(distinct m.thread_id)::int as n from mentions m where m.state = 'live' and not exists (
        select from placements p where p.thread_id = m.thread_id and p.circle_id = 1)`,
    ],
    [
      'mentions missing from the stream of their source',
      sql`select count(*)::int as n from mentions m where m.state = 'live' and not exists (
        select from placement_sources p where p.thread_id = m.thread_id and p.source_id = m.source_id)`,
    ],
    [
      'threads that count their mentions wrong',
      sql`select count(*)::int as n from threads t
        where t.mention_count <> (select count(*) from mentions m where m.thread_id = t.id)`,
    ],
    [
      'threads without a mention',
      sql`select count(*)::int as n from threads t where t.mention_count = 0 and t.born = 'outside'`,
    ],
    [
      'copies without a reason for standing in their thread',
      sql`select count(*)::int as n from mentions m join threads t on t.id = m.thread_id
        where t.origin_mention_id <> m.id and not exists (select from joined j where j.mention_id = m.id)`,
    ],
    [
      'join keys that point to no mention',
      sql`select count(*)::int as n from join_keys k left join mentions m on m.id = k.mention_id where m.id is null`,
    ],
    [
      'join keys that point to another thread than their mention',
      sql`select count(*)::int as n from join_keys k join mentions m on m.id = k.mention_id where m.thread_id <> k.thread_id`,
    ],
    [
      'mentions and threads that no change row tells of',
      sql`select (select count(*) from mentions m where not exists (select from changes c where c.kind = 2 and c.ref = m.id))::int
        + (select count(*) from threads t where not exists (select from changes c where c.kind = 1 and c.ref = t.id))::int as n`,
    ],
  ];
  const broken: string[] = [];
  for (const [sentence, query] of checks) {
    const { rows } = await query.execute(db);
    if (rows[0]!.n > 0) broken.push(`${rows[0]!.n} ${sentence}`);
  }
  return broken;
}
