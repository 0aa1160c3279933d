import type { z } from '@hono/zod-openapi';
import { sql } from 'kysely';
import { hasRight, type Right, rightsOf, roles } from '#domain/person.ts';
import { createPerson, endSessionsOf, tellOfPerson } from '#storage/accounts.ts';
import { audit } from '#storage/audit-log.ts';
import type { Database } from '#storage/database.ts';
import { personDetails } from '#storage/people.ts';
import {
  changeOwn,
  changePerson,
  findNames,
  listPeople,
  nameOf,
  type PersonRow,
  readPersonRow,
} from '#storage/people-list.ts';
import { endLinksOf, type LinkPurpose, makeLink } from '#storage/person-links.ts';
import { replaceRelations, todayHere } from '#storage/relations.ts';
import { retried } from '#storage/retried.ts';
import { settlePerson } from '#storage/settle-person.ts';
import { circlesWhere } from '#storage/standings.ts';
import { readsAsAnother } from '#storage/taken-names.ts';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import type { Ids } from './ids.ts';
import { presentPersonRef } from './present.ts';
import { ProblemError } from './problem.ts';
import type {
  AddedPerson,
  AddPerson,
  ChangeMe,
  ChangePerson,
  Me,
  Names,
  PeopleList,
  PeopleQuery,
  Person,
  PersonLink,
} from './schema-people.ts';

type Reading = Pick<Deps, 'db' | 'ids'>;
type Trx = Parameters<typeof makeLink>[0];

/** An active person as they see themselves; null for nobody. */
export async function presentMe(db: Database, ids: Ids, personId: number): Promise<z.infer<typeof Me> | null> {
  const person = await personDetails(db, personId);
  if (!person) return null;
  const { name, email, role, colleague, language, theme } = person;
  const rights = rightsOf({ role, colleague });
  return { id: ids.encode('person', personId), name, email, role, colleague, rights, language, theme };
}

/** Whoever asks. */
export async function accessMe({ db, ids }: Reading, { personId }: Viewer): Promise<z.infer<typeof Me>> {
  const me = await presentMe(db, ids, personId);
  // Deactivated between the guard and here.
  if (!me) throw new ProblemError('signed_out');
  return me;
}

/** Changes what somebody settles about themselves: never their role or address. */
export async function changeMe(
  deps: Reading,
  viewer: Viewer,
  { name, language, theme }: z.infer<typeof ChangeMe>,
): Promise<z.infer<typeof Me>> {
  await deps.db.transaction().execute(async (trx) => {
    if (name !== undefined && (await readsAsAnother(trx, viewer.personId, name))) throw new ProblemError('name_taken');
    await auditName(trx, viewer, viewer.personId, name);
    await changeOwn(trx, viewer.personId, { name, language, theme });
    await tellOfPerson(trx, viewer.personId);
  });
  return await accessMe(deps, viewer);
}

/** A page of people, those who left too, for who lets people in. A cursor counts only for the search it was made for. */
export async function accessPeople(
  { db, ids, seal }: Reading & Pick<Deps, 'seal'>,
  viewer: Viewer,
  { cursor, limit, who, ...filter }: z.infer<typeof PeopleQuery>,
): Promise<z.infer<typeof PeopleList>> {
  const purpose = `people ${JSON.stringify([who, filter])}`;
  const after = cursor === undefined ? null : seal.open(viewer.key, purpose, cursor);
  if (cursor !== undefined && after?.length !== 1)
    throw new ProblemError('invalid_request', { wrong: [{ path: 'cursor', part: 'cursor' }] });
  const colleague = who === undefined ? undefined : who === 'colleague';
  const place = { after: after && Number(after[0]), limit: limit + 1 };
  const { people, ...rest } = await listPeople(db, { ...filter, colleague }, place);
  const shown = people.slice(0, limit);
  const last = people.length > limit ? shown.at(-1) : undefined;
  return {
    people: shown.map((row) => presentPerson(ids, row)),
    cursor: last ? seal.close(viewer.key, purpose, [BigInt(last.id)]) : null,
    ...rest,
  };
}

/**
 * Who can be named, by the beginning of any word of their name: who works here, or who would see what is said in a circle whose people
 * the viewer may know. With a right only those who have it.
 */
export async function accessNames(
  { db, ids }: Reading,
  viewer: Viewer,
  { q, right, circle }: { q: string; right?: Right | undefined; circle?: string | undefined },
): Promise<z.infer<typeof Names>> {
  const circleId = circle === undefined ? undefined : ids.decode('circle', circle);
  if (circleId === null || (circleId !== undefined && !(await knowsPeople(db, viewer, circleId))))
    throw new ProblemError('not_found');
  const among = right && roles.filter((role) => hasRight(role, right));
  const people = await findNames(db, { query: q, roles: among, circleId });
  return { people: people.map(({ role, ...person }) => ({ ...presentPersonRef(ids, person), role })) };
}

