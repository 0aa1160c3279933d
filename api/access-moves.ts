import type { z } from '@hono/zod-openapi';
import type { Shown } from '#storage/audiences.ts';
import { readAudience } from '#storage/audiences.ts';
import { readersBeside } from '#storage/move-readers.ts';
import { holdForMove, isAsShown, readMoveFacts } from '#storage/move-rights.ts';
import { endMove, type HeldMove, holdMove, storeAnswer } from '#storage/move-writes.ts';
import { type MoveRow, readMove, readMoveReplies, readMovesOf } from '#storage/moves.ts';
import { readReferences } from '#storage/reply-references.ts';
import { retried } from '#storage/retried.ts';
import { standingThread } from '#storage/threads.ts';
import { readerOf, type Viewer, visibleTo } from './access.ts';
import type { Deps } from './env.ts';
import { presentCircleRef, presentPersonRef } from './present.ts';
import { presentMoveReplies, presentMoveTitle } from './present-moves.ts';
import { ProblemError } from './problem.ts';
import type { AnswerMove, Move, Moves } from './schema-moves.ts';

export type Moving = Pick<Deps, 'db' | 'ids' | 'seal'>;

/** One move, for who makes it, who is asked and who keeps the circle it comes from. */
export async function accessMove(deps: Moving, viewer: Viewer, publicId: string): Promise<z.infer<typeof Move>> {
  return await presentMove(deps, viewer, await seenMove(deps, viewer, publicId));
}

/** The moves of a thread under way, of which a viewer may know. */
export async function accessMoves(deps: Moving, viewer: Viewer, publicId: string): Promise<z.infer<typeof Moves>> {
  const asked = deps.ids.decode('thread', publicId);
  const threadId = asked === null ? null : await standingThread(deps.db, visibleTo(viewer), asked);
  if (threadId === null) throw new ProblemError('not_found');
  const moves = await readMovesOf(deps.db, readerOf(viewer), threadId);
  return { moves: await Promise.all(moves.map((move) => presentMove(deps, viewer, move))) };
}

/** Says whether one's own words may go along; those of others are not one's to answer for. */
export async function answerMove(
  deps: Moving,
  viewer: Viewer,
  publicId: string,
  { agrees, replies, title, audience }: z.infer<typeof AnswerMove>,
): Promise<z.infer<typeof Move>> {
  const seen = await seenMove(deps, viewer, publicId);
  const all = replies === undefined && title === undefined;
  const numbers = [...new Set((replies ?? []).map((id) => deps.ids.decode('reply', id) ?? 0))];
  const isStarter = seen.starter?.id === viewer.personId;
  if (title && !isStarter) throw wrong('title', 'moved');
  await whileAsking(deps, seen, async (trx, move) => {
    const shown = await audienceHolds(deps, trx, viewer, seen, audience);
    const answer = { move, shown, personId: viewer.personId, agrees, title: isStarter && (all || title === true) };
    if (!(await storeAnswer(trx, { ...answer, replies: all ? null : numbers }))) throw wrong('replies', 'moved');
  });
  return await accessMove(deps, viewer, publicId);
}

/** Gives up a move; for who makes it, and hosts of the circle it would come from. */
export async function cancelMove(deps: Moving, viewer: Viewer, publicId: string): Promise<z.infer<typeof Move>> {
  const seen = await seenMove(deps, viewer, publicId);
  if (!seen.whole) throw new ProblemError('not_host');
  await whileAsking(deps, seen, (trx, move) => endMove(trx, move, 'cancelled'));
  return await accessMove(deps, viewer, publicId);
}

export type Trx = Parameters<typeof holdMove>[0];

/** A move as a viewer may see it; what they may not see is not there. */
export async function seenMove({ db, ids }: Moving, viewer: Viewer, publicId: string): Promise<MoveRow> {
  const id = ids.decode('move', publicId);
  const move = id === null ? null : await readMove(db, readerOf(viewer), id);
  if (!move) throw new ProblemError('not_found');
  return move;
}

