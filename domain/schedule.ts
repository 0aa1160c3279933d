/** When to ask a source again: sources.md 2.8 (after an error) and 2.9 (after an answer). Pure; `now` is given. */

const minute = 60;
const hour = 3_600;
const day = 86_400;
/** Never sooner than this by our own choice (sources.md 2.9). */
export const floorSeconds = 15 * minute;
const quietSeconds = 6 * hour;
const mostSeconds = day;
const nightSeconds = hour;
const rateDays = 14;
const silentDays = 30;
/** How many publication times a source remembers. */
export const mostRecent = 50;

export type AnswerFacts = {
  sourceId: number;
  now: Date;
  intervalSeconds: number;
  /** Publication times of its own items (epoch milliseconds), newest first, those of this poll included. */
  recent: readonly number[];
  /** New items in this poll. */
  newCount: number;
  /** The least time the server wants between polls. */
  minIntervalSeconds?: number | undefined;
  skipHours?: readonly number[] | undefined;
  skipDays?: readonly string[] | undefined;
  /** A page limit was reached: more is waiting. */
  more?: boolean | undefined;
};
export type Next = { nextPollAt: Date; intervalSeconds: number };

/** After an answer: half the expected gap between items, halved again on news, slower on silence and at night. */
export function nextAfterAnswer(facts: AnswerFacts): Next {
  const { now, recent, sourceId } = facts;
  const base = baseSeconds(recent, now);
  const slower = Math.min(base, facts.intervalSeconds * 1.5);
  const interval = Math.max(floorSeconds, facts.newCount > 0 ? Math.min(facts.intervalSeconds, base) / 2 : slower);
  const atNight = isNight(now) ? Math.max(interval, Math.min(nightSeconds, 2 * base)) : interval;
  const server = Math.min(mostSeconds, Math.max(0, facts.minIntervalSeconds ?? 0));
  const wait = facts.more ? Math.max(minute, server) : Math.max(atNight, server) * jitter(sourceId, now);
  // The server's word is a minimum: jitter may stretch it, never cut it.
  const nextPollAt = new Date(now.getTime() + Math.max(wait, server) * 1000);
  return {
    nextPollAt: afterSkipped(nextPollAt, facts.skipHours ?? [], facts.skipDays ?? []),
    intervalSeconds: Math.round(interval),
  };
}

function baseSeconds(recent: readonly number[], now: Date): number {
  const ages = recent.map((at) => (now.getTime() - at) / 1000).filter((seconds) => seconds >= 0);
  const inWindow = ages.filter((seconds) => seconds <= rateDays * day);
  if (inWindow.length === 0) return ages.some((seconds) => seconds <= silentDays * day) ? quietSeconds : mostSeconds;
  // A full memory younger than the window is a rate over the time it spans.
  const span = inWindow.length >= mostRecent ? Math.max(hour, ...inWindow) : rateDays * day;
  const perDay = (inWindow.length / span) * day;
  return Math.min(quietSeconds, Math.max(floorSeconds, day / (2 * perDay)));
}

const amsterdamHour = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Amsterdam',
  hour: 'numeric',
  hourCycle: 'h23',
});
/** The quarter hour asked for last: formatting costs more than all the rest, and no clock changes within one. */
let lastNight = { quarter: Number.NaN, isNight: false };

function isNight(now: Date): boolean {
  const quarter = Math.floor(now.getTime() / (15 * minute * 1000));
  if (lastNight.quarter !== quarter) lastNight = { quarter, isNight: Number(amsterdamHour.format(now)) < 6 };
  return lastNight.isNight;
}

/** 0.9 to 1.1, by source and hour: repeatable, and different for sources that were added together. */
function jitter(sourceId: number, now: Date): number {
  return 0.9 + 0.2 * unit(sourceId, Math.floor(now.getTime() / (hour * 1000)));
}

/** A number in [0, 1) from two integers (the finaliser of MurmurHash3). */
function unit(a: number, b: number): number {
  let h = (Math.imul(a, 0x9e3779b1) ^ b) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}

const dayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The first full hour outside the hours (0 to 23) and days (English names) that a feed asks us to leave alone, in GMT. */
function afterSkipped(at: Date, skipHours: readonly number[], skipDays: readonly string[]): Date {
  if (skipHours.length === 0 && skipDays.length === 0) return at;
  const hours = new Set(skipHours.map((one) => one % 24));
  const days = new Set(skipDays.map((name) => dayNames.indexOf(name.toLowerCase())));
  const next = new Date(at);
  // A week of hours; a feed that skips all of them is not obeyed.
  for (let step = 0; step < 7 * 24; step++) {
    if (!hours.has(next.getUTCHours()) && !days.has(next.getUTCDay())) return next;
    next.setTime(Math.floor(next.getTime() / (hour * 1000)) * hour * 1000 + hour * 1000);
  }
  return at;
}

