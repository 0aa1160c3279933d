import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Role } from '#domain/person.ts';
import type { RelationKind } from '#domain/relation.ts';
import type { Database } from './database.ts';
import { colleagueCircles, type PersonFacts, personColumns } from './people.ts';
import type { Tables } from './schema.ts';

/** Accounts and sessions as better-auth keeps them (schema auth), beside our own people. */

/** Somebody's session, or somebody, changed: whoever remembers viewers forgets them. Payload: the person's number. */
export const peopleChannel = 'buitenwacht_people';

/**
 * Makes a person with their account and what they are to the organisation from today, in the caller's transaction; without
 * `passwordHash` they come in by a link. Answers null when the address has an account already.
 */
export async function createPerson(
  trx: Kysely<Tables>,
  { name, email, role, relation = 'employee', passwordHash }: NewPerson,
): Promise<number | null> {
  const userId = randomUUID();
  const made = await sql`
    insert into auth."user" ("id", "name", "email", "emailVerified") values (${userId}, ${name}, ${email.toLowerCase()}, true)
    on conflict ("email") do nothing returning "id"`.execute(trx);
  if (made.rows.length === 0) return null;
  const { rows } = await sql<{ id: number }>`
    insert into people (user_id, name, role) values (${userId}, ${name}, ${role}) returning id`.execute(trx);
  const personId = rows[0]!.id;
  await sql`insert into relations (person_id, kind) values (${personId}, ${relation})`.execute(trx);
  if (passwordHash !== null) await setPassword(trx, personId, passwordHash);
  // What was there before they came is no news to them.
  await sql`insert into circle_readings (person_id, circle_id, read_up_to)
    select ${personId}, id, now() from circles where id = any(${colleagueCircles}::int[])`.execute(trx);
  return personId;
}

export type NewPerson = {
  name: string;
  email: string;
  role: Role;
  relation?: RelationKind;
  passwordHash: string | null;
};

/** Gives a person another password (a hash of better-auth's), in the caller's transaction. */
export async function setPassword(trx: Kysely<Tables>, personId: number, hash: string): Promise<void> {
  // Who signs in with the earlier one at this moment waits (keepSession).
  await sql`select from people where id = ${personId} for update`.execute(trx);
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

export type Credentials = { personId: number; passwordHash: string | null };

/** The active person with this e-mail address (in lower case), or null. */
export async function credentialsOf(db: Database, email: string): Promise<Credentials | null> {
  const { rows } = await sql<Credentials>`
    select p.id as "personId", a."password" as "passwordHash" from auth."user" u join people p on p.user_id = u."id"
    left join auth."account" a on a."userId" = u."id" and a."providerId" = 'credential'
    where u."email" = ${email} and p.deactivated_at is null`.execute(db);
  return rows[0] ?? null;
}

/**
 * Whether a session that was just made may stand: its person is active and the password still the one it was made with. Whoever
 * changes either holds the person's row, so one of the two sees the other. Of more than `most` sessions the oldest go.
 */
export async function keepSession(
  db: Database,
  token: string,
  { personId, passwordHash, most }: Credentials & { most: number },
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await sql`select from people where id = ${personId} for share`.execute(trx);
    const { rows } = await sql<{ userId: string }>`
      select p.user_id as "userId" from people p join auth."account" a on a."userId" = p.user_id
      where p.id = ${personId} and p.deactivated_at is null and a."providerId" = 'credential' and a."password" = ${passwordHash}`.execute(
      trx,
    );
    if (!rows[0]) {
      await sql`delete from auth."session" where "token" = ${token}`.execute(trx);
      return false;
    }
    await sql`delete from auth."session" where "userId" = ${rows[0].userId} and "id" in (
      select "id" from auth."session" where "userId" = ${rows[0].userId} order by "updatedAt" desc offset ${most})`.execute(
      trx,
    );
    return true;
  });
}

/**
 * The active person whose session this token is, or null. `isDue`: neither session nor person was noted as seen today, in the
 * given zone (prolongSession does).
 */
export async function personOfSession(
  db: Database,
  token: string,
  timeZone: string,
): Promise<{ person: PersonFacts; isDue: boolean } | null> {
  const { rows } = await sql<PersonFacts & { isDue: boolean }>`
    select ${personColumns},
      s."updatedAt" < now() - interval '1 day' or p.last_seen_on is distinct from (now() at time zone ${timeZone})::date as "isDue"
    from auth."session" s join people p on p.user_id = s."userId"
    where s."token" = ${token} and s."expiresAt" > now() and p.deactivated_at is null`.execute(db);
  if (!rows[0]) return null;
  const { isDue, ...person } = rows[0];
  return { person, isDue };
}

/** Lets a session that still is one go on for so long from now, and notes that its person was here today. */
export async function prolongSession(
  db: Database,
  token: string,
  { seconds, timeZone }: { seconds: number; timeZone: string },
): Promise<void> {
  await sql`with prolonged as (
      update auth."session" set "expiresAt" = now() + ${seconds} * interval '1 second', "updatedAt" = now()
      where "token" = ${token} and "expiresAt" > now() returning "userId")
    update people set last_seen_on = (now() at time zone ${timeZone})::date where user_id in (select "userId" from prolonged)`.execute(
    db,
  );
}

/** Ends one session and tells whoever remembers it. */
export async function endSession(db: Database, token: string): Promise<void> {
  await sql`with ended as (delete from auth."session" where "token" = ${token} returning "userId")
    select pg_notify(${peopleChannel}, p.id::text) from people p join ended e on e."userId" = p.user_id`.execute(db);
}

/** Lets go of sessions that are over; answers how many. */
export async function forgetOldSessions(db: Database): Promise<number> {
  const answer = await sql`delete from auth."session" where "expiresAt" < now()`.execute(db);
  return Number(answer.numAffectedRows ?? 0);
}

/** Ends the sessions of a person and tells whoever remembers them. */
export async function endSessionsOf(trx: Kysely<Tables>, personId: number): Promise<void> {
  await sql`delete from auth."session" s using people p where p.id = ${personId} and s."userId" = p.user_id`.execute(
    trx,
  );
  await tellOfPerson(trx, personId);
}

/** Tells, at the commit, that what is known of a person no longer holds. */
export async function tellOfPerson(trx: Kysely<Tables>, personId: number): Promise<void> {
  await sql`select pg_notify(${peopleChannel}, ${String(personId)})`.execute(trx);
}

/** The same of several people. */
export async function tellOfPeople(trx: Kysely<Tables>, people: readonly number[]): Promise<void> {
  await sql`select pg_notify(${peopleChannel}, u.id::text) from unnest(${people}::bigint[]) u (id)`.execute(trx);
}

/** Tells, at the commit, that what is known of anybody may no longer hold: there is a circle more that all colleagues see. */
export async function tellOfEverybody(trx: Kysely<Tables>): Promise<void> {
  await sql`select pg_notify(${peopleChannel}, '')`.execute(trx);
}