/** Does something with a move that is not over, while the thread, its circles and the move itself are held. */
export async function whileAsking<Answer>(
  { db }: Moving,
  { id, threadId, from, to, person }: MoveRow,
  work: (trx: Trx, move: HeldMove) => Promise<Answer>,
): Promise<Answer> {
  return await retried(db, async (trx) => {
    await holdForMove(trx, { personId: person.id, threadId, fromId: from.id, toId: to.id });
    const move = await holdMove(trx, id);
    if (move.state !== 'asking') throw new ProblemError('move_over');
    return await work(trx, move);
  });
}

/** What was shown of who reads along in `to`; refuses when somebody else does by now. */
export async function audienceHolds(
  { seal }: Moving,
  trx: Trx,
  viewer: Viewer,
  { id, to }: MoveRow,
  token: string,
): Promise<Shown> {
  const shown = seal.open(viewer.key, moveAudience(id), token);
  if (shown?.length !== 2) throw wrong('audience', 'audience');
  const heard = { audienceVersion: Number(shown[0]), outsiders: Number(shown[1]) };
  if (await isAsShown(trx, { circleId: to.id, ...heard })) return heard;
  throw new ProblemError('audience_changed', { facts: { reason: 'move-audience' } });
}

type Heard = { version: number; outsiders: number };
const moveAudience = (moveId: number) => `audience of move ${moveId}`;
const sealed = (seal: Deps['seal'], viewer: Viewer, moveId: number, { version, outsiders }: Heard) =>
  seal.close(viewer.key, moveAudience(moveId), [BigInt(version), BigInt(outsiders)]);

/** A move as this viewer is told of it. Who would read along is what who makes it is shown; where that is nobody's to say, it cannot go on. */
export async function presentMove(
  { db, ids, seal }: Moving,
  viewer: Viewer,
  move: MoveRow,
): Promise<z.infer<typeof Move>> {
  const { id, state, starter, titleAgrees, wider, whole } = move;
  const mine = move.person.id === viewer.personId;
  const rows = await readMoveReplies(db, id, whole ? null : viewer.personId);
  const shown = { wider, titleAgrees, starter, moverId: move.person.id };
  const [references, heard, gained, may] = await Promise.all([
    readReferences(
      db,
      visibleTo(viewer),
      rows.map((row) => row.id),
    ),
    state === 'asking' ? readAudience(db, move.person.id, move.to.id) : null,
    state === 'asking' && viewer.colleague ? readersBeside(db, move.to.id, move.from.id) : null,
    mine && state === 'asking'
      ? readMoveFacts(db, {
          personId: viewer.personId,
          threadId: move.threadId,
          fromId: move.from.id,
          toId: move.to.id,
        })
      : null,
  ]);
  const replies = presentMoveReplies(ids, viewer, shown, rows, references);
  const title = presentMoveTitle(ids, viewer, shown);
  const isAsked = wider && !mine && (replies.some(({ yours }) => yours) || title?.yours === true);
  return {
    id: ids.encode('move', id),
    threadId: ids.encode('thread', move.threadId),
    title: move.title,
    state,
    from: presentCircleRef(ids, move.from),
    to: {
      circle: move.toSeen ? presentCircleRef(ids, move.to) : null,
      kind: move.to.kind,
      colleagues: heard && gained ? gained.colleagues : null,
      guests: heard && gained ? gained.guests : null,
      audience: heard ? sealed(seal, viewer, id, heard) : '',
    },
    person: presentPersonRef(ids, move.person),
    madeAt: move.madeAt.toISOString(),
    doneAt: move.doneAt?.toISOString() ?? null,
    titleOf: whole || title?.yours ? title : null,
    replies,
    waiting: whole ? (state === 'asking' ? move.waiting : 0) : null,
    mayAnswer: state === 'asking' && heard !== null && isAsked,
    mayApply: state === 'asking' && may?.writes === true,
    mayCancel: state === 'asking' && whole && viewer.colleague,
  };
}

const wrong = (path: 'title' | 'replies' | 'audience', part: 'moved' | 'audience') =>
  new ProblemError('invalid_request', { wrong: [{ path, part }] });
