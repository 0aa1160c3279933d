import type { z } from '@hono/zod-openapi';
import { readAudience } from '#storage/audiences.ts';
import { isWider, readersBeside } from '#storage/move-readers.ts';
import { holdForMove, isAsShown, type MoveAsked, type MoveFacts, readMoveFacts } from '#storage/move-rights.ts';
import { storeMove } from '#storage/move-writes.ts';
import { authorsToMove, readMove, readMovesOf, repliesToMove } from '#storage/moves.ts';
import { readReferences } from '#storage/reply-references.ts';
import { retried } from '#storage/retried.ts';
import { readerOf, type Viewer, visibleTo } from './access.ts';
import { type Moving, presentMove, type Trx } from './access-moves.ts';
import { presentCircleRef, presentPersonRef } from './present.ts';
import { presentMoveReplies, presentMoveTitle } from './present-moves.ts';
import { audiencePurpose, presentAudience } from './present-talk.ts';
import { ProblemError } from './problem.ts';
import type { Move, MovePreview, NewMove } from './schema-moves.ts';

type Given = z.infer<typeof NewMove>;

/** What a move would do, refused where the move itself would be. Nothing is written. */
export async function previewMove(
  deps: Moving,
  viewer: Viewer,
  publicId: string,
  given: Given,
): Promise<z.infer<typeof MovePreview>> {
  const { db, ids, seal } = deps;
  const asked = askedOf(deps, viewer, publicId, given);
  const facts = await movable(db, asked);
  const { threadId, from, to, starter } = facts;
  const [gained, lost, { replies: rows, count }, authors, audience] = await Promise.all([
    readersBeside(db, to.id, from.id),
    readersBeside(db, from.id, to.id),
    repliesToMove(db, threadId, from.id),
    authorsToMove(db, threadId, from.id),
    readAudience(db, viewer.personId, to.id),
  ]);
  // Between two looks the circle ended.
  if (!audience) throw new ProblemError('circle_ended');
  const wider = gained.colleagues + gained.guests > 0;
  mayTake(facts, viewer, { wider, authors: authors.map(({ person }) => person.id) });
  const references = await readReferences(
    db,
    visibleTo(viewer),
    rows.map(({ id }) => id),
  );
  const shown = { wider, titleAgrees: null, starter, moverId: viewer.personId };
  const title = presentMoveTitle(ids, viewer, shown);
  const others = wider ? authors.filter(({ person }) => person.id !== viewer.personId) : [];
  const asksTitle = wider && starter !== null && starter.id !== viewer.personId;
  if (asksTitle && !others.some(({ person }) => person.id === starter.id)) others.push({ person: starter, replies: 0 });
  return {
    threadId: ids.encode('thread', threadId),
    title: facts.title,
    from: presentCircleRef(ids, from),
    to: presentCircleRef(ids, to),
    wider,
    newReaders: {
      colleagues: gained.colleagues,
      guests: gained.guests,
      names: facts.knowsPeople ? gained.names.map((person) => presentPersonRef(ids, person)) : null,
    },
    lostReaders: { colleagues: lost.colleagues, guests: lost.guests },
    replies: presentMoveReplies(ids, viewer, shown, rows, references),
    replyCount: count,
    titleOf: title,
    asked: others.map(({ person, replies }) => ({
      person: presentPersonRef(ids, person),
      replies,
      title: asksTitle && person.id === starter.id,
    })),
    audience: presentAudience(ids, seal, viewer, audience),
  };
}

