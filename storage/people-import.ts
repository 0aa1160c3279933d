import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Role } from '#domain/person.ts';
import { colleagueCircles } from './people.ts';
import type { Relation } from './relations.ts';
import type { Tables } from './schema.ts';

/** Somebody to add, without a way in yet; `email` in lower case. */
export type ImportedPerson = {
  name: string;
  email: string;
  role: Role;
  relation: Relation;
  department: string | null;
};

/** Of these addresses (in lower case), those that somebody has. */
export async function knownAddresses(db: Kysely<Tables>, addresses: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ email: string }>`
    select "email" as email from auth."user" where "email" = any(${addresses}::text[])`.execute(db);
  return new Set(rows.map(({ email }) => email));
}

/**
 * Adds people, all of them or none, in the caller's transaction; their numbers in the same order. null: one of the addresses is somebody's
 * since it was looked up.
 */
export async function addPeople(
  trx: Kysely<Tables>,
  people: readonly ImportedPerson[],
  by: number,
): Promise<number[] | null> {
  const users = people.map(() => randomUUID());
  const of = <T>(part: (one: ImportedPerson) => T) => people.map(part);
  const made = await sql`
    insert into auth."user" ("id", "name", "email", "emailVerified")
    select u.id, u.name, u.email, true from unnest(${users}::text[], ${of(({ name }) => name)}::text[],
      ${of(({ email }) => email)}::text[]) u (id, name, email)
    on conflict ("email") do nothing`.execute(trx);
  if (Number(made.numAffectedRows) !== people.length) return null;
  const { rows } = await sql<{ id: number; userId: string }>`
    insert into people (user_id, name, role, department)
    select * from unnest(${users}::text[], ${of(({ name }) => name)}::text[], ${of(({ role }) => role)}::text[],
      ${of(({ department }) => department)}::text[])
    returning id, user_id as "userId"`.execute(trx);
  const byUser = new Map(rows.map(({ id, userId }) => [userId, id]));
  const ids = users.map((user) => byUser.get(user)!);
  await sql`
    insert into relations (person_id, kind, since, until)
    select * from unnest(${ids}::bigint[], ${of(({ relation }) => relation.kind)}::text[],
      ${of(({ relation }) => relation.since)}::date[], ${of(({ relation }) => relation.until)}::date[])`.execute(trx);
  // What was there before they came is no news to them.
  await sql`insert into circle_readings (person_id, circle_id, read_up_to)
    select p.id, c.id, now() from unnest(${ids}::bigint[]) p (id)
    cross join unnest(${colleagueCircles}::int[]) c (id)`.execute(trx);
  await sql`insert into audit_log (person_id, action, subject_id, detail)
    select ${by}, 'person.added', u.id, jsonb_build_object('role', u.role, 'relation', u.relation, 'file', true)
    from unnest(${ids}::bigint[], ${of(({ role }) => role)}::text[], ${of(({ relation }) => relation.kind)}::text[])
      u (id, role, relation)`.execute(trx);
  return ids;
}
