import { type Kysely, sql } from 'kysely';
import { recordChanges } from './changes.ts';
import { type Database, prepared } from './database.ts';
import { retried, retriedStatement } from './retried.ts';
import type { PollRecord } from './save-types.ts';
import type { SourcesTable, Tables } from './schema.ts';

/** A source as the workers need it. */
export type DueSource = {
  id: number;
  connector: string;
  settings: Record<string, unknown>;
  host_key: string | null;
  interval_seconds: number;
  cursor: string | null;
  etag: string | null;
  last_modified: string | null;
  body_hash: Buffer | null;
  home_url: string | null;
  moved_to: string | null;
  moved_seen_at: Date | null;
  failures: number;
  failing_since: Date | null;
  last_error: SourcesTable['last_error'] extends { __select__: infer E } ? E : unknown;
  last_polled_at: Date | null;
  last_new_at: Date | null;
  /** Epoch milliseconds, newest first. */
  recent: number[];
  /** How many items were new on the last day (UTC, 2026-11-23) that brought any. */
  new_on: string | null;
  new_count: number;
  keeps: 'everything' | 'matched';
};

/**
 * Takes due sources under a lease: one for each politeness key, none whose host is paused or being asked under another lease.
 * The lease runs by the clock of the database. However many sources of one host are due, they hold up no other host.
 * A source under a lease stays due until its poll is recorded, so that one look at the due ones shows which hosts are being asked.
 */
