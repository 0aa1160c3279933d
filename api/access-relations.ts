import type { z } from '@hono/zod-openapi';
import { type Kysely, sql } from 'kysely';
import { mostGuestDays } from '#domain/circle.ts';
import { keepsAdministrator } from '#storage/administrators.ts';
import { audit } from '#storage/audit-log.ts';
import {
  dayAfter,
  type Leaving as LeavingFacts,
  type LeavingPlan,
  leaveOrganisation,
  planLeaving,
  worksHereOn,
} from '#storage/off-boarding.ts';
import { type PersonRow, readPersonRow } from '#storage/people-list.ts';
import { overlap, type Relation, readRelations, replaceRelations, todayHere } from '#storage/relations.ts';
import { retried } from '#storage/retried.ts';
import { circlesToReturnTo, relationsBack, returnToOrganisation } from '#storage/returning.ts';
import type { Tables } from '#storage/schema.ts';
import { settlePerson } from '#storage/settle-person.ts';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import { presentCircleRef } from './present.ts';
import { ProblemError } from './problem.ts';
import type { Leaving, OffBoard, Relations, Return, Returned, SetRelations } from './schema-people.ts';
import type { parts } from './sentences.ts';

type Reading = Pick<Deps, 'db' | 'ids'>;
type Trx = Kysely<Tables>;
/** Who left reads what they took part in for at most so long, in days. */
const mostOwnDays = 730;

/** What somebody is and was, and whether their role counts. */
export async function accessRelations({ db, ids }: Reading, publicId: string): Promise<z.infer<typeof Relations>> {
  const personId = ids.decode('person', publicId);
  const person = personId === null ? null : await readPersonRow(db, personId);
  if (!person) throw new ProblemError('not_found');
  return presentRelations(person, await readRelations(db, person.id));
}

/** Replaces what somebody is. Who stops working here by it leaves no circle without a host; with what was agreed off-boarding does more. */
export async function changeRelations(
  { db, ids }: Reading,
  viewer: Viewer,
  publicId: string,
  { relations }: z.infer<typeof SetRelations>,
): Promise<z.infer<typeof Relations>> {
  if (overlap(relations)) throw wrong('relations', 'relations');
  return await withPerson({ db, ids }, publicId, async (trx, person) => {
    const before = await readRelations(trx, person.id);
    await replacing(trx, person.id, relations);
    const after = (await readPersonRow(trx, person.id))!;
    if (after.leavesOn !== null || (person.colleague && !after.colleague)) {
      const on = after.leavesOn ?? (await todayHere(trx));
      const plan = await planLeaving(trx, person.id, { on, agreed: [], ownThreadsUntil: null });
      refuseHostless(ids, plan);
    }
    await settlePerson(trx, person.id, { by: viewer.personId });
    const detail = { before: inShort(before), after: inShort(relations) };
    await audit(trx, { personId: viewer.personId, action: 'relation.changed', subjectId: person.id, detail });
    return presentRelations(after, await readRelations(trx, person.id));
  });
}

/** Lets somebody leave on a day, all in one transaction; a dry run does it and takes it back, so that it says what would happen. */
export async function accessOffBoarding(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  { on: asked, agreed, ownThreadsUntil }: z.infer<typeof OffBoard>,
  dry: boolean,
): Promise<z.infer<typeof Leaving>> {
  const { ids } = deps;
  return await withPerson(deps, publicId, async (trx, person) => {
    const on = asked ?? (await todayHere(trx));
    if (!(await worksHereOn(trx, person.id, on))) throw new ProblemError('not_colleague');
    const leaving: LeavingFacts = { on, ownThreadsUntil, agreed: agreed.map((one) => agreedCircle(ids, one, on)) };
    if (ownThreadsUntil !== null && !isWithin(ownThreadsUntil, on, mostOwnDays)) throw wrong('ownThreadsUntil', 'day');
    const plan = await planLeaving(trx, person.id, leaving);
    const stays = plan.circles.filter(({ what }) => what === 'stays').length;
    if (stays !== new Set(leaving.agreed.map(({ circleId }) => circleId)).size) throw wrong('agreed', 'agreed');
    if (!dry) {
      refuseHostless(ids, plan);
      await replacing(trx, person.id, plan.relations);
      await leaveOrganisation(trx, { personId: person.id, by: viewer.personId, leaving, plan });
    }
    return {
      dry,
      on,
      circles: plan.circles.map(({ circle, ...rest }) => ({ circle: presentCircleRef(ids, circle), ...rest })),
      hostNeeded: hostless(plan).map((circle) => presentCircleRef(ids, circle)),
      desk: plan.desk,
      feeds: plan.feeds,
      ownThreadsUntil,
      relations: plan.relations,
    };
  });
}

