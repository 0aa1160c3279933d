import { accessChanged, accessMembersChanged, type Viewer } from '#api/access.ts';
import type { Ids, Seal } from '#api/ids.ts';
import type { Database } from '#storage/database.ts';
import { deskCircle } from '#storage/schema.ts';
import { type Batch, sizeOf } from './batch.ts';
import { changeFrame, closePlace, resyncFrame } from './frames.ts';
import type { Newcomers } from './newcomers.ts';

/** What a viewer may see: everyone with the same reach is told the same. */
export type Reach = Pick<Viewer, 'colleague' | 'circles'>;
/** The frame for everyone of a reach, and the one for a person among them; null when nothing they may see has changed. */
export type Told = { forAll: Uint8Array | null; forOne: (personId: number) => Uint8Array | null };
type Seen = {
  threads: Awaited<ReturnType<typeof accessChanged>>;
  members: Awaited<ReturnType<typeof accessMembersChanged>>;
};

/** More than this in one frame, and loading the first page again is cheaper for everyone. */
const mostPerFrame = 500;
/** More than this at once is not looked up for colleagues. A guest is not to notice how much happens elsewhere. */
const mostLookedUp = 5_000;

/** Whether it is told as a resync whatever it is: then nothing is looked up. */
const isTooMuch = ({ colleague }: Reach, batch: Batch) => batch.tooOld || (colleague && sizeOf(batch) > mostLookedUp);

/**
 * Looks up once for everybody where what changed stands, and answers how to write it down for those of one reach: once for all
 * of them, and once more for whoever it concerns apart (what they follow, a circle whose members they see). `at`: since when its
 * place was the newest; `reaches`: for whom it is asked.
 */
export async function telling(
  deps: { db: Database; ids: Ids; seal: Seal },
  batch: Batch,
  { isNew }: Newcomers,
  { at, reaches }: { at: number; reaches: readonly Reach[] },
): Promise<(reach: Reach) => Told> {
  const { db, ids, seal } = deps;
  const seen = reaches.every((reach) => isTooMuch(reach, batch)) ? null : await lookUp(db, batch);
  return (reach) => {
    const id = closePlace(seal, { position: batch.position, at });
    const threads = seen?.threads(reach) ?? [];
    if (seen === null || isTooMuch(reach, batch) || threads.length > mostPerFrame) {
      const resync = resyncFrame(id);
      return { forAll: resync, forOne: () => resync };
    }
    const sources = new Set([...batch.sources, ...(reach.circles.includes(deskCircle) ? batch.sourceNews : [])]);
    const circles = reach.circles.filter((circleId) => batch.circles.has(circleId));
    const change = {
      threads: threads.map((thread) => ids.encode('thread', thread.id)),
      newThreads: threads.filter(isNew).length,
      sources: reach.colleague ? Array.from(sources, (sourceId) => ids.encode('source', sourceId)) : [],
      circles: circles.map((circleId) => ids.encode('circle', circleId)),
      attention: false,
    };
    const isNothing = [threads, change.sources, circles].every(({ length }) => length === 0);
    const forAll = isNothing ? null : changeFrame(id, change);
    const withMembers = reach.circles.filter((circleId) => batch.members.has(circleId) && !batch.circles.has(circleId));
    const forOne = (personId: number) => {
      const attention = batch.people.has(personId);
      if (!attention && withMembers.length === 0) return forAll;
      // Of one circle, who is in it is not for all who see it.
      const members = seen.members({ personId, colleague: reach.colleague, circles: withMembers });
      if (!attention && members.length === 0) return forAll;
      const own = members.map((circleId) => ids.encode('circle', circleId));
      return changeFrame(id, { ...change, circles: [...change.circles, ...own], attention });
    };
    return { forAll, forOne };
  };
}

async function lookUp(db: Database, { threads, mentions, members }: Batch): Promise<Seen> {
  const nothing = () => [];
  return {
    threads:
      threads.size + mentions.size > 0
        ? await accessChanged(db, { threads: [...threads.values()], mentions: [...mentions] })
        : nothing,
    members: members.size > 0 ? await accessMembersChanged(db, [...members]) : nothing,
  };
}
