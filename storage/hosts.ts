import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { type GateOutcome, type HostGate, HttpError } from '#platform/http.ts';
import type { Database } from './database.ts';

/** sources.md 2.8: one request at a time per politeness key, and this long between two starts. */
const spacingSeconds = 2;
/** A request takes at most 20 s (design section 8); whoever is inside longer than this has died. */
const holdSeconds = 30;
const circuitFailures = 5;
const circuitMinutes = 30;
const leastPauseSeconds = 60;
const mostPauseSeconds = 86_400;
const firstPauseSeconds = 900;

/**
 * The gate of sources.md 2.8 in the table `hosts`, shared by every process on this database: all times are the database's
 * own. Whoever would have to wait beyond its deadline is told at once.
 */
export function hostGate(db: Database, options: { spacingSeconds?: number } = {}): HostGate {
  const spacing = options.spacingSeconds ?? spacingSeconds;
  return {
    async enter(hostKey, deadlineMs) {
      const endsAt = performance.now() + deadlineMs;
      const holder = randomUUID();
      for (;;) {
        const waitMs = await tryEnter(db, hostKey, holder, spacing);
        if (waitMs === null) return (outcome) => leave(db, hostKey, holder, outcome);
        // A little more than asked: those who wait for the same moment do not all ask in it.
        const pauseMs = Math.max(20, waitMs) + Math.random() * 50;
        if (performance.now() + pauseMs > endsAt) {
          throw new HttpError('busy', `${hostKey} is asked by others, or wants to be left alone`, hostKey);
        }
        await sleep(Math.min(pauseMs, 500));
      }
    },
  };
}

/** null: inside. Otherwise how long to wait at least, in milliseconds. */
async function tryEnter(db: Database, hostKey: string, holder: string, spacing: number): Promise<number | null> {
  const entered = await sql`
    insert into hosts as h (host_key, holder, busy_until, free_at)
    values (${hostKey}, ${holder}, clock_timestamp() + ${holdSeconds} * interval '1 second',
      clock_timestamp() + ${spacing} * interval '1 second')
    on conflict (host_key) do update
      set holder = excluded.holder, busy_until = excluded.busy_until, free_at = excluded.free_at
      where h.free_at <= clock_timestamp() and coalesce(h.busy_until, '-infinity') <= clock_timestamp()
        and coalesce(h.blocked_until, '-infinity') <= clock_timestamp()
    returning 1`.execute(db);
  if (entered.rows.length > 0) return null;
  const { rows } = await sql<{ wait: number }>`
    select extract(epoch from greatest(free_at, blocked_until,
      least(busy_until, clock_timestamp() + interval '0.2 seconds')) - clock_timestamp())::float8 * 1000 as wait
    from hosts where host_key = ${hostKey}`.execute(db);
  return Math.max(0, rows[0]?.wait ?? 0);
}

async function leave(db: Database, hostKey: string, holder: string, outcome: GateOutcome): Promise<void> {
  if (outcome.kind === 'limited') await pauseHost(db, hostKey, outcome.retryAfterSeconds);
  const failed = outcome.kind === 'failed';
  // A success closes the circuit; the failure after its 30 minutes opens it again, so that one probe is all it gets.
  await sql`
    update hosts set holder = null, busy_until = null,
      failures = case when ${failed} then failures + 1 when ${outcome.kind === 'ok'} then 0 else failures end,
      limits = case when ${outcome.kind === 'ok'} then 0 else limits end,
      blocked_until = case when ${failed} and failures + 1 >= ${circuitFailures}
        then greatest(blocked_until, now() + ${circuitMinutes} * interval '1 minute') else blocked_until end
    where host_key = ${hostKey} and holder = ${holder}::uuid`.execute(db);
}

/**
 * A host said "too many requests": nobody asks it before the time it named (1 minute to 24 hours), or without one for 15
 * minutes, doubled each time in a row.
 */
export async function pauseHost(db: Database, hostKey: string, retryAfterSeconds?: number): Promise<void> {
  const asked = retryAfterSeconds ?? null;
  await sql`
    insert into hosts as h (host_key, limited_at, limits, blocked_until)
    values (${hostKey}, now(), 1, now() + interval '1 second' * least(${mostPauseSeconds}::float8,
      greatest(${leastPauseSeconds}::float8, coalesce(${asked}::float8, ${firstPauseSeconds}::float8))))
    on conflict (host_key) do update set limited_at = now(), limits = h.limits + 1,
      blocked_until = greatest(h.blocked_until, now() + interval '1 second' * least(${mostPauseSeconds}::float8,
        greatest(${leastPauseSeconds}::float8,
          coalesce(${asked}::float8, ${firstPauseSeconds}::float8 * power(2, least(h.limits, 10))))))`.execute(db);
}

/** When the host may be asked again if it is paused now, and whether it said "too many requests" within the hour. */
export async function hostState(
  db: Database,
  hostKey: string,
): Promise<{ blockedUntil: Date | null; limitedRecently: boolean }> {
  const { rows } = await sql<{ blockedUntil: Date | null; limitedRecently: boolean }>`
    select case when blocked_until > now() then blocked_until end as "blockedUntil",
      coalesce(limited_at > now() - interval '1 hour', false) as "limitedRecently"
    from hosts where host_key = ${hostKey}`.execute(db);
  return rows[0] ?? { blockedUntil: null, limitedRecently: false };
}
