import type { z } from '@hono/zod-openapi';
import type { Right } from '#domain/person.ts';
import type { ChangePosition } from '#storage/changes.ts';
import { whoSeesMembers } from '#storage/circle-changes.ts';
import { keptCircles } from '#storage/kept-threads.ts';
import { countByAuthor, eraseAuthor } from '#storage/retention.ts';
import { deskCircle, outsideCircle, toneNumbers } from '#storage/schema.ts';
import { sourceNames } from '#storage/source-list.ts';
import { languagesPresent, readStream } from '#storage/stream.ts';
import { type ChangedPlace, type ChangedThread, changedPlaces, threadsChangedBefore } from '#storage/stream-changes.ts';
import type { Reader, StreamFilter } from '#storage/stream-filter.ts';
import { readMention } from '#storage/threads.ts';
import { readTopic } from '#storage/topics.ts';
import type { Deps } from './env.ts';
import { mentionFor, rowFor } from './guest-view.ts';
import { presentMention, presentRow, presentSourceRef } from './present.ts';
import { ProblemError } from './problem.ts';
import type { AuthorMentions, ErasedAuthor, Facets, Mention, StreamPage, StreamQuery } from './schema.ts';

/** Who asks. `key` separates what a client keeps for us (cursors, live positions) from anyone else's. */
export type Viewer = {
  key: string;
  personId: number;
  name: string;
  /** Whether they work here today; whoever does not is a guest. */
  colleague: boolean;
  rights: readonly Right[];
  /** What they may see: the policy table (domain/circle.ts) with their relations and memberships of today. */
  circles: readonly number[];
};

/** The audiences whose threads a viewer may see. Every list, count and object below takes its rows through this. */
export function visibleTo(viewer: Pick<Viewer, 'circles'>): readonly number[] {
  return viewer.circles;
}

/** A viewer as storage knows one: what they may see, and whose marks of reading and following count. */
export function readerOf(viewer: Viewer): Reader {
  return { personId: viewer.personId, circles: visibleTo(viewer) };
}

/**
 * The circles in which a viewer reads one thread: those they may see, and for who left those in which they wrote in it, until the day
 * that was agreed. Only for reading that thread: in no list, search or count, and never to write.
 */
export async function circlesOfThread(
  db: Deps['db'],
  viewer: Viewer,
  of: { threadId: number } | { mentionId: number },
): Promise<readonly number[]> {
  if (viewer.colleague) return visibleTo(viewer);
  return [...new Set([...visibleTo(viewer), ...(await keptCircles(db, viewer.personId, of))])];
}

type Reading = Pick<Deps, 'db' | 'ids' | 'seal'>;

/** A page of the stream. A cursor counts only for the viewer and the filters it was made for. */
export async function accessStream(
  { db, ids, seal, timeZone }: Reading & Pick<Deps, 'timeZone'>,
  viewer: Viewer,
  query: z.infer<typeof StreamQuery>,
): Promise<z.infer<typeof StreamPage>> {
  const { side, tone, from, to } = query;
  // What no id was made for is like what never was: nothing has this number.
  const sourceId = query.source === undefined ? undefined : (ids.decode('source', query.source) ?? 0);
  const topicId = query.topic === undefined ? undefined : (ids.decode('topic', query.topic) ?? 0);
  const circleId = query.circle === undefined ? undefined : ids.decode('circle', query.circle);
  if (circleId === null || (circleId !== undefined && !visibleTo(viewer).includes(circleId)))
    throw new ProblemError('not_found');
  // What we make of things and do about them is not a guest's to ask for.
  if (!viewer.colleague) {
    const ours = (['source', 'topic', 'tone', 'outcome'] as const).find((name) => query[name] !== undefined);
    if (ours !== undefined) throw new ProblemError('invalid_request', { wrong: [{ path: ours, part: 'guestFilter' }] });
  }
  const filter: StreamFilter = {
    sourceId,
    topicId,
    language: query.language,
    tone: tone === undefined ? undefined : tone === 'unclear' ? null : toneNumbers[tone],
    unread: query.unread || undefined,
    mine: query.mine || undefined,
    days: from === undefined && to === undefined ? undefined : { from, to, timeZone },
    outcome: query.outcome,
    side,
  };
  const listed = visibleTo(viewer).filter(
    // At the desk stand both: what only the desk may see, and what is said there.
    (id) =>
      (circleId === undefined || id === circleId) &&
      (side === undefined || (side === 'outside') === (id === outsideCircle) || id === deskCircle),
  );
  const purpose = `stream ${JSON.stringify([circleId, filter])}`;
  const place = query.cursor === undefined ? null : seal.open(viewer.key, purpose, query.cursor);
  if (query.cursor !== undefined && place?.length !== 2)
    throw new ProblemError('invalid_request', { wrong: [{ path: 'cursor', part: 'cursor' }] });
  const after = place ? { sortMicros: place[0]!, threadId: Number(place[1]) } : null;
  if (topicId !== undefined && !(await mayKnowTopic(db, viewer, topicId))) return { threads: [], cursor: null };
  const { rows, next } = await readStream(db, readerOf(viewer), listed, filter, after, query.limit);
  return {
    threads: rows.map((row) => rowFor(viewer, presentRow(ids, row))),
    cursor: next && seal.close(viewer.key, purpose, [next.sortMicros, BigInt(next.threadId)]),
  };
}