/** Asks the authors of a thread whether it may go to another circle. Nothing moves before it is applied. */
export async function makeMove(
  deps: Moving,
  viewer: Viewer,
  publicId: string,
  given: Given,
): Promise<z.infer<typeof Move>> {
  const { db, ids, seal } = deps;
  const asked = askedOf(deps, viewer, publicId, given);
  const shown = given.audience === undefined ? null : seal.open(viewer.key, audiencePurpose, given.audience);
  if (shown?.length !== 3 || Number(shown[0]) !== asked.toId) throw wrong('audience', 'audience');
  const moveId = await retried(db, async (trx) => {
    await holdForMove(trx, asked);
    const facts = await movable(trx, asked);
    const heard = { circleId: asked.toId, audienceVersion: Number(shown[1]), outsiders: Number(shown[2]) };
    if (!(await isAsShown(trx, heard))) throw await changedAudience(deps, trx, viewer, asked.toId);
    const { threadId, from, to, starter } = facts;
    const wider = await isWider(trx, to.id, from.id);
    const authors = (await authorsToMove(trx, threadId, from.id)).map(({ person }) => person.id);
    mayTake(facts, viewer, { wider, authors });
    const move = { threadId, fromId: from.id, toId: to.id, by: viewer.personId, wider };
    const stored = await storeMove(trx, { ...move, starterId: starter?.id ?? null });
    if (stored !== null) return stored;
    // Whose it is they learn where they may see it.
    const others = await readMovesOf(trx, readerOf(viewer), threadId);
    const same = others.find((one) => one.from.id === from.id && one.to.id === to.id);
    throw new ProblemError('move_exists', same ? { facts: { move: ids.encode('move', same.id) } } : {});
  });
  return await presentMove(deps, viewer, (await readMove(db, readerOf(viewer), moveId))!);
}

async function changedAudience({ ids, seal }: Moving, trx: Trx, viewer: Viewer, circleId: number) {
  const now = await readAudience(trx, viewer.personId, circleId);
  if (!now) return new ProblemError('audience_changed', { facts: { reason: 'move-audience' } });
  const { colleagues, outsiders, token } = presentAudience(ids, seal, viewer, now);
  return new ProblemError('audience_changed', { facts: { reason: 'move-audience', colleagues, outsiders, token } });
}

function askedOf({ ids }: Moving, viewer: Viewer, publicId: string, given: Given): MoveAsked {
  const threadId = ids.decode('thread', publicId);
  if (threadId === null) throw new ProblemError('not_found');
  const circle = (path: 'from' | 'to') => {
    const id = ids.decode('circle', given[path]);
    if (id === null || !visibleTo(viewer).includes(id)) throw wrong(path, 'circle');
    return id;
  };
  const [fromId, toId] = [circle('from'), circle('to')];
  if (fromId === toId) throw wrong('to', 'circle');
  return { personId: viewer.personId, threadId, fromId, toId };
}

/** The thread and both circles, where this person may move the one between the others; each reason not to has its own refusal. */
export async function movable(db: Parameters<typeof readMoveFacts>[0], asked: MoveAsked): Promise<MoveFacts> {
  const facts = await readMoveFacts(db, asked);
  if (!facts) throw new ProblemError('not_found');
  if (!facts.writes) throw new ProblemError('not_writable', { facts: { reason: 'move-not-writable' } });
  if (!facts.keeps && facts.starter?.id !== asked.personId)
    throw new ProblemError('not_host', { facts: { reason: 'move-not-host' } });
  if (facts.ended) throw new ProblemError('circle_ended', { facts: { reason: 'move-circle-ended' } });
  if (facts.muted) throw new ProblemError('muted', { facts: { reason: 'move-muted' } });
  if (facts.closed) throw new ProblemError('thread_closed', { facts: { reason: 'move-thread-closed' } });
  if (facts.otherThread) throw new ProblemError('one_thread_only');
  // As for placing it there: only who reads its outside at home shows it to others.
  if (facts.homeUnseen) throw new ProblemError('not_found');
  return facts;
}

/** Inward nobody is asked: what others wrote there goes only when who keeps the circle takes it. */
export function mayTake(
  { keeps }: MoveFacts,
  { personId }: Viewer,
  { wider, authors }: { wider: boolean; authors: readonly number[] },
): void {
  if (wider || keeps || authors.every((id) => id === personId)) return;
  throw new ProblemError('not_host', { facts: { reason: 'move-not-host' } });
}

const wrong = (path: 'from' | 'to' | 'audience', part: 'circle' | 'audience') =>
  new ProblemError('invalid_request', { wrong: [{ path, part }] });
