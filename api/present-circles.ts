import type { z } from '@hono/zod-openapi';
import { type CircleAct, circleActs } from '#domain/circle.ts';
import { type Effort, oneAnswer, wordDifference } from '#domain/word-difference.ts';
import type { PlaceInCircle } from '#storage/circle-threads.ts';
import type { CircleRow, CircleSummaryFacts, HostFacts } from '#storage/circles.ts';
import type { FrameFacts, StateFacts } from '#storage/frames.ts';
import type { MemberFacts } from '#storage/memberships.ts';
import type { StreamRow } from '#storage/stream-rows.ts';
import type { Viewer } from './access.ts';
import { rowFor } from './guest-view.ts';
import type { Ids } from './ids.ts';
import { presentCircleRef, presentPersonRef, presentRow } from './present.ts';
import type { Circle, CircleSummary, CircleThread, Frame, Frames, Member, TalkState } from './schema-circles.ts';

export function presentSummary(ids: Ids, circle: CircleSummaryFacts): z.infer<typeof CircleSummary> {
  const { standing, question, endsOn, ended, archivedAt, hosts, colleagues, guests, open, done, unread } = circle;
  return {
    ...presentCircleRef(ids, circle),
    standing,
    question,
    endsOn,
    ended,
    archivedAt: archivedAt?.toISOString() ?? null,
    hosts: presentHosts(ids, hosts),
    people: colleagues === null || guests === null ? null : { colleagues, guests },
    threads: { open, done },
    unread,
  };
}

export function presentHosts(ids: Ids, hosts: readonly HostFacts[]) {
  return hosts.map(({ person, role }) => ({ person: presentPersonRef(ids, person), role }));
}

export function presentCircle(ids: Ids, circle: CircleRow): z.infer<typeof Circle> {
  const { frame, state, mutedAt, mutedReason, onlyThreadId } = circle;
  return {
    ...presentSummary(ids, circle),
    acts: actsIn(circle),
    frame: frame && presentFrame(ids, frame),
    acknowledged: circle.acknowledged,
    state: state && presentState(ids, state),
    conclusion: circle.conclusion,
    onlyThreadId: onlyThreadId === null ? null : ids.encode('thread', onlyThreadId),
    muted: mutedAt && { at: mutedAt.toISOString(), reason: mutedReason ?? '' },
    until: circle.until,
    createdAt: circle.createdAt.toISOString(),
  };
}

/** What the policy table gives, less what is over: of a circle that ended only reading is left, and keeping it. */
export function actsIn(circle: Pick<CircleRow, 'kind' | 'who' | 'standing' | 'ended' | 'mutedAt'>): CircleAct[] {
  const given = circleActs(circle.kind, circle.who, circle.standing);
  const over: CircleAct[] = ['write', 'join', 'add', 'invite'];
  return given.filter((act) => !(circle.ended && over.includes(act)) && !(circle.mutedAt && act === 'write'));
}

export function presentFrame(ids: Ids, { madeBy, madeAt, note, ...words }: FrameFacts): z.infer<typeof Frame> {
  return {
    ...words,
    note: note ?? null,
    madeBy: madeBy && presentPersonRef(ids, madeBy),
    madeAt: new Date(madeAt).toISOString(),
  };
}

export function presentState(ids: Ids, { madeBy, madeAt, ...said }: StateFacts): z.infer<typeof TalkState> {
  return { ...said, madeBy: presentPersonRef(ids, madeBy), madeAt: new Date(madeAt).toISOString() };
}

const parts = ['question', 'inScope', 'outOfScope', 'result', 'houseRule', 'endsOn', 'afterEnd'] as const;
/** Of these a word in the middle says nothing: they change as a whole. */
const whole: readonly string[] = ['endsOn', 'afterEnd'];

/** Versions, newest first, each with what it says that the one before it did not. */
export function presentFrames(ids: Ids, frames: readonly FrameFacts[]): z.infer<typeof Frames>['frames'] {
  const effort = oneAnswer();
  return frames.map((frame, at) => {
    const before = frames[at + 1];
    const changed = before ? parts.filter((part) => before[part] !== frame[part]) : [];
    const changes = changed.map((part) => ({ part, pieces: piecesOf(part, before![part], frame[part], effort) }));
    return { frame: presentFrame(ids, frame), changes };
  });
}

function piecesOf(part: string, before: string, after: string, effort: Effort): ReturnType<typeof wordDifference> {
  if (!whole.includes(part)) return wordDifference(before, after, effort);
  return [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
}

/** `toHost`: who was asked to be silent, and why, is for hosts only. */
export function presentMember(ids: Ids, member: MemberFacts, toHost: boolean): z.infer<typeof Member> {
  const { person, colleague, role, joinedAt, until, past, department, mutedAt, mutedReason } = member;
  return {
    person: presentPersonRef(ids, person),
    colleague,
    role,
    joinedAt: joinedAt.toISOString(),
    until,
    past,
    department,
    muted: toHost && mutedAt ? { at: mutedAt.toISOString(), reason: mutedReason ?? '' } : null,
  };
}

/** Rows as they stand in one circle, told as this viewer is told of them. */
export function presentCircleThreads(
  ids: Ids,
  viewer: Pick<Viewer, 'colleague'>,
  rows: readonly StreamRow[],
  places: readonly PlaceInCircle[],
): z.infer<typeof CircleThread>[] {
  const placeOf = new Map(places.map((place) => [place.id, place]));
  return rows.map((row) => {
    const { pinned, closedAt } = placeOf.get(row.id)!;
    return { ...rowFor(viewer, presentRow(ids, row)), pinned, closedAt: closedAt?.toISOString() ?? null };
  });
}
