import { threadsToldBefore } from '#api/access.ts';
import type { Ids, Seal } from '#api/ids.ts';
import { type Change, type ChangePosition, readChanges } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { collect } from './batch.ts';
import { isAfter, type Place } from './frames.ts';
import { createNewcomers, type Newcomers } from './newcomers.ts';
import { type Reach, type Told, telling } from './telling.ts';

const pageSize = 1_000;
const mostResumedChanges = 5_000;

/** Tells threads that are new after a place from those that changed. */
export async function newcomersAfter(db: Database, { position, at }: Place): Promise<Newcomers> {
  return createNewcomers(at, await threadsToldBefore(db, position));
}

/**
 * What was missed between two places, for everybody who was told up to the first: read once for all of them. Null when that is too
 * much or cannot be known: then everything is loaded again.
 */
export async function missedBetween(
  deps: { db: Database; ids: Ids; seal: Seal },
  from: Place,
  until: Place,
  reaches: readonly Reach[],
): Promise<((reach: Reach) => Told) | null> {
  const changes = isAfter(from.position, until.position)
    ? null
    : await changesBetween(deps.db, from.position, until.position);
  if (!changes) return null;
  const batch = collect({ changes, position: until.position, tooOld: false });
  return telling(deps, batch, await newcomersAfter(deps.db, from), { at: until.at, reaches });
}

async function changesBetween(db: Database, from: ChangePosition, until: ChangePosition): Promise<Change[] | null> {
  const changes: Change[] = [];
  for (let after = from; isAfter(until, after); ) {
    const next = await readChanges(db, after, pageSize);
    // What comes after is told live: told twice, a new thread would count twice.
    changes.push(...next.changes.filter(({ position }) => !isAfter(position, until)));
    if (next.tooOld || changes.length > mostResumedChanges) return null;
    if (next.changes.length < pageSize) break;
    after = next.position;
  }
  return changes;
}
