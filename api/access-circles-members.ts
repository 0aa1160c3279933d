import type { z } from '@hono/zod-openapi';
import { mostGuestDays } from '#domain/circle.ts';
import { audit } from '#storage/audit-log.ts';
import type { HeldCircle } from '#storage/circle-hold.ts';
import { colleaguesAmong } from '#storage/circle-opening.ts';
import { holdForAccess, readCircle } from '#storage/circles.ts';
import {
  enter,
  hasHostBeside,
  leave,
  type MemberFacts,
  othersIn,
  readMember,
  readMembers,
  setMuted,
  setRole,
  setUntil,
} from '#storage/memberships.ts';
import { notify } from '#storage/notices.ts';
import { retried } from '#storage/retried.ts';
import type { Viewer } from './access.ts';
import { accessCircle, inCircle, type Reading, seen, type Trx } from './access-circles.ts';
import { actsIn, presentMember } from './present-circles.ts';
import { ProblemError } from './problem.ts';
import type { AddMembers, ChangeMember, Circle, HandOverCircle, Member, Members } from './schema-circles.ts';

/** Who is in a circle, for who may know. */
export async function accessMembers(deps: Reading, viewer: Viewer, publicId: string): Promise<z.infer<typeof Members>> {
  const circle = await seen(deps, viewer, publicId);
  const acts = actsIn(circle);
  if (!acts.includes('people')) throw new ProblemError('forbidden');
  const found = await readMembers(deps.db, circle.id);
  return { members: found.map((member) => presentMember(deps.ids, member, acts.includes('host'))) };
}

/** Puts colleagues in a closed circle. Who is in it already stays as they are. */
export async function addMembers(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  { people }: z.infer<typeof AddMembers>,
): Promise<z.infer<typeof Members>> {
  const numbers = [...new Set(people.map((id) => deps.ids.decode('person', id) ?? 0))];
  await inCircle(deps, viewer, publicId, { act: 'add', mustBe: 'open' }, async (trx, circle) => {
    await onlyColleagues(trx, numbers, 'people');
    const entered = await enter(trx, { circle, people: numbers, by: viewer.personId });
    const news = { kind: 'added', circleId: circle.id, byPersonId: viewer.personId, detail: { role: 'member' } };
    await notify(
      trx,
      entered.map((personId) => ({ personId, ...news })),
    );
  });
  return await accessMembers(deps, viewer, publicId);
}

async function onlyColleagues(trx: Trx, numbers: readonly number[], path: string): Promise<void> {
  const here = await colleaguesAmong(trx, numbers);
  if (!numbers.every((id) => here.has(id)))
    throw new ProblemError('invalid_request', { wrong: [{ path, part: 'person' }] });
}

/** A member's role, last day, or whether they may write; for hosts. */
export async function changeMember(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  person: string,
  { role, until, muted }: z.infer<typeof ChangeMember>,
): Promise<z.infer<typeof Member>> {
  const by = viewer.personId;
  return await inCircle(deps, viewer, publicId, { act: 'host' }, async (trx, circle) => {
    const member = await memberOf(deps, trx, circle, person);
    const of = { circleId: circle.id, personId: member.person.id, by };
    const news = { personId: of.personId, circleId: circle.id, byPersonId: by };
    if (role !== undefined && role !== member.role) {
      if (role !== 'member' && !member.colleague) throw wrong('role', 'guestRole');
      if (member.role === 'host') await keepsHost(trx, of);
      await setRole(trx, { ...of, role });
      await notify(trx, [{ ...news, kind: 'role', detail: { role } }]);
    }
    if (until !== undefined && until !== member.until) {
      const isShorter = until !== null && (member.until === null || until < member.until);
      if (member.role === 'host' && isShorter) await keepsHost(trx, of);
      if (!member.colleague && !isGuestDay(until, circle.today)) throw wrong('until', 'memberUntil');
      await setUntil(trx, { ...of, until });
    }
    if (muted !== undefined && (muted !== null || member.mutedAt)) {
      if (muted !== null && (role ?? member.role) !== 'member') throw new ProblemError('member_is_host');
      await setMuted(trx, { ...of, reason: muted });
      await notify(trx, [
        { ...news, kind: muted === null ? 'unmuted' : 'muted', detail: muted === null ? {} : { reason: muted } },
      ]);
    }
    return presentMember(deps.ids, (await readMember(trx, circle.id, of.personId))!, true);
  });
}

/** Takes a member out of a closed circle, or an internal one. */
export async function removeMember(deps: Reading, viewer: Viewer, publicId: string, person: string): Promise<void> {
  await inCircle(deps, viewer, publicId, { act: 'host' }, async (trx, circle) => {
    const member = await memberOf(deps, trx, circle, person);
    const of = { circleId: circle.id, personId: member.person.id, by: viewer.personId };
    if (member.role === 'host') await keepsHost(trx, of);
    await leave(trx, of);
  });
}