/** Takes somebody back from a day on, which is not in the future: what off-boarding ended is theirs again. */
export async function accessReturn(
  deps: Reading,
  viewer: Viewer,
  publicId: string,
  { on: asked }: z.infer<typeof Return>,
  dry: boolean,
): Promise<z.infer<typeof Returned>> {
  return await withPerson(deps, publicId, async (trx, person) => {
    const today = await todayHere(trx);
    const on = asked ?? today;
    if (on > today) throw wrong('on', 'day');
    const relations = relationsBack(await readRelations(trx, person.id), on);
    if (relations === null) throw new ProblemError('not_left');
    if (overlap(relations)) throw wrong('on', 'day');
    const circles = await circlesToReturnTo(trx, person.id);
    if (!dry) {
      await replaceRelations(trx, person.id, relations);
      await returnToOrganisation(trx, { personId: person.id, by: viewer.personId, on, circles });
    }
    return { dry, on, relations, circles: circles.map((circle) => presentCircleRef(deps.ids, circle)) };
  });
}

/** Holds the administrators, then the person: in that order everywhere, so that no two wait for each other. */
async function withPerson<Answer>(
  { db, ids }: Reading,
  publicId: string,
  act: (trx: Trx, person: PersonRow) => Promise<Answer>,
): Promise<Answer> {
  const personId = ids.decode('person', publicId);
  if (personId === null) throw new ProblemError('not_found');
  return await retried(db, async (trx) => {
    await sql`select from people where id = ${personId} or (role = 'administrator' and deactivated_at is null)
      order by id for update`.execute(trx);
    const person = await readPersonRow(trx, personId);
    if (!person) throw new ProblemError('not_found');
    return await act(trx, person);
  });
}

async function replacing(trx: Trx, personId: number, relations: readonly Relation[]): Promise<void> {
  const keeps = await keepsAdministrator(trx, () => replaceRelations(trx, personId, relations));
  if (!keeps) throw new ProblemError('last_administrator');
}

function agreedCircle({ decode }: Reading['ids'], { circle, until }: { circle: string; until: string }, on: string) {
  const circleId = decode('circle', circle);
  if (circleId === null) throw wrong('agreed', 'agreed');
  if (!isWithin(until, on, mostGuestDays)) throw wrong('agreed', 'day');
  return { circleId, until };
}

const isWithin = (day: string, after: string, days: number) =>
  day >= dayAfter(after) && Date.parse(day) <= Date.parse(after) + days * 86_400_000;

const hostless = ({ circles }: LeavingPlan) =>
  circles.filter(({ hosts, others }) => hosts && others === 0).map(({ circle }) => circle);

function refuseHostless(ids: Reading['ids'], plan: LeavingPlan): void {
  const circles = hostless(plan);
  if (circles.length === 0) return;
  throw new ProblemError('host_needed', {
    errors: circles.map(({ id, name }) => ({ path: ids.encode('circle', id), message: name })),
  });
}

const inShort = (relations: readonly Relation[]) =>
  relations.map(({ kind, since, until }) => `${kind} ${since}/${until ?? ''}`).join(', ');

function presentRelations({ colleague, role }: PersonRow, relations: readonly Relation[]): z.infer<typeof Relations> {
  return { relations: [...relations], colleague, role, roleCounts: colleague };
}

function wrong(path: string, part: keyof typeof parts): ProblemError {
  return new ProblemError('invalid_request', { wrong: [{ path, part }] });
}
