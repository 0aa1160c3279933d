import type { Change, ChangePosition, readChanges } from '#storage/changes.ts';
import { changeKinds } from '#storage/schema.ts';
import type { ChangedThread } from '#storage/stream-changes.ts';

/** Changes that are told together: what was touched several times counts once. */
export type Batch = {
  /** By thread and circle: the same thread may have changed in one that somebody sees and in one that they do not. */
  threads: Map<string, ChangedThread>;
  mentions: Set<number>;
  sources: Set<number>;
  /** Those that brought something: for the desk. */
  sourceNews: Set<number>;
  circles: Set<number>;
  /** Circles in which somebody stands otherwise than before. */
  members: Set<number>;
  people: Set<number>;
  position: ChangePosition;
  /** Changes were lost before these: load everything again. */
  tooOld: boolean;
};

export function collect({ changes, position, tooOld }: Awaited<ReturnType<typeof readChanges>>): Batch {
  const of = (kind: number) => changes.filter((change) => change.kind === kind);
  const refs = (kind: number) => new Set(of(kind).map(({ ref }) => ref));
  return {
    threads: new Map(of(changeKinds.thread).map((change) => [threadKey(change), toThread(change)])),
    // What changed for search alone, in one circle, is told by its thread there.
    mentions: new Set(of(changeKinds.mention).flatMap(({ ref, circleId }) => (circleId === null ? ref : []))),
    sources: new Set(of(changeKinds.source).flatMap(({ ref, circleId }) => (circleId === null ? ref : []))),
    sourceNews: new Set(of(changeKinds.source).flatMap(({ ref, circleId }) => (circleId === null ? [] : ref))),
    circles: refs(changeKinds.circle),
    members: refs(changeKinds.members),
    people: refs(changeKinds.person),
    position,
    tooOld,
  };
}

const both = (a: Set<number>, b: Set<number>) => new Set([...a, ...b]);

export function merge(earlier: Batch, later: Batch): Batch {
  return {
    threads: new Map([...earlier.threads, ...later.threads]),
    mentions: both(earlier.mentions, later.mentions),
    sources: both(earlier.sources, later.sources),
    sourceNews: both(earlier.sourceNews, later.sourceNews),
    circles: both(earlier.circles, later.circles),
    members: both(earlier.members, later.members),
    people: both(earlier.people, later.people),
    position: later.position,
    tooOld: earlier.tooOld || later.tooOld,
  };
}

/** How much there is to look up for it. */
export const sizeOf = ({ threads, mentions, sources, circles, members }: Batch) =>
  threads.size + mentions.size + sources.size + circles.size + members.size;

const threadKey = ({ ref, circleId }: Change) => `${ref} ${circleId ?? ''}`;
const toThread = ({ ref, circleId }: Change): ChangedThread => ({ id: ref, circleId });
