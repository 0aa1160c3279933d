import type { z } from '@hono/zod-openapi';
import { audit } from '#storage/audit-log.ts';
import { recordChanges } from '#storage/changes.ts';
import { acknowledge, readFrames, storeFrame, storeState } from '#storage/frames.ts';
import { othersIn } from '#storage/memberships.ts';
import { notify } from '#storage/notices.ts';
import type { Viewer } from './access.ts';
import { accessCircle, inCircle, mustBeKept, type Reading, seen } from './access-circles.ts';
import { presentFrames } from './present-circles.ts';
import { ProblemError } from './problem.ts';
import type { Circle, Frames, NewFrame, NewTalkState } from './schema-circles.ts';

type Answer = z.infer<typeof Circle>;

/** The versions of a circle's frame. */
export async function accessFrames(deps: Reading, viewer: Viewer, publicId: string): Promise<z.infer<typeof Frames>> {
  const { id, acknowledged } = await seen(deps, viewer, publicId);
  return { frames: presentFrames(deps.ids, await readFrames(deps.db, id)), acknowledged };
}

/** Puts another frame in the place of the one it was made from. Whoever replies next says first that they have read it. */
export async function changeFrame(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  { after, ...frame }: z.infer<typeof NewFrame>,
): Promise<Answer> {
  const by = viewer.personId;
  await inCircle(deps, viewer, publicId, { act: 'host', mustBe: 'kept' }, async (trx, { id, frameVersion, today }) => {
    if (frameVersion !== after) throw new ProblemError('changed_meanwhile');
    if (frame.endsOn < today)
      throw new ProblemError('circle_incomplete', { wrong: [{ path: 'endsOn', part: 'frameEndsOn' }] });
    await mustBeKept(trx, id, frame.endsOn);
    const version = after + 1;
    await storeFrame(trx, { circleId: id, version, frame, by });
    await audit(trx, { personId: by, action: 'circle.frame', circleId: id, detail: { version } });
    const others = await othersIn(trx, id, by);
    const news = { kind: 'frame-changed', circleId: id, byPersonId: by, detail: { version } };
    await notify(
      trx,
      others.map((personId) => ({ personId, ...news })),
    );
  });
  return await accessCircle(deps, viewer, publicId);
}

/** Notes that a viewer has read the frame as it is; one that was changed since is read first. */
export async function acknowledgeFrame(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  version: number,
): Promise<Answer> {
  await inCircle(deps, viewer, publicId, { act: 'see', hold: 'share' }, async (trx, { id, frameVersion }) => {
    if (frameVersion !== version) throw new ProblemError('frame_changed');
    await acknowledge(trx, { circleId: id, personId: viewer.personId, version });
    await recordChanges(trx, { people: [viewer.personId] });
  });
  return await accessCircle(deps, viewer, publicId);
}

/** Writes the state of the talk, which newcomers read first, in the place of the one it was made from. */
export async function changeState(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  { after, text }: z.infer<typeof NewTalkState>,
): Promise<Answer> {
  await inCircle(deps, viewer, publicId, { act: 'host', mustBe: 'kept' }, async (trx, { id }) => {
    if (!(await storeState(trx, { circleId: id, after, text, by: viewer.personId })))
      throw new ProblemError('changed_meanwhile');
    await recordChanges(trx, { people: [viewer.personId, ...(await othersIn(trx, id, viewer.personId))] });
  });
  return await accessCircle(deps, viewer, publicId);
}