/** A topic for the desk only is for nobody else, by whatever it is asked: what it finds would tell of it. */
export async function mayKnowTopic(db: Deps['db'], viewer: Viewer, topicId: number): Promise<boolean> {
  return viewer.rights.includes('desk') || (await readTopic(db, topicId))?.audience !== 'desk';
}

/** What the stream can be filtered by. */
export async function accessFacets({ db, ids }: Reading, viewer: Viewer): Promise<z.infer<typeof Facets>> {
  const [languages, sources] = await Promise.all([languagesPresent(db, visibleTo(viewer)), sourceNames(db)]);
  return { languages, sources: sources.map((source) => presentSourceRef(ids, source)) };
}

/** One mention, when its thread may be seen. */
export async function accessMention(
  { db, ids }: Reading,
  viewer: Viewer,
  publicId: string,
): Promise<z.infer<typeof Mention>> {
  const id = ids.decode('mention', publicId);
  const circles = id === null ? [] : await circlesOfThread(db, viewer, { mentionId: id });
  const found = id === null ? null : await readMention(db, circles, id);
  if (!found) throw new ProblemError('not_found');
  return mentionFor(viewer, presentMention(ids, found));
}

/** How many mentions have words by the author of this one. Of an author who was erased there are none. */
export async function accessAuthor(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
): Promise<z.infer<typeof AuthorMentions>> {
  const { id, isErased } = await authored(deps, viewer, publicId);
  const mentions = isErased ? 0 : await countByAuthor(deps.db, id);
  if (mentions === null) throw new ProblemError('author_unknown');
  return { mentions };
}

/** Erases the author of a mention that may be seen, everywhere and for good; once more does nothing. */
export async function accessErasure(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
): Promise<z.infer<typeof ErasedAuthor>> {
  const { id, isErased } = await authored(deps, viewer, publicId);
  const answer = isErased ? { erased: 0 } : await eraseAuthor(deps.db, id);
  if (answer === null) throw new ProblemError('author_unknown');
  return answer;
}

async function authored({ db, ids }: Reading, viewer: Viewer, publicId: string) {
  const id = ids.decode('mention', publicId);
  const found = id === null ? null : await readMention(db, visibleTo(viewer), id);
  if (!found) throw new ProblemError('not_found');
  return { id: found.id, isErased: found.state === 'erased' };
}

/** Asks of what changed where it stands, once for all viewers; answers which of its threads a viewer may see where it changed. */
export async function accessChanged(
  db: Deps['db'],
  changed: { threads: readonly ChangedThread[]; mentions: readonly number[] },
): Promise<(viewer: Pick<Viewer, 'circles'>) => ChangedPlace[]> {
  const places = await changedPlaces(db, changed);
  return (viewer) => {
    const visible = new Set(visibleTo(viewer));
    const seen = new Map<number, ChangedPlace>();
    for (const place of places) if (visible.has(place.circleId)) seen.set(place.id, place);
    return [...seen.values()];
  };
}

/** Asks who sees who is in circles in which that changed, once for all viewers; answers in which of them a viewer does. */
export async function accessMembersChanged(
  db: Deps['db'],
  changed: readonly number[],
): Promise<(viewer: Pick<Viewer, 'personId' | 'colleague' | 'circles'>) => number[]> {
  const seers = await whoSeesMembers(db, changed);
  return (viewer) =>
    visibleTo(viewer).filter((id) => {
      const people = seers.get(id);
      return people === null ? viewer.colleague : people?.has(viewer.personId);
    });
}

/** Numbers of the threads in the changes just before a place; they never leave the server. */
export function threadsToldBefore(db: Deps['db'], position: ChangePosition): Promise<number[]> {
  return threadsChangedBefore(db, position);
}
