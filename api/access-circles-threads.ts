import type { z } from '@hono/zod-openapi';
import { type CircleAct, circleActs } from '#domain/circle.ts';
import { audit } from '#storage/audit-log.ts';
import { changePlace, holdPlace, homeThread, readCirclePage } from '#storage/circle-threads.ts';
import type { CircleRow } from '#storage/circles.ts';
import { placeOfReply, setHidden } from '#storage/hidden-replies.ts';
import { homesAmong } from '#storage/homes.ts';
import { keptThreads } from '#storage/kept-threads.ts';
import { isMuted } from '#storage/memberships.ts';
import { notify } from '#storage/notices.ts';
import { placeInCircle } from '#storage/placing.ts';
import { outsideCircle } from '#storage/schema.ts';
import { readRows } from '#storage/stream.ts';
import { type Viewer, visibleTo } from './access.ts';
import { inCircle, type Reading, seen } from './access-circles.ts';
import type { Deps } from './env.ts';
import { presentCircleRef } from './present.ts';
import { presentCircle, presentCircleThreads } from './present-circles.ts';
import { ProblemError } from './problem.ts';
import type {
  ChangeCircleThread,
  CircleAs,
  CircleThreads,
  CircleThreadsQuery,
  HiddenReply,
  KeptThreads,
  OtherStanding,
  PlacedInCircle,
} from './schema-circles.ts';

/** A page of a circle: what was pinned first, then the newest; what was closed apart. Counts are those of this circle. */
export async function accessCircleThreads(
  deps: Reading & Pick<Deps, 'seal'>,
  viewer: Viewer,
  publicId: string,
  { state, cursor, limit }: z.infer<typeof CircleThreadsQuery>,
): Promise<z.infer<typeof CircleThreads>> {
  const { db, ids, seal } = deps;
  const { id } = await seen(deps, viewer, publicId);
  const purpose = `circle ${id} ${state}`;
  const place = cursor === undefined ? null : seal.open(viewer.key, purpose, cursor);
  if (cursor !== undefined && place?.length !== 2)
    throw new ProblemError('invalid_request', { wrong: [{ path: 'cursor', part: 'cursor' }] });
  const after = place && { sortMicros: place[0]!, threadId: Number(place[1]) };
  const { places, next } = await readCirclePage(db, id, { state, after, limit });
  // What is said elsewhere about the same story stands there; its outside is the same everywhere.
  const circles = [id, ...homesAmong(visibleTo(viewer))];
  const rows = await readRows(db, { personId: viewer.personId, circles }, places);
  return {
    threads: presentCircleThreads(ids, viewer, rows, places),
    cursor: next && seal.close(viewer.key, purpose, [next.sortMicros, BigInt(next.threadId)]),
  };
}

/**
 * Pins a conversation in a circle, closes it there, or the opposite. Without either: places a story from outside in the circle, for who
 * may write there and sees the story where it stands outside; what was begun inside stands only where it was begun.
 */
export async function changeCircleThread(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  publicThread: string,
  { pinned, closed }: z.infer<typeof ChangeCircleThread>,
): Promise<z.infer<typeof PlacedInCircle>> {
  const hosting = pinned !== undefined || closed !== undefined;
  const act: CircleAct = hosting ? 'host' : 'write';
  const asked = deps.ids.decode('thread', publicThread);
  return await inCircle(deps, viewer, publicId, { act, hold: 'share', mustBe: 'open' }, async (trx, circle) => {
    if (asked === null) throw new ProblemError('not_found');
    if (!(await holdPlace(trx, circle.id, asked))) {
      const threadId = await homeThread(trx, homesAmong(visibleTo(viewer)), asked);
      if (threadId === null) throw new ProblemError('not_found');
      if (await isMuted(trx, circle.id, viewer.personId)) throw new ProblemError('muted');
      if ((await placeInCircle(trx, threadId, circle.id)) === 'other_thread') throw new ProblemError('one_thread_only');
    }
    const { id: threadId } = (await holdPlace(trx, circle.id, asked))!;
    if (hosting) await changePlace(trx, { circleId: circle.id, threadId, pinned, closed, by: viewer.personId });
    const now = (await holdPlace(trx, circle.id, threadId))!;
    return {
      threadId: deps.ids.encode('thread', threadId),
      circle: presentCircleRef(deps.ids, circle),
      pinned: now.pinned,
      closedAt: now.closedAt?.toISOString() ?? null,
    };
  });
}

