import type { z } from '@hono/zod-openapi';
import { applyTo, holdGoing } from '#storage/move-apply.ts';
import { isWider } from '#storage/move-readers.ts';
import { askAgain } from '#storage/move-writes.ts';
import type { Viewer } from './access.ts';
import { accessMove, audienceHolds, type Moving, seenMove, whileAsking } from './access-moves.ts';
import { mayTake, movable } from './access-moves-new.ts';
import { ProblemError } from './problem.ts';
import type { Move } from './schema-moves.ts';

/**
 * Moves what was agreed to and what its mover wrote; everything else stays where it is. What holds is asked anew with the thread and both
 * circles in hand: who may, who reads along, whether anybody newly reads it. A move asks as much as it did when it was made, or more;
 * whoever agreed when fewer read there is asked anew, and nothing moves.
 */
export async function applyMove(
  deps: Moving,
  viewer: Viewer,
  publicId: string,
  audience: string,
): Promise<z.infer<typeof Move>> {
  const seen = await seenMove(deps, viewer, publicId);
  if (seen.person.id !== viewer.personId) throw new ProblemError('not_host', { facts: { reason: 'move-not-yours' } });
  const outcome = await whileAsking(deps, seen, async (trx, move) => {
    const asked = { personId: viewer.personId, threadId: move.threadId, fromId: move.fromId, toId: move.toId };
    const facts = await movable(trx, asked);
    await audienceHolds(deps, trx, viewer, seen, audience);
    const asks = move.wider || (await isWider(trx, move.toId, move.fromId));
    // To be kept although it is refused.
    if (asks && (await askAgain(trx, move))) return 'asked-again';
    const going = await holdGoing(trx, move, asks);
    mayTake(facts, viewer, { wider: asks, authors: going.map(({ personId }) => personId) });
    const isOwn = facts.starter === null || facts.starter.id === viewer.personId;
    const titleGoes = isOwn || (asks ? move.titleAgrees === true : move.titleAgrees !== false);
    if (!titleGoes) throw new ProblemError('not_agreed', { facts: { reason: 'move-title' } });
    if (going.length === 0) throw new ProblemError('not_agreed');
    await applyTo(trx, move, going, { inward: !asks });
    return 'applied';
  });
  if (outcome === 'asked-again') throw new ProblemError('audience_changed', { facts: { reason: 'move-asked-again' } });
  return await accessMove(deps, viewer, publicId);
}
