import type { z } from '@hono/zod-openapi';
import type { CircleAct } from '#domain/circle.ts';
import { audit } from '#storage/audit-log.ts';
import { recordChanges } from '#storage/changes.ts';
import { type HeldCircle, holdCircle } from '#storage/circle-hold.ts';
import { nameIsTaken, unlessTaken } from '#storage/circle-opening.ts';
import {
  archiveCircle,
  type CircleRow,
  readAllCircles,
  readCircle,
  readCircles,
  renameCircle,
  reopenCircle,
} from '#storage/circles.ts';
import { readFrames, storeFrame } from '#storage/frames.ts';
import { isKeptUntil, othersIn } from '#storage/memberships.ts';
import { notify } from '#storage/notices.ts';
import { retried } from '#storage/retried.ts';
import { everyoneCircle } from '#storage/schema.ts';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { presentCircle, presentHosts, presentSummary } from './present-circles.ts';
import { ProblemError } from './problem.ts';
import type { AllCircles, Circle, Circles, ReopenCircle } from './schema-circles.ts';

export type Reading = Pick<Deps, 'db' | 'ids'>;
export type Trx = Parameters<typeof holdCircle>[0];

/** The circles a viewer may see: theirs, those they could join, and those that are over. */
export async function accessCircles({ db, ids }: Reading, viewer: Viewer): Promise<z.infer<typeof Circles>> {
  const all = await readCircles(db, viewer.personId);
  const isOver = (one: (typeof all)[number]) => one.ended || one.standing === 'past';
  const isMine = (one: (typeof all)[number]) => one.standing !== 'none' || one.id === everyoneCircle;
  const present = (some: typeof all) => some.map((one) => presentSummary(ids, one));
  const now = all.filter((one) => !isOver(one));
  const ended = all.filter(isOver).sort((a, b) => (b.endsOn ?? '').localeCompare(a.endsOn ?? ''));
  return {
    mine: present(now.filter(isMine)),
    discover: present(now.filter((one) => !isMine(one))),
    ended: present(ended),
  };
}

/** Every circle there is, for who lets people in; nothing of what is said in it. */
export async function accessAllCircles({ db, ids }: Reading): Promise<z.infer<typeof AllCircles>> {
  const circles = await readAllCircles(db);
  return {
    circles: circles.map(({ id, kind, name, hosts, state, endsOn, createdAt }) => ({
      id: ids.encode('circle', id),
      kind,
      name,
      hosts: presentHosts(ids, hosts),
      state,
      endsOn,
      createdAt: createdAt.toISOString(),
    })),
  };
}

/** One circle, when it may be seen. */
export async function accessCircle(deps: Reading, viewer: Viewer, publicId: string): Promise<z.infer<typeof Circle>> {
  return presentCircle(deps.ids, await seen(deps, viewer, publicId));
}

/** One circle as a viewer may see it; what they may not see is not there. */
export async function seen({ db, ids }: Reading, viewer: Viewer, publicId: string): Promise<CircleRow> {
  const circleId = ids.decode('circle', publicId);
  const circle = circleId === null ? null : await readCircle(db, viewer.personId, circleId);
  if (!circle) throw new ProblemError('not_found');
  return circle;
}

/** `mustBe`: what of its state refuses the act. Of an ended circle the frame can be given another day, of an archived one nothing. */
export type InCircle = { act: CircleAct; hold?: 'change' | 'share'; mustBe?: 'open' | 'kept' };

const ofHosts: readonly CircleAct[] = ['host', 'add', 'invite'];

/** Does something in a circle while its row is held, for who may; the policy is asked with the row in hand. */
export async function inCircle<T>(
  { db, ids }: Reading,
  viewer: Viewer,
  publicId: string,
  { act, hold = 'change', mustBe }: InCircle,
  work: (trx: Trx, circle: HeldCircle) => Promise<T>,
): Promise<T> {
  const circleId = ids.decode('circle', publicId);
  if (circleId === null) throw new ProblemError('not_found');
  return await retried(db, async (trx) => {
    const circle = await holdCircle(trx, { circleId, personId: viewer.personId, act, hold });
    if (circle === 'unseen') throw new ProblemError('not_found');
    if (circle === 'refused') throw new ProblemError(ofHosts.includes(act) ? 'not_host' : 'forbidden');
    if ((mustBe === 'open' && circle.ended) || (mustBe === 'kept' && circle.archived))
      throw new ProblemError('circle_ended');
    return await work(trx, circle);
  });
}

