import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { audit } from '#storage/audit-log.ts';
import { type HeldCircle, holdCircle, type NotHeld } from '#storage/circle-hold.ts';
import { colleaguesAmong, storeCircle } from '#storage/circle-opening.ts';
import {
  type InvitationState,
  invitesAnywhere,
  makeInvitation,
  type NewInvitation as NewRow,
  readInvitation,
  readInvitations,
  revokeInvitation,
} from '#storage/invitations.ts';
import { type HeldInvitation, holdInvitation, joinByInvitation } from '#storage/join-by-invitation.ts';
import { leave, readMember } from '#storage/memberships.ts';
import { confirmAuthor as storeAuthor } from '#storage/mention-authors.ts';
import { placeInCircle } from '#storage/placing.ts';
import { retried } from '#storage/retried.ts';
import { deskCircle, outsideCircle } from '#storage/schema.ts';
import { cameAsAnother } from '#storage/taken-names.ts';
import { readMention } from '#storage/threads.ts';
import { type Viewer, visibleTo } from './access.ts';
import { keepsHost } from './access-circles-members.ts';
import type { Deps, Env } from './env.ts';
import { presentAuthor, presentInvitation } from './present-guests.ts';
import { ProblemError } from './problem.ts';
import type {
  AcceptedInvitation,
  AcceptInvitation,
  ConfirmAuthor,
  Invitation,
  InvitationFacts,
  Invitations,
  MadeInvitation,
  MentionAuthor,
  NewAuthorInvitation,
  NewInvitation,
} from './schema-guests.ts';

type Reading = Pick<Deps, 'db' | 'ids'>;
type Trx = Parameters<typeof makeInvitation>[0];

/** Invites somebody from outside into a circle of which one is host; `origin` is where the link leads. */
export async function inviteIntoCircle(
  { db, ids }: Reading,
  viewer: Viewer,
  origin: string,
  publicId: string,
  given: z.infer<typeof NewInvitation>,
): Promise<z.infer<typeof MadeInvitation>> {
  return await db.transaction().execute(async (trx) => {
    const circleId = await openCircle(trx, { ids }, viewer, publicId);
    return await made(trx, { ids }, origin, { ...given, circleId, mentionId: null, madeBy: viewer.personId });
  });
}

/**
 * Invites the author of a mention to where it is talked about: a circle of which one is host, in which its thread is placed, or a new one
 * about this thread and no other, which the desk may open too. Of what stands only inside nobody outside is the author.
 */
export async function inviteAuthor(
  { db, ids }: Reading,
  viewer: Viewer,
  origin: string,
  publicId: string,
  { into, ...given }: z.infer<typeof NewAuthorInvitation>,
): Promise<z.infer<typeof MadeInvitation>> {
  const homes = visibleTo(viewer).filter((id) => id === outsideCircle || id === deskCircle);
  const mentionId = ids.decode('mention', publicId);
  const mention = mentionId === null ? null : await readMention(db, homes, mentionId);
  if (!mention) throw new ProblemError('not_found');
  const { threadId } = mention;
  return await retried(db, async (trx) => {
    const invitation = { ...given, mentionId: mention.id, madeBy: viewer.personId };
    if (into.kind === 'circle') {
      const circleId = await openCircle(trx, { ids }, viewer, into.id);
      if ((await placeInCircle(trx, threadId, circleId)) === 'other_thread') throw wrong('into.id', 'circle');
      return await made(trx, { ids }, origin, { ...invitation, circleId });
    }
    if (!viewer.rights.includes('desk') && !(await invitesAnywhere(trx, viewer.personId)))
      throw new ProblemError('forbidden');
    const question = into.question ?? mention.title ?? mention.text?.slice(0, 200);
    if (!question?.trim()) throw wrong('into.question', 'question');
    const deputy = ids.decode('person', into.deputy);
    if (deputy === null || deputy === viewer.personId || !(await colleaguesAmong(trx, [deputy])).has(deputy))
      throw wrong('into.deputy', 'deputy');
    const circleId = await storeCircle(trx, {
      kind: 'closed',
      name: question.replaceAll(/\s+/g, ' ').slice(0, 100).trim().toWellFormed(),
      frame: { ...into, question, endsOn: given.until },
      people: [
        { personId: viewer.personId, role: 'host' },
        { personId: deputy, role: 'deputy' },
      ],
      by: viewer.personId,
      onlyThreadId: threadId,
    });
    await placeInCircle(trx, threadId, circleId);
    return await made(trx, { ids }, origin, { ...invitation, circleId });
  });
}

