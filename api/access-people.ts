import type { z } from '@hono/zod-openapi';
import { hasRight, type Right, rightsOf, roles } from '#domain/person.ts';
import { createPerson, endSessionsOf, tellOfPerson } from '#storage/accounts.ts';
import { releaseAll } from '#storage/case-acts.ts';
import type { Database } from '#storage/database.ts';
import { personDetails } from '#storage/people.ts';
import { changeOwn, changePerson, findNames, listPeople, type PersonRow, readPersonRow } from '#storage/people-list.ts';
import { endLinksOf, type LinkPurpose, makeLink } from '#storage/person-links.ts';
import { retried } from '#storage/retried.ts';
import { endFeedsOf } from '#storage/search-feeds.ts';
import type { Viewer } from './access.ts';
import type { Deps } from './env.ts';
import type { Ids } from './ids.ts';
import { ProblemError } from './problem.ts';
import type {
  AddedPerson,
  AddPerson,
  ChangeMe,
  ChangePerson,
  Me,
  Names,
  PeopleList,
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
    await changeOwn(trx, viewer.personId, { name, language, theme });
    await tellOfPerson(trx, viewer.personId);
  });
  return await accessMe(deps, viewer);
}

/** Every colleague, those who left too, for who lets people in. */
export async function accessPeople({ db, ids }: Reading): Promise<z.infer<typeof PeopleList>> {
  return { people: (await listPeople(db)).map((row) => presentPerson(ids, row)) };
}

/** Active colleagues by the beginning of any word of their name; those with a right where one is asked for. */
export async function accessNames(
  { db, ids }: Reading,
  { q, right }: { q: string; right?: Right | undefined },
): Promise<z.infer<typeof Names>> {
  const among = roles.filter((role) => right === undefined || hasRight(role, right));
  const people = await findNames(db, { query: q, roles: among });
  return { people: people.map(({ id, name, role }) => ({ id: ids.encode('person', id), name, role })) };
}

/** Adds a colleague, who comes in by the link; `origin` is where the link leads. */
export async function accessNewPerson(
  { db, ids }: Reading,
  viewer: Viewer,
  origin: string,
  { name, email, role }: z.infer<typeof AddPerson>,
): Promise<z.infer<typeof AddedPerson>> {
  return await db.transaction().execute(async (trx) => {
    const personId = await createPerson(trx, { name, email, role, passwordHash: null });
    if (personId === null) throw new ProblemError('email_exists');
    const link = await linkFor(trx, { personId, purpose: 'invite', madeBy: viewer.personId, origin });
    return { person: presentPerson(ids, (await readPersonRow(trx, personId))!), link };
  });
}

/**
 * Renames, gives another role, deactivates or activates. Who is deactivated is out at the commit: sessions and links end in it,
 * and what they held at the desk is free again, as when their role loses the desk.
 */
export async function accessPersonChange(
  { db, ids }: Reading,
  viewer: Viewer,
  publicId: string,
  { name, role, active }: z.infer<typeof ChangePerson>,
): Promise<z.infer<typeof Person>> {
  const personId = ids.decode('person', publicId);
  if (personId === null) throw new ProblemError('not_found');
  return await retried(db, async (trx) => {
    const outcome = await changePerson(trx, personId, { name, role, active });
    if (outcome !== 'changed') throw new ProblemError(outcome);
    if (active === false) {
      await endSessionsOf(trx, personId);
      await endLinksOf(trx, personId);
      await endFeedsOf(trx, personId);
    }
    if (active === false || (role !== undefined && !hasRight(role, 'desk')))
      await releaseAll(trx, personId, viewer.personId);
    await tellOfPerson(trx, personId);
    return presentPerson(ids, (await readPersonRow(trx, personId))!);
  });
}

/** A new link: to come in for who never did, to choose another password for who did. Nobody who left has one. */
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

function presentPerson(ids: Ids, { id, joinedAt, ...rest }: PersonRow): z.infer<typeof Person> {
  return { id: ids.encode('person', id), ...rest, joinedAt: joinedAt.toISOString() };
}