/** Gives a circle another name. */
export async function changeCircle(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  name: string,
): Promise<z.infer<typeof Circle>> {
  const outcome = await unlessTaken(() =>
    inCircle(deps, viewer, publicId, { act: 'host', mustBe: 'kept' }, async (trx, { id }) => {
      if (await nameIsTaken(trx, { name, personId: viewer.personId, except: id })) return 'taken' as const;
      await renameCircle(trx, id, name);
      await audit(trx, { personId: viewer.personId, action: 'circle.renamed', circleId: id });
      await recordChanges(trx, { people: [viewer.personId, ...(await othersIn(trx, id, viewer.personId))] });
      return 'renamed' as const;
    }),
  );
  if (outcome === 'taken') throw new ProblemError('circle_name_taken');
  return await accessCircle(deps, viewer, publicId);
}

/** Ends a circle with what came of it. */
export async function endCircle(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  conclusion: string,
): Promise<z.infer<typeof Circle>> {
  await inCircle(deps, viewer, publicId, { act: 'host', mustBe: 'kept' }, async (trx, { id }) => {
    await archiveCircle(trx, { circleId: id, by: viewer.personId, conclusion });
    await audit(trx, { personId: viewer.personId, action: 'circle.archived', circleId: id });
    await tellMembers(trx, viewer, id, 'archived');
  });
  return await accessCircle(deps, viewer, publicId);
}

/** Opens a circle again that was archived; one whose last day is over gets another, as a version of its frame. */
export async function openAgain(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  { endsOn }: z.infer<typeof ReopenCircle>,
): Promise<z.infer<typeof Circle>> {
  const outcome = await unlessTaken(() =>
    inCircle(deps, viewer, publicId, { act: 'host' }, async (trx, circle) => {
      const { id, name } = circle;
      if (!circle.ended) return 'open' as const;
      if (await nameIsTaken(trx, { name, personId: viewer.personId, except: id })) return 'taken' as const;
      const frame = (await readFrames(trx, id))[0]!;
      const until = endsOn ?? frame.endsOn;
      if (until < circle.today)
        throw new ProblemError('circle_incomplete', { wrong: [{ path: 'endsOn', part: 'frameEndsOn' }] });
      await mustBeKept(trx, id, until);
      const version = circle.frameVersion + 1;
      if (until !== frame.endsOn)
        await storeFrame(trx, {
          circleId: id,
          version,
          frame: { ...frame, endsOn: until, note: null },
          by: viewer.personId,
        });
      await reopenCircle(trx, id);
      await audit(trx, { personId: viewer.personId, action: 'circle.reopened', circleId: id });
      await tellMembers(trx, viewer, id, 'reopened');
      return 'open' as const;
    }),
  );
  if (outcome === 'taken') throw new ProblemError('circle_name_taken');
  return await accessCircle(deps, viewer, publicId);
}

/** Refuses a last day on which everybody who looks after the circle is gone. */
export async function mustBeKept(trx: Trx, circleId: number, endsOn: string): Promise<void> {
  if (await isKeptUntil(trx, circleId, endsOn)) return;
  throw new ProblemError('circle_incomplete', { wrong: [{ path: 'endsOn', part: 'keptByNobody' }] });
}

/** News in the inbox of everybody in a circle, and in the open pages of who made it. */
async function tellMembers(trx: Trx, { personId: by }: Viewer, circleId: number, kind: string): Promise<void> {
  const others = await othersIn(trx, circleId, by);
  await notify(
    trx,
    others.map((personId) => ({ personId, kind, circleId, byPersonId: by })),
  );
  await recordChanges(trx, { people: [by] });
}