/** The invitations into a circle, or to the author of a mention, that a viewer looks after. */
export async function accessInvitations(
  { db, ids }: Reading,
  viewer: Viewer,
  which: { circle: string } | { mention: string },
): Promise<z.infer<typeof Invitations>> {
  if ('circle' in which) {
    const circleId = ids.decode('circle', which.circle);
    const held = await db.transaction().execute((trx) => heldFor(trx, circleId, viewer, 'share'));
    const rows = await readInvitations(db, viewer.personId, { circleId: held.id });
    return { invitations: rows.map((row) => presentInvitation(ids, row)) };
  }
  const mentionId = ids.decode('mention', which.mention);
  const mention = mentionId === null ? null : await readMention(db, visibleTo(viewer), mentionId);
  if (!mention) throw new ProblemError('not_found');
  const rows = await readInvitations(db, viewer.personId, { mentionId: mention.id });
  return { invitations: rows.map((row) => presentInvitation(ids, row)) };
}

/** Takes an invitation back: a link that waits stops working, and who came in by it is out. Once more does nothing. */
export async function withdrawInvitation(
  { db, ids }: Reading,
  viewer: Viewer,
  publicId: string,
): Promise<z.infer<typeof Invitation>> {
  const id = ids.decode('invitation', publicId);
  return await retried(db, async (trx) => {
    const [row] = id === null ? [] : await readInvitations(trx, viewer.personId, { id });
    if (!row) throw new ProblemError('not_found');
    const { personId } = viewer;
    if (!(await revokeInvitation(trx, { id: row.id, personId }))) {
      const circle = await heldFor(trx, row.circle.id, viewer, 'change');
      // Used in between, where it was waiting when it was read.
      const [now] = await readInvitations(trx, personId, { id: row.id });
      const guest = now?.inside ? await readMember(trx, circle.id, now.usedBy!.id) : null;
      if (guest) {
        const of = { circleId: circle.id, personId: guest.person.id };
        // A colleague who came in by a link can have become its host since.
        if (guest.role === 'host') await keepsHost(trx, of);
        if (await leave(trx, { ...of, by: personId }))
          await audit(trx, { personId, action: 'guest.ended', circleId: circle.id, subjectId: guest.person.id });
      }
    }
    return presentInvitation(ids, (await readInvitations(trx, personId, { id: row.id }))[0]!);
  });
}

/** What somebody with the link may read before they come in; for anybody who holds it. */
export async function accessInvitation(
  { db, auth }: Pick<Deps, 'db' | 'auth'>,
  c: Context<Env>,
  token: string,
): Promise<z.infer<typeof InvitationFacts>> {
  const found = await auth.byLink(c, () => readInvitation(db, token));
  mustWait(found.state);
  const { name, inviter, organisation, circleName, question, oneThread, until, expiresAt } = found;
  const circle = { name: circleName, question };
  return { name, inviter, organisation, circle, oneThread, until, expiresAt: expiresAt.toISOString() };
}

