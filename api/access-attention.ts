import type { z } from '@hono/zod-openapi';
import { healthOf } from '#domain/health.ts';
import { countWaiting, troubledSources } from '#storage/attention-counts.ts';
import { type Marked, markRead, restoreRead } from '#storage/attention-marks.ts';
import { readerOf, type Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { ProblemError } from './problem.ts';
import type { Counts, MarkedRead } from './schema-talk.ts';

/** What waits for this reader. Sources in trouble wait only for who can do something about them. */
export async function accessCounts({ db }: Pick<Deps, 'db'>, viewer: Viewer): Promise<z.infer<typeof Counts>> {
  const [waiting, sources] = await Promise.all([
    countWaiting(db, readerOf(viewer)),
    viewer.rights.includes('sources') ? troubledSources(db) : [],
  ]);
  const now = new Date();
  const needYou = sources.filter((source) => ['needs-you', 'stopped'].includes(healthOf(source, now).level));
  return { ...waiting, sourcesNeedYou: needYou.length };
}

/** Marks everything the reader can see as read; what undoes it is theirs alone. */
export async function markAllRead(
  { db, seal }: Pick<Deps, 'db' | 'seal'>,
  viewer: Viewer,
): Promise<z.infer<typeof MarkedRead>> {
  const { at, before } = await markRead(db, readerOf(viewer));
  // A negative moment stands for "nothing was read".
  const places = before.flatMap(({ circleId, readUpTo }) => [BigInt(circleId), readUpTo ?? -1n]);
  return { undo: seal.close(viewer.key, undoPurpose, [at, ...places]) };
}

/** Undoes one marking, the last: whoever marked otherwise since, or was never given this, is refused. */
export async function undoMarkRead(
  { db, seal }: Pick<Deps, 'db' | 'seal'>,
  viewer: Viewer,
  undo: string,
): Promise<void> {
  const numbers = seal.open(viewer.key, undoPurpose, undo);
  if (!numbers || numbers.length % 2 === 0) throw refused();
  const [at, ...places] = numbers as [bigint, ...bigint[]];
  const before: Marked['before'] = [];
  for (let i = 0; i < places.length; i += 2) {
    const readUpTo = places[i + 1]!;
    before.push({ circleId: Number(places[i]), readUpTo: readUpTo < 0n ? null : readUpTo });
  }
  if (!(await restoreRead(db, viewer.personId, { at, before }))) throw refused();
}

const undoPurpose = 'mark all read';
const refused = () => new ProblemError('invalid_request', { wrong: [{ path: 'undo', part: 'undo' }] });
