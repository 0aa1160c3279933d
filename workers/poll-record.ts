import { dayOf, type FailureKind, moveOf, nextAfterAnswer, nextAfterFailure, rememberTimes } from '#domain/schedule.ts';
import type { PollAnswer } from '#ingest/connector.ts';
import { SourceError } from '#ingest/errors.ts';
import { HttpError, type HttpErrorReason } from '#platform/http.ts';
import type { PollRecord } from '#storage/save-types.ts';
import type { SourceLastError } from '#storage/schema.ts';
import type { DueSource } from '#storage/source-polls.ts';

/**
 * What an answer leaves on the source's row. `publishedAt` holds the times of the items that are new, `leftOut` says how many more there were: of
 * these nothing is remembered, so that the next poll finds them again.
 */
export function recordAnswer(
  source: DueSource,
  answer: PollAnswer,
  { publishedAt, edits, leftOut, now }: { publishedAt: readonly Date[]; edits: number; leftOut: number; now: Date },
): PollRecord {
  const recent = rememberTimes(source.recent, publishedAt);
  const validators = leftOut > 0 ? {} : (answer.validators ?? {});
  const counted = source.new_on === dayOf(now) ? source.new_count : 0;
  const move = moveOf({ movedTo: source.moved_to, movedSeenAt: source.moved_seen_at }, answer.movedTo, now);
  return {
    polledAt: now,
    ok: true,
    cursor: answer.cursor,
    etag: validators.etag ?? null,
    lastModified: validators.lastModified ?? null,
    bodyHash: validators.bodyHash ?? null,
    ...nextAfterAnswer({
      sourceId: source.id,
      now,
      intervalSeconds: source.interval_seconds,
      recent,
      newCount: publishedAt.length,
      minIntervalSeconds: answer.minIntervalSeconds,
      skipHours: answer.skipHours,
      skipDays: answer.skipDays,
      more: answer.more,
    }),
    failures: 0,
    failingSince: null,
    lastError: null,
    lastNewAt: publishedAt.length > 0 ? now : source.last_new_at,
    recent,
    newOn: publishedAt.length > 0 ? dayOf(now) : source.new_on,
    newCount: publishedAt.length > 0 ? counted + publishedAt.length : source.new_count,
    homeUrl: answer.homeUrl ?? null,
    movedTo: move.movedTo,
    movedSeenAt: move.movedSeenAt,
    moveTo: null,
    stop: false,
    changed: source.last_polled_at === null || source.last_error !== null,
    hasNews: publishedAt.length > 0 || edits > 0,
  };
}

/** Nothing of a poll is worth more than its time: same cursor, no move, no validators that changed beside the usual two. */
export function isPlain(source: DueSource, answer: PollAnswer): boolean {
  const withdrawals = answer.withdrawals?.length ?? 0;
  return (
    answer.items === null && withdrawals === 0 && answer.cursor === source.cursor && !answer.movedTo && !source.moved_to
  );
}

export type Failure = { kind: FailureKind; error: SourceLastError; retryAfterSeconds?: number };

/** Why a poll failed, in the words of sources.md 2.8; null for a bug of ours. */
export function failureOf(error: unknown): Failure | null {
  if (error instanceof SourceError) {
    const { status, reason, hostname, encoding, retryAfterSeconds } = error.detail;
    return {
      kind: error.kind,
      error: {
        kind: error.kind,
        ...(reason === undefined ? {} : { reason }),
        ...(status === undefined ? {} : { status }),
        ...(hostname === undefined ? {} : { hostname }),
        ...(encoding === undefined ? {} : { encoding }),
      },
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    };
  }
  if (error instanceof HttpError) {
    const kind = kindOfHttp[error.reason];
    const { reason, hostname } = error;
    return { kind, error: { kind, reason, ...(hostname === undefined ? {} : { hostname }) } };
  }
  return null;
}

const kindOfHttp = {
  'invalid-url': 'refused',
  scheme: 'refused',
  port: 'refused',
  'private-address': 'refused',
  dns: 'unreachable',
  tls: 'unreachable',
  connect: 'unreachable',
  timeout: 'unreachable',
  protocol: 'unreachable',
  redirects: 'unreachable',
  'too-large': 'unreadable',
  encoding: 'unreadable',
  'contact-missing': 'waiting',
  busy: 'waiting',
} as const satisfies Record<HttpErrorReason, FailureKind>;

/** What a failure leaves on the source's row. Waiting for a turn or for a contact is nobody's failure and counts as none. */
export function recordFailure(
  source: DueSource,
  failure: Failure,
  { now, blockedUntil }: { now: Date; blockedUntil: Date | null },
): PollRecord {
  const isWaiting = failure.kind === 'waiting';
  const failures = isWaiting ? source.failures : source.failures + 1;
  const failingSince = source.failing_since ?? now;
  const next = nextAfterFailure({
    sourceId: source.id,
    now,
    intervalSeconds: source.interval_seconds,
    kind: failure.kind,
    status: failure.error.status,
    failures,
    failingSince,
    retryAfterSeconds: failure.retryAfterSeconds,
    isYouTube: source.host_key === 'youtube.com',
  });
  const nextPollAt = blockedUntil && blockedUntil > next.nextPollAt ? blockedUntil : next.nextPollAt;
  // A turn that did not come says nothing about the source: whatever was known of it stays.
  const lastError = failure.error.reason === 'busy' ? source.last_error : failure.error;
  return {
    polledAt: failure.error.reason === 'busy' && source.last_polled_at ? source.last_polled_at : now,
    ok: false,
    cursor: source.cursor,
    etag: source.etag,
    lastModified: source.last_modified,
    bodyHash: source.body_hash,
    nextPollAt,
    intervalSeconds: next.intervalSeconds,
    failures,
    failingSince: lastError ? failingSince : null,
    lastError,
    lastNewAt: source.last_new_at,
    recent: source.recent,
    newOn: source.new_on,
    newCount: source.new_count,
    homeUrl: source.home_url,
    movedTo: source.moved_to,
    movedSeenAt: source.moved_seen_at,
    moveTo: null,
    stop: next.stop,
    changed: JSON.stringify(lastError) !== JSON.stringify(source.last_error) || source.last_polled_at === null,
    hasNews: false,
  };
}