export async function claimDue(db: Database, lease: string, limit: number, leaseSeconds: number): Promise<number[]> {
  // A literal, and a "now" that is not looked at beforehand: the plan is to walk the index to as many as are wanted, whatever
  // the statistics say of how many are due. A few that were counted at a quiet time would have it sort all at each claim.
  const most = sql.lit(limit);
  const isDue = sql`p.next_poll_at <= now()`;
  const isFree = sql`(p.leased_until is null or p.leased_until < now())`;
  const { rows } = await sql<{ id: number }>`${prepared}
    with keyless as (
      select p.source_id as id, p.next_poll_at from source_polls p where p.host_key is null
        and p.next_poll_at <= (select now()) and ${isFree}
      order by p.next_poll_at limit ${most} for update skip locked
    ), due as materialized (
      select p.source_id as id, p.host_key, p.next_poll_at, ${isFree} as is_free from source_polls p
      where p.host_key is not null and ${isDue}
    ), firsts as (
      select distinct on (d.host_key) d.id, d.host_key, d.next_poll_at from due d
      where d.is_free and d.host_key not in (select host_key from due where not is_free)
      order by d.host_key, d.next_poll_at, d.id
    ), next as (
      select f.id from firsts f where not exists (select from hosts h where h.host_key = f.host_key
        and (h.blocked_until > now() or h.free_at > now() + interval '1 second'))
      order by f.next_poll_at limit ${most}
    ), keyed as (
      select p.source_id as id, p.next_poll_at from next join source_polls p on p.source_id = next.id
      where ${isDue} and ${isFree} for update of p skip locked
    ), taken as (
      select id from (select * from keyless union all select * from keyed) k order by next_poll_at limit ${most}
    )
    update source_polls p set lease = ${lease}::uuid, leased_until = now() + ${leaseSeconds} * interval '1 second'
    from taken where p.source_id = taken.id returning p.source_id as id`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * The sources of a lease as they are now. A lease that waited long in the queue starts anew; a fresh one costs no write.
 * Those it lost are not in the answer.
 */
export async function takeLeased(
  db: Database,
  lease: string,
  ids: readonly number[],
  seconds: number,
): Promise<DueSource[]> {
  const leased = () => leasedSources(db, lease, ids, seconds);
  let sources = await leased();
  if (sources.some(({ isShort }) => isShort)) {
    await keepLease(db, lease, seconds);
    // Those that were lost before that are somebody else's.
    sources = await leased();
  }
  return sources;
}

async function leasedSources(db: Database, lease: string, ids: readonly number[], seconds: number) {
  const { rows } = await sql<DueSource & { isShort: boolean }>`${prepared}
    select s.id, s.connector, s.settings, p.host_key, p.interval_seconds, s.cursor, s.etag, s.last_modified, s.body_hash,
      s.home_url, s.moved_to, s.moved_seen_at, s.failures, s.failing_since, s.last_error, p.last_polled_at, s.last_new_at,
      s.recent, s.new_on, s.new_count, s.keeps, p.leased_until < now() + ${seconds} / 2 * interval '1 second' as "isShort"
    from source_polls p join sources s on s.id = p.source_id
    where p.source_id = any(${`{${ids.join()}}`}::bigint[]) and p.lease = ${lease}::uuid`.execute(db);
  return rows;
}

/** Keeps a lease for those who still work under it. */
export async function keepLease(db: Database, lease: string, seconds: number): Promise<void> {
  await sql`update source_polls set leased_until = now() + ${seconds} * interval '1 second'
    where lease = ${lease}::uuid`.execute(db);
}

/** Gives sources back that were not polled after all; they stay due. */
export async function giveBack(db: Database, lease: string, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update source_polls set lease = null, leased_until = null
    where source_id = any(${ids}::bigint[]) and lease = ${lease}::uuid`.execute(db);
}

/** Writes poll results of sources whose leases the caller has verified and locked; ends the leases. */
export async function recordPolls(
  trx: Kysely<Tables>,
  records: readonly { sourceId: number; record: PollRecord }[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ record }) => record);
  const iso = (date: Date | null) => date?.toISOString() ?? null;
  const ids = records.map(({ sourceId }) => sourceId);
  await sql`
    update source_polls p set next_poll_at = case when p.next_poll_at is null or u.stop then null else u.next_poll_at end,
      interval_seconds = u.interval_seconds, last_polled_at = u.polled_at,
      last_ok_at = case when u.ok then u.polled_at else p.last_ok_at end, lease = null, leased_until = null
    from unnest(${ids}::bigint[], ${rows.map((row) => iso(row.nextPollAt))}::timestamptz[],
      ${rows.map((row) => row.intervalSeconds)}::int[], ${rows.map((row) => iso(row.polledAt))}::timestamptz[],
      ${rows.map((row) => row.ok)}::boolean[], ${rows.map((row) => row.stop)}::boolean[])
      u (id, next_poll_at, interval_seconds, polled_at, ok, stop)
    where p.source_id = u.id`.execute(trx);
  await sql`
    update sources s set cursor = u.cursor, etag = u.etag, last_modified = u.last_modified, body_hash = u.body_hash,
      failures = u.failures, failing_since = u.failing_since, last_error = u.last_error, last_new_at = u.last_new_at,
      recent = u.recent::bigint[], new_on = u.new_on, new_count = u.new_count, home_url = coalesce(s.home_url, u.home_url), moved_to = u.moved_to,
      moved_seen_at = u.moved_seen_at, version = s.version + 1,
      state = case when u.stop and s.state = 'active' then 'stopped' else s.state end
    from unnest(${ids}::bigint[], ${rows.map((row) => row.cursor)}::text[],
      ${rows.map((row) => row.etag)}::text[], ${rows.map((row) => row.lastModified)}::text[],
      ${rows.map((row) => row.bodyHash)}::bytea[], ${rows.map((row) => row.failures)}::int[],
      ${rows.map((row) => iso(row.failingSince))}::timestamptz[],
      ${rows.map((row) => row.lastError && JSON.stringify(row.lastError))}::jsonb[],
      ${rows.map((row) => iso(row.lastNewAt))}::timestamptz[],
      ${rows.map((row) => `{${row.recent.join()}}`)}::text[], ${rows.map((row) => row.homeUrl)}::text[],
      ${rows.map((row) => row.movedTo)}::text[], ${rows.map((row) => iso(row.movedSeenAt))}::timestamptz[],
      ${rows.map((row) => row.stop)}::boolean[], ${rows.map((row) => row.newOn)}::date[], ${rows.map((row) => row.newCount)}::int[])
      u (id, cursor, etag, last_modified, body_hash, failures, failing_since, last_error, last_new_at, recent, home_url,
        moved_to, moved_seen_at, stop, new_on, new_count)
    where s.id = u.id`.execute(trx);
}

export type UnchangedPoll = {
  sourceId: number;
  lease: string;
  record: PollRecord;
  /** Its row in `sources` stays as it is: no new validators, no failure to forget. */
  keepsSource: boolean;
};

/**
 * Polls that brought nothing new: only the time of the next one moves, in one statement for hundreds of sources. Does not wait
 * for the disk: what a crash of the server takes away costs one more poll, and nobody was told anything.
 */
export async function recordUnchanged(db: Database, polls: readonly UnchangedPoll[]): Promise<void> {
  const quiet = polls.filter(({ record }) => !record.changed);
  // Rows are taken in whatever order the plan has: two of these may meet the wrong way round, and one starts over.
  for (const part of [
    quiet.filter(({ keepsSource }) => keepsSource),
    quiet.filter(({ keepsSource }) => !keepsSource),
  ]) {
    if (part.length > 0) await retriedStatement(() => noteTimes(db, part));
  }
  const changed = polls.filter(({ record }) => record.changed);
  if (changed.length === 0) return;
  await retried(db, async (trx) => {
    await noteTimes(trx, changed);
    await recordChanges(trx, { threads: [], mentions: [], sources: changed.map(({ sourceId }) => sourceId) });
  });
}

/** Writes the times; validators and recovery too, unless all of these polls keep what is said of their sources. */
export async function noteTimes(db: Kysely<Tables>, polls: readonly UnchangedPoll[]): Promise<void> {
  const noted = sql`
    update source_polls p set next_poll_at = case when p.next_poll_at is null then null else to_timestamp(u.next_ms / 1000) end,
      interval_seconds = u.interval_seconds, last_polled_at = to_timestamp(u.polled_ms / 1000),
      last_ok_at = to_timestamp(u.polled_ms / 1000), lease = null, leased_until = null
    from unnest(${timesOf(polls)}) u (id, lease, next_ms, polled_ms, interval_seconds)
    where p.source_id = u.id and p.lease = u.lease and ${withoutWaiting}`;
  if (polls.every(({ keepsSource }) => keepsSource)) {
    await sql`${prepared} ${noted}`.execute(db);
    return;
  }
  await sql`
    with noted as (${noted} returning p.source_id)
    update sources s set etag = u.etag, last_modified = u.last_modified, failures = 0, failing_since = null, last_error = null
    from noted join unnest(${polls.map(({ sourceId }) => sourceId)}::bigint[], ${polls.map(({ record }) => record.etag)}::text[],
      ${polls.map(({ record }) => record.lastModified)}::text[]) u (id, etag, last_modified) on u.id = noted.source_id
    where s.id = noted.source_id`.execute(db);
}

/** Always true. Set before the first row is written, for this transaction only. */
const withoutWaiting = sql`(select set_config('synchronous_commit', 'off', true)) = 'off'`;

/** Arrays for `unnest`, written here because the driver would quote each number. */
function timesOf(polls: readonly UnchangedPoll[]) {
  const list = (of: (poll: UnchangedPoll) => number | string) => `{${polls.map(of).join()}}`;
  return sql`${list(({ sourceId }) => sourceId)}::bigint[], ${list(({ lease }) => lease)}::uuid[],
    ${list(({ record }) => record.nextPollAt.getTime())}::float8[],
    ${list(({ record }) => record.polledAt.getTime())}::float8[], ${list(({ record }) => record.intervalSeconds)}::int[]`;
}