/** Kinds of ingest/errors.ts; 'waiting' is ours: no contact configured, or the host's turn is not ours. */
export type FailureKind = 'gone' | 'denied' | 'rate-limited' | 'unreadable' | 'unreachable' | 'refused' | 'waiting';

export type FailureFacts = {
  sourceId: number;
  now: Date;
  intervalSeconds: number;
  kind: FailureKind;
  status?: number | undefined;
  /** In a row, this one included. */
  failures: number;
  failingSince: Date;
  retryAfterSeconds?: number | undefined;
  /** YouTube answers 404 and 500 for feeds that are well (sources.md 4.15). */
  isYouTube?: boolean;
};

/** After an error, by the table of sources.md 2.8. `stop`: the source said itself that it is gone for good. */
export function nextAfterFailure(facts: FailureFacts): Next & { stop: boolean } {
  const { now, kind, sourceId } = facts;
  const asked = Math.min(day, Math.max(minute, facts.retryAfterSeconds ?? 0));
  const own = Math.max(waitSeconds(facts), facts.retryAfterSeconds === undefined ? 0 : asked);
  const seconds =
    kind === 'unreachable' ? Math.max(minute, own * fullJitter(sourceId, now)) : own * jitter(sourceId, now);
  const wait = Math.max(seconds, facts.retryAfterSeconds === undefined ? 0 : asked);
  const slows = kind === 'unreadable';
  return {
    nextPollAt: new Date(now.getTime() + wait * 1000),
    intervalSeconds:
      slows && !facts.isYouTube ? Math.min(mostSeconds, facts.intervalSeconds * 2) : facts.intervalSeconds,
    stop: kind === 'gone',
  };
}

function waitSeconds({
  kind,
  status,
  failures,
  intervalSeconds,
  retryAfterSeconds,
  isYouTube,
  failingSince,
  now,
}: FailureFacts): number {
  const doubled = (first: number, most: number) => Math.min(most, first * 2 ** Math.min(20, failures - 1));
  const transientForYouTube = now.getTime() - failingSince.getTime() < 7 * day * 1000;
  if (isYouTube && transientForYouTube && (status === 404 || kind === 'unreachable')) {
    return doubled(30 * minute, 6 * hour);
  }
  switch (kind) {
    case 'waiting':
      return 5 * minute;
    case 'gone':
      return day;
    case 'denied':
      return doubled(hour, day);
    case 'rate-limited':
      return retryAfterSeconds === undefined ? doubled(15 * minute, day) : minute;
    case 'unreachable':
      return doubled(minute, 6 * hour);
    case 'unreadable':
    case 'refused':
      return Math.min(mostSeconds, Math.max(floorSeconds, intervalSeconds) * 2);
  }
}

/** Half to whole: sources that fell together do not come back together. */
const fullJitter = (sourceId: number, now: Date) => 0.5 + 0.5 * unit(sourceId, Math.floor(now.getTime() / 1000));

/** Two polls a day apart that led to the same place: the source has moved (sources.md 2.8). */
export function moveOf(
  before: { movedTo: string | null; movedSeenAt: Date | null },
  movedTo: string | undefined,
  now: Date,
): { movedTo: string | null; movedSeenAt: Date | null; moves: boolean } {
  if (movedTo === undefined) return { movedTo: null, movedSeenAt: null, moves: false };
  if (before.movedTo !== movedTo || !before.movedSeenAt) return { movedTo, movedSeenAt: now, moves: false };
  const moves = now.getTime() - before.movedSeenAt.getTime() >= day * 1000;
  return { movedTo, movedSeenAt: before.movedSeenAt, moves };
}

/** The newest publication times of a source, newest first. */
export function rememberTimes(recent: number[], added: readonly Date[]): number[] {
  if (added.length === 0) return recent;
  return [...recent, ...added.map((at) => at.getTime())].sort((a, b) => b - a).slice(0, mostRecent);
}

/**
 * New items that are taken of one source in a day. The busiest we know bring some hundreds; one that makes up a new id at each poll would bring
 * a hundred thousand.
 */
export const mostNewADay = 5_000;

/** The day by which new items are counted: the same for everybody, whatever the clocks on the wall say. */
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** How many new items may still be taken of a source. */
export const roomFor = ({ new_on, new_count }: { new_on: string | null; new_count: number }, now: Date): number =>
  new_on === dayOf(now) ? Math.max(0, mostNewADay - new_count) : mostNewADay;