async function knowsPeople(db: Database, { personId }: Viewer, circleId: number): Promise<boolean> {
  const { rows } = await sql<{ knows: boolean }>`
    select ${circleId} = any(${circlesWhere('people', personId)}) as knows`.execute(db);
  return rows[0]!.knows;
}

/** Adds somebody, who comes in by the link; `origin` is where the link leads. */
export async function accessNewPerson(
  { db, ids }: Reading,
  viewer: Viewer,
  origin: string,
  { since, until, relation, department, ...person }: z.infer<typeof AddPerson>,
): Promise<z.infer<typeof AddedPerson>> {
  return await db.transaction().execute(async (trx) => {
    const from = since ?? (await todayHere(trx));
    if (until !== null && until < from)
      throw new ProblemError('invalid_request', { wrong: [{ path: 'until', part: 'day' }] });
    const personId = await createPerson(trx, { ...person, passwordHash: null });
    if (personId === null) throw new ProblemError('email_exists');
    await replaceRelations(trx, personId, [{ kind: relation, since: from, until }]);
    if (department !== null) await changePerson(trx, personId, { department });
    const detail = { role: person.role, relation, since: from, until };
    await audit(trx, { personId: viewer.personId, action: 'person.added', subjectId: personId, detail });
    const link = await linkFor(trx, { personId, purpose: 'invite', madeBy: viewer.personId, origin });
    return { person: presentPerson(ids, (await readPersonRow(trx, personId))!), link };
  });
}

/**
 * Renames, gives another role or department, deactivates or activates. Who is deactivated is out at the commit: sessions and links end
 * in it, and what they held at the desk is free again, as when their role loses the desk.
 */
export async function accessPersonChange(
  { db, ids }: Reading,
  viewer: Viewer,
  publicId: string,
  change: z.infer<typeof ChangePerson>,
): Promise<z.infer<typeof Person>> {
  const personId = ids.decode('person', publicId);
  if (personId === null) throw new ProblemError('not_found');
  return await retried(db, async (trx) => {
    const before = await readPersonRow(trx, personId);
    await auditName(trx, viewer, personId, change.name);
    const outcome = await changePerson(trx, personId, change);
    if (outcome !== 'changed') throw new ProblemError(outcome);
    if (change.active === false) {
      await endSessionsOf(trx, personId);
      await endLinksOf(trx, personId);
    }
    await settlePerson(trx, personId, { by: viewer.personId });
    const after = (await readPersonRow(trx, personId))!;
    await auditChange(trx, viewer, before!, after);
    return presentPerson(ids, after);
  });
}

/** That somebody goes by another name, with the one they had; before it is changed. */
async function auditName(trx: Trx, viewer: Viewer, subjectId: number, to: string | undefined): Promise<void> {
  const from = to === undefined ? null : await nameOf(trx, subjectId);
  if (to === undefined || from === null || from === to) return;
  await audit(trx, { personId: viewer.personId, action: 'person.renamed', subjectId, detail: { from, to } });
}

async function auditChange(trx: Trx, { personId }: Viewer, before: PersonRow, after: PersonRow): Promise<void> {
  const of = { personId, subjectId: after.id };
  if (before.role !== after.role)
    await audit(trx, { ...of, action: 'person.role', detail: { from: before.role, to: after.role } });
  const wasOut = before.state === 'deactivated';
  if (wasOut !== (after.state === 'deactivated'))
    await audit(trx, { ...of, action: wasOut ? 'person.activated' : 'person.deactivated' });
}

/** A new link: to come in for who never did, to choose another password for who did. Nobody who is deactivated has one. */
export async function accessPersonLink(
  { db, ids }: Reading,
  viewer: Viewer,
  origin: string,
  publicId: string,
): Promise<z.infer<typeof PersonLink>> {
  const personId = ids.decode('person', publicId);
  if (personId === null) throw new ProblemError('not_found');
  return await db.transaction().execute(async (trx) => {
    const person = await readPersonRow(trx, personId);
    if (!person || person.state === 'deactivated') throw new ProblemError('not_found');
    const purpose = person.state === 'invited' ? 'invite' : 'reset';
    const detail = { purpose };
    await audit(trx, { personId: viewer.personId, action: 'person.link', subjectId: personId, detail });
    return await linkFor(trx, { personId, purpose, madeBy: viewer.personId, origin });
  });
}

async function linkFor(
  trx: Trx,
  { origin, ...of }: { personId: number; purpose: LinkPurpose; madeBy: number; origin: string },
): Promise<z.infer<typeof PersonLink>> {
  const { token, expiresAt } = await makeLink(trx, of);
  return { url: `${origin}/links/${token}`, expiresAt: expiresAt.toISOString() };
}

function presentPerson(ids: Ids, { marks, joinedAt, ...rest }: PersonRow): z.infer<typeof Person> {
  const { id, badges } = presentPersonRef(ids, { ...rest, marks });
  return { ...rest, id, badges, joinedAt: joinedAt.toISOString() };
}