/** Comes into a circle that every colleague may join; once more does nothing. */
export async function joinCircle(deps: Reading, viewer: Viewer, publicId: string): Promise<z.infer<typeof Circle>> {
  const circle = await seen(deps, viewer, publicId);
  if (circle.standing !== 'member' && circle.standing !== 'host')
    await inCircle(deps, viewer, publicId, { act: 'join', mustBe: 'open' }, async (trx, held) => {
      await enter(trx, { circle: held, people: [viewer.personId], by: null });
    });
  return await accessCircle(deps, viewer, publicId);
}

/** Leaves a circle; its only host hands it over first. Who is not in it leaves nothing. */
export async function leaveCircle(deps: Reading, viewer: Viewer, publicId: string): Promise<void> {
  const { personId } = viewer;
  await inCircle(deps, viewer, publicId, { act: 'see' }, async (trx, { id }) => {
    const member = await readMember(trx, id, personId);
    if (member?.role === 'host') await keepsHost(trx, { circleId: id, personId });
    await leave(trx, { circleId: id, personId, by: personId });
  });
}

/** Gives what a host or deputy does here to a colleague, who comes in where they were not. */
export async function handOverCircle(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  { to, stay }: z.infer<typeof HandOverCircle>,
): Promise<z.infer<typeof Circle>> {
  const by = viewer.personId;
  await inCircle(deps, viewer, publicId, { act: 'host' }, async (trx, circle) => {
    const personId = deps.ids.decode('person', to) ?? 0;
    if (personId === by) throw wrong('to', 'person');
    await onlyColleagues(trx, [personId], 'to');
    const own = (await readMember(trx, circle.id, by))!;
    const other = await readMember(trx, circle.id, personId);
    await enter(trx, { circle, people: [personId], by });
    // What a deputy gives away is a deputy's place; nobody becomes less by it.
    const isHosts = own.role === 'host' || other?.role === 'host';
    await setRole(trx, { circleId: circle.id, personId, role: isHosts ? 'host' : 'deputy', by });
    await setUntil(trx, { circleId: circle.id, personId, until: null, by });
    await setRole(trx, { circleId: circle.id, personId: by, role: stay, by });
    await notify(trx, [{ personId, kind: 'handed-over', circleId: circle.id, byPersonId: by }]);
  });
  return await accessCircle(deps, viewer, publicId);
}

/**
 * Lets who lets people in into a closed circle of others, as a member: everybody in it hears of it at the same moment, and it is written
 * down. Guests hear that it happened and not who it was, as of every member who is no host.
 */
export async function takeAccess(
  { db, ids }: Reading,
  viewer: Viewer,
  publicId: string,
  reason: string,
): Promise<z.infer<typeof Circle>> {
  const circleId = ids.decode('circle', publicId);
  const by = viewer.personId;
  if (circleId === null) throw new ProblemError('not_found');
  await retried(db, async (trx) => {
    const circle = await holdForAccess(trx, circleId);
    if (!circle) throw new ProblemError('not_found');
    const known = await readCircle(trx, by, circleId);
    if (known && known.standing !== 'past' && known.standing !== 'none') return;
    const others = await othersIn(trx, circleId, by);
    const here = await colleaguesAmong(trx, others);
    await enter(trx, { circle, people: [by], by, reason });
    await audit(trx, { personId: by, action: 'access.taken', circleId, detail: { reason } });
    await notify(
      trx,
      others.map((personId) => ({
        personId,
        kind: 'access-taken',
        circleId,
        ...(here.has(personId) ? { byPersonId: by, detail: { reason } } : {}),
      })),
    );
  });
  return await accessCircle({ db, ids }, viewer, publicId);
}

async function memberOf({ ids }: Reading, trx: Trx, circle: HeldCircle, person: string): Promise<MemberFacts> {
  const personId = ids.decode('person', person);
  const member = personId === null ? null : await readMember(trx, circle.id, personId);
  if (!member) throw new ProblemError('not_found');
  return member;
}

/** No circle without a host: whoever is the last stays that. */
export async function keepsHost(
  trx: Trx,
  { circleId, personId }: { circleId: number; personId: number },
): Promise<void> {
  if (!(await hasHostBeside(trx, circleId, personId))) throw new ProblemError('last_host');
}

function isGuestDay(until: string | null, today: string): boolean {
  if (until === null || until < today) return false;
  return (Date.parse(until) - Date.parse(today)) / 86_400_000 <= mostGuestDays;
}

const wrong = (path: string, part: 'person' | 'guestRole' | 'memberUntil') =>
  new ProblemError('invalid_request', { wrong: [{ path, part }] });