/** Comes in by a link, with a new account or as who is signed in: exactly once, whoever tries at the same moment. */
export async function acceptInvitation(
  { db, ids, auth }: Pick<Deps, 'db' | 'ids' | 'auth'>,
  c: Context<Env>,
  token: string,
  given: z.infer<typeof AcceptInvitation>,
): Promise<z.infer<typeof AcceptedInvitation>> {
  mustWait((await auth.byLink(c, () => readInvitation(db, token))).state);
  const where = ({ circle, threadId }: HeldInvitation) => ({
    circle: { ...circle, id: ids.encode('circle', circle.id) },
    threadId: threadId === null ? null : ids.encode('thread', threadId),
  });
  if (given.as === 'new') {
    const { session, done } = await auth.comeIn(c, token, given, async (trx, create) => {
      const held = await waiting(trx, token);
      const personId = await create(held.relation);
      await joinByInvitation(trx, held, personId);
      if (await cameAsAnother(trx, personId)) throw new ProblemError('name_taken');
      return held;
    });
    return { session, ...where(done) };
  }
  const { asker } = c.var;
  if (!asker) throw new ProblemError('signed_out');
  const held = await retried(db, async (trx) => {
    const invitation = await waiting(trx, token);
    await joinByInvitation(trx, invitation, asker.personId);
    return invitation;
  });
  return { session: await auth.session(c), ...where(held) };
}

/** Says by hand that somebody in a circle wrote a mention that is talked about there. */
export async function confirmAuthor(
  { db, ids }: Reading,
  viewer: Viewer,
  publicId: string,
  given: z.infer<typeof ConfirmAuthor>,
): Promise<z.infer<typeof MentionAuthor>> {
  const mentionId = ids.decode('mention', given.mention);
  const personId = ids.decode('person', given.person);
  return await db.transaction().execute(async (trx) => {
    const circle = await heldFor(trx, ids.decode('circle', publicId), viewer, 'share');
    const author =
      mentionId === null || personId === null
        ? null
        : await storeAuthor(trx, { circleId: circle.id, mentionId, personId, by: viewer.personId });
    if (!author) throw wrong('person', 'author');
    return presentAuthor(ids, author);
  });
}

/** The number of a circle that goes on and into which the viewer may let people; held, so that it does not end meanwhile. */
async function openCircle(trx: Trx, { ids }: Pick<Deps, 'ids'>, viewer: Viewer, publicId: string): Promise<number> {
  const circle = await heldFor(trx, ids.decode('circle', publicId), viewer, 'share');
  if (circle.ended) throw new ProblemError('circle_ended');
  return circle.id;
}

async function heldFor(
  trx: Trx,
  circleId: number | null,
  { personId }: Viewer,
  hold: 'share' | 'change',
): Promise<HeldCircle> {
  const held: HeldCircle | NotHeld =
    circleId === null ? 'unseen' : await holdCircle(trx, { circleId, personId, act: 'invite', hold });
  if (held === 'unseen') throw new ProblemError('not_found');
  if (held === 'refused') throw new ProblemError('forbidden');
  return held;
}

async function made(
  trx: Trx,
  { ids }: Pick<Deps, 'ids'>,
  origin: string,
  given: NewRow,
): Promise<z.infer<typeof MadeInvitation>> {
  const { until } = given;
  const row = await makeInvitation(trx, { ...given, until });
  if (!row) throw wrong('until', 'guestDay');
  const [invitation] = await readInvitations(trx, given.madeBy, { id: row.id });
  return {
    invitation: presentInvitation(ids, invitation!),
    link: { url: `${origin}/invitations/${row.token}`, expiresAt: row.expiresAt.toISOString() },
  };
}

async function waiting(trx: Trx, token: string): Promise<HeldInvitation> {
  const held = await holdInvitation(trx, token);
  if (!held) throw new ProblemError('not_found');
  mustWait(held.state);
  return held;
}

function mustWait(state: InvitationState): void {
  if (state !== 'waiting') throw new ProblemError(`invitation_${state}`);
}

const wrong = (path: string, part: 'circle' | 'question' | 'deputy' | 'guestDay' | 'author') =>
  new ProblemError('invalid_request', { wrong: [{ path, part }] });
