import type { z } from '@hono/zod-openapi';
import { keepAccepted } from '#storage/accepted-requests.ts';
import { tellOfEverybody } from '#storage/accounts.ts';
import { colleaguesAmong, dayToday, nameIsTaken, storeCircle, unlessTaken } from '#storage/circle-opening.ts';
import type { FrameWords } from '#storage/frames.ts';
import type { MemberRole } from '#storage/memberships.ts';
import { notify } from '#storage/notices.ts';
import { retried } from '#storage/retried.ts';
import type { Viewer } from './access.ts';
import { accessCircle, type Reading } from './access-circles.ts';
import { digestOf, once } from './idempotency.ts';
import { ProblemError, type ProblemExtras } from './problem.ts';
import type { Circle, NewCircle } from './schema-circles.ts';
import { isLine, isSeen } from './schema-text.ts';

type Given = z.infer<typeof NewCircle>;
type Wrong = NonNullable<ProblemExtras['wrong']>;

const frameParts = {
  question: 'frameQuestion',
  inScope: 'frameInScope',
  outOfScope: 'frameOutOfScope',
  result: 'frameResult',
  houseRule: 'frameHouseRule',
} as const;

/**
 * Opens a circle: with its frame, a host and a deputy, or not at all; whatever is missing is said at once. Who opens a closed one is
 * in it, whether they are named or not.
 */
export async function openCircle(
  deps: Reading,
  viewer: Viewer,
  key: string,
  given: Given,
): Promise<z.infer<typeof Circle>> {
  const request = { personId: viewer.personId, key, digest: digestOf('circle', given) };
  const present = (id: number) => accessCircle(deps, viewer, deps.ids.encode('circle', id));
  return await once(
    deps,
    request,
    async () => {
      const opening = () => retried(deps.db, (trx) => open({ ids: deps.ids, db: trx }, viewer, request, given));
      const outcome = await unlessTaken(opening).catch((error: unknown) => {
        if (error === repeated) return null;
        throw error;
      });
      if (outcome === 'taken') throw new ProblemError('circle_name_taken');
      return outcome === null ? null : await present(outcome);
    },
    ({ ref }) => present(ref),
  );
}

const repeated = new Error('accepted before');

type Within = Pick<Reading, 'ids'> & { db: Parameters<typeof storeCircle>[0] };
type Request = Parameters<typeof once>[1];

async function open({ db: trx, ids }: Within, viewer: Viewer, request: Request, given: Given) {
  const numbers = (some: readonly string[]) => some.map((id) => ids.decode('person', id) ?? 0);
  const named = { host: numbers(given.hosts), deputy: numbers(given.deputies), member: numbers(given.members) };
  const here = await colleaguesAmong(trx, Object.values(named).flat());
  const wrong = [...missingWords(given, await dayToday(trx)), ...missingPeople(given, named, (id) => here.has(id))];
  if (wrong.length > 0) throw new ProblemError('circle_incomplete', { wrong });
  const { name, kind } = given;
  if (await nameIsTaken(trx, { name, personId: viewer.personId })) return 'taken' as const;
  const people = peopleOf(viewer, given, named);
  const id = await storeCircle(trx, { kind, name, frame: given.frame as FrameWords, people, by: viewer.personId });
  // What was made with the key of an earlier request goes with the transaction.
  if (!(await keepAccepted(trx, { ...request, kind: 'circle', ref: id }))) throw repeated;
  await notify(
    trx,
    people
      .filter(({ personId }) => personId !== viewer.personId)
      .map(({ personId, role }) => ({
        personId,
        kind: 'added',
        circleId: id,
        byPersonId: viewer.personId,
        detail: { role },
      })),
  );
  if (kind === 'internal') await tellOfEverybody(trx);
  return id;
}

type Named = Record<MemberRole, number[]>;

/** Each once, in the highest role they were named in. An internal circle has no first members: all colleagues read it. */
function peopleOf(viewer: Viewer, { kind }: Given, { host, deputy, member }: Named) {
  const roles = new Map<number, MemberRole>();
  if (kind === 'closed') for (const id of [...member, viewer.personId]) roles.set(id, 'member');
  for (const id of deputy) roles.set(id, 'deputy');
  for (const id of host) roles.set(id, 'host');
  return [...roles].map(([personId, role]) => ({ personId, role }));
}

function missingWords({ name, frame }: Given, today: string): Wrong {
  const wrong: Wrong = name !== '' && isLine(name) ? [] : [{ path: 'name', part: 'circleName' }];
  for (const [field, part] of Object.entries(frameParts) as [
    keyof typeof frameParts,
    (typeof frameParts)['question'],
  ][])
    if (!isSeen(frame[field] ?? '')) wrong.push({ path: `frame.${field}`, part });
  if (frame.endsOn === undefined || frame.endsOn < today) wrong.push({ path: 'frame.endsOn', part: 'frameEndsOn' });
  if (frame.afterEnd === undefined) wrong.push({ path: 'frame.afterEnd', part: 'frameAfterEnd' });
  return wrong;
}

function missingPeople({ kind }: Given, { host, deputy, member }: Named, isHere: (id: number) => boolean): Wrong {
  const wrong: Wrong = [];
  if (host.length === 0 || !host.every(isHere)) wrong.push({ path: 'hosts', part: 'circleHosts' });
  const others = deputy.filter((id) => !host.includes(id));
  if (others.length === 0 || !deputy.every(isHere)) wrong.push({ path: 'deputies', part: 'circleDeputies' });
  if (kind === 'closed' && !member.every(isHere)) wrong.push({ path: 'members', part: 'person' });
  return wrong;
}
