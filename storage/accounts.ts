import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Role } from '#domain/person.ts';
import type { Database } from './database.ts';
import type { PersonFacts } from './people.ts';
import { everyoneCircle, outsideCircle, type Tables } from './schema.ts';

/** Accounts and sessions as better-auth keeps them (schema auth), beside our own people. */

/** Somebody's session, or somebody, changed: whoever remembers viewers forgets them. Payload: the person's number. */
export const peopleChannel = 'buitenwacht_people';

/**
 * Makes a colleague with their account, in the caller's transaction; without `passwordHash` they come in by a link. Answers
 * null when the address has an account already.
 */
export async function createPerson(
  trx: Kysely<Tables>,
  { name, email, role, passwordHash }: { name: string; email: string; role: Role; passwordHash: string | null },
): Promise<number | null> {
  const userId = randomUUID();
  const made = await sql`
    insert into auth."user" ("id", "name", "email", "emailVerified") values (${userId}, ${name}, ${email.toLowerCase()}, true)
    on conflict ("email") do nothing returning "id"`.execute(trx);
  if (made.rows.length === 0) return null;
  const { rows } = await sql<{ id: number }>`
    insert into people (user_id, name, role) values (${userId}, ${name}, ${role}) returning id`.execute(trx);
  const personId = rows[0]!.id;
  if (passwordHash !== null) await setPassword(trx, personId, passwordHash);
  // What was there before they came is no news to them.
  await sql`insert into circle_readings (person_id, circle_id, read_up_to)
    select ${personId}, id, now() from circles where id in (${outsideCircle}, ${everyoneCircle})`.execute(trx);
  return personId;
}

/** Gives a person another password (a hash of better-auth's), in the caller's transaction. */
export async function setPassword(trx: Kysely<Tables>, personId: number, hash: string): Promise<void> {
  const changed = await sql`
    update auth."account" a set "password" = ${hash}, "updatedAt" = now()
    from people p where p.id = ${personId} and a."userId" = p.user_id and a."providerId" = 'credential'`.execute(trx);
  if (changed.numAffectedRows) return;
  await sql`
    insert into auth."account" ("id", "accountId", "providerId", "userId", "password", "updatedAt")
    select ${randomUUID()}, p.user_id, 'credential', p.user_id, ${hash}, now() from people p where p.id = ${personId}`.execute(
    trx,
  );
}

/** The active person whose session this token is, or null. */
export async function personOfSession(db: Database, token: string): Promise<PersonFacts | null> {
  const { rows } = await sql<Omit<PersonFacts, 'circles'>>`
    select p.id, p.name, p.role, p.language, p.theme from auth."session" s join people p on p.user_id = s."userId"
    where s."token" = ${token} and s."expiresAt" > now() and p.deactivated_at is null`.execute(db);
  return rows[0] ? { ...rows[0], circles: [outsideCircle, everyoneCircle] } : null;
}

/** Ends the sessions of a person, all or all but one, and tells whoever remembers them. */
export async function endSessionsOf(
  trx: Kysely<Tables>,
  personId: number,
  exceptToken: string | null = null,
): Promise<void> {
  await sql`delete from auth."session" s using people p where p.id = ${personId} and s."userId" = p.user_id
    and s."token" is distinct from ${exceptToken}`.execute(trx);
  await tellOfPerson(trx, personId);
}

/** Tells, at the commit, that what is known of a person no longer holds. */
export async function tellOfPerson(trx: Kysely<Tables>, personId: number): Promise<void> {
  await sql`select pg_notify(${peopleChannel}, ${String(personId)})`.execute(trx);
}
