import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Viewer } from '#api/access.ts';
import type { Auth } from '#api/auth.ts';
import { viewerFrom } from '#api/auth-viewers.ts';
import type { Role } from '#domain/person.ts';
import type { RelationKind } from '#domain/relation.ts';
import { createPerson } from '#storage/accounts.ts';
import { activePerson } from '#storage/people.ts';
import type { Tables } from '#storage/schema.ts';

export type SeededPerson = { id: number; name: string; role: Role; viewer: Viewer };

let counter = 0;

/** A colleague without a way to sign in: for tests of what somebody may see, not of how they came in. */
export async function seedPerson(
  db: Kysely<Tables>,
  { name = `Collega ${++counter}`, role = 'employee' as Role, relation = 'employee' as RelationKind } = {},
): Promise<SeededPerson> {
  const email = `${randomUUID()}@lindewaard.example`;
  const id = await createPerson(db, { name, email, role, relation, passwordHash: null });
  const viewer = await viewerById(db, id!);
  return { id: id!, name, role, viewer: viewer! };
}

/** The viewer a request of this person would have; null once deactivated. */
export async function viewerById(db: Kysely<Tables>, personId: number): Promise<Viewer | null> {
  const person = await activePerson(db, personId);
  if (!person) return null;
  return viewerFrom(person);
}

/** The header a session comes in: the only one a live stream keeps. */
export const personHeader = 'cookie';

/** Stands in for sign-in where it is not what is tested: the header names the person, everything after is real. */
export function authByHeader(db: Kysely<Tables>): Auth {
  const notHere = async () => {
    throw new Error('Sign-in is tested with the real thing');
  };
  return {
    viewerOf: async (headers) => {
      const id = headers.get(personHeader);
      return id === null ? null : await viewerById(db, Number(id));
    },
    session: notHere,
    signIn: notHere,
    signOut: notHere,
    makeFirstPerson: notHere,
    link: notHere,
    useLink: notHere,
    byLink: notHere,
    comeIn: notHere,
    changePassword: notHere,
    signOutEverywhere: notHere,
    tellSetupCode: notHere,
    close: async () => undefined,
  };
}