/** Hides the words of a reply with a reason that its author reads, or shows them again; once more does nothing. */
export async function hideReply(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  reason: string | null,
): Promise<z.infer<typeof HiddenReply>> {
  const { db, ids } = deps;
  const id = ids.decode('reply', publicId);
  const reply = id === null ? null : await placeOfReply(db, visibleTo(viewer), id);
  if (!reply) throw new ProblemError('not_found');
  if (!reply.kept) throw new ProblemError('not_host');
  const circle = ids.encode('circle', reply.circleId);
  await inCircle(deps, viewer, circle, { act: 'host', hold: 'share' }, async (trx) => {
    const done = await setHidden(trx, reply.id, { by: viewer.personId, reason });
    if (!done) return;
    await audit(trx, {
      personId: viewer.personId,
      action: reason === null ? 'reply.shown' : 'reply.hidden',
      circleId: reply.circleId,
      subjectId: reply.personId,
    });
    if (reply.personId === viewer.personId) return;
    await notify(trx, [
      {
        personId: reply.personId,
        kind: reason === null ? 'shown' : 'hidden',
        circleId: reply.circleId,
        threadId: reply.threadId,
        replyId: reply.id,
        byPersonId: viewer.personId,
        detail: reason === null ? {} : { reason },
      },
    ]);
  });
  return { id: publicId, hidden: reason !== null };
}

/** What somebody else would see of a circle, shown to its hosts: from the policy table, as it answers them. */
export async function accessAs(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  as: z.infer<typeof OtherStanding>,
): Promise<z.infer<typeof CircleAs>> {
  const circle = await seen(deps, viewer, publicId);
  if (!circleActs(circle.kind, circle.who, circle.standing).includes('host')) throw new ProblemError('not_host');
  const other = asOther(circle, as);
  const shown = presentCircle(deps.ids, other);
  if (!shown.acts.includes('see')) return { circle: null, acts: [], threads: [] };
  const { places } = await readCirclePage(deps.db, circle.id, { state: 'open', after: null, limit: 20 });
  const circles = [circle.id, ...(other.who === 'colleague' ? [outsideCircle] : [])];
  // Nobody has this number: they have read nothing and follow nothing.
  const rows = await readRows(deps.db, { personId: 0, circles }, places);
  return {
    circle: shown,
    acts: shown.acts,
    threads: presentCircleThreads(deps.ids, { colleague: other.who === 'colleague' }, rows, places),
  };
}

function asOther(circle: CircleRow, as: z.infer<typeof OtherStanding>): CircleRow {
  const who = as === 'colleague' ? 'colleague' : 'outsider';
  const standing = as === 'guest' ? 'member' : 'none';
  const knowsPeople = circleActs(circle.kind, who, standing).includes('people');
  return {
    ...circle,
    who,
    standing,
    colleagues: knowsPeople ? circle.colleagues : null,
    guests: knowsPeople ? circle.guests : null,
    unread: false,
    acknowledged: 0,
    mutedAt: null,
    mutedReason: null,
    until: null,
  };
}

/** Conversations that a viewer who left still reads. */
export async function accessKeptThreads({ db, ids }: Reading, viewer: Viewer): Promise<z.infer<typeof KeptThreads>> {
  const { until, threads } = await keptThreads(db, viewer.personId);
  return {
    until,
    threads: threads.map(({ id, title, circle, wroteAt }) => ({
      id: ids.encode('thread', id),
      title,
      circle: presentCircleRef(ids, circle),
      wroteAt: wroteAt.toISOString(),
    })),
  };
}
