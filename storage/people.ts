import { type Kysely, sql } from 'kysely';
import type { Role } from '#domain/person.ts';
import type { Database } from './database.ts';
import { everyoneCircle, outsideCircle, type Tables } from './schema.ts';
import { circlesWhere, worksHere } from './standings.ts';

/** What decides what a person may see and do. */
export type PersonFacts = {
  id: number;
  name: string;
  /** Counts only for a colleague. */
  role: Role;
  /** Whether they work here today. */
  colleague: boolean;
  language: 'nl' | 'en' | null;
  theme: 'light' | 'dark' | null;
  /** What they may see. */
  circles: number[];
};

/** The columns of PersonFacts of a row `p` of people. */
export const personColumns = sql`p.id, p.name, p.role, p.language, p.theme, ${worksHere(sql`p.id`)} as colleague,
  ${circlesWhere('see', sql`p.id`)} as circles`;

/** The circles there always are that every colleague sees: the outside, and the circle of all. */
export const colleagueCircles: readonly number[] = [outsideCircle, everyoneCircle];

/** An active person by number, or null. */
export async function activePerson(db: Kysely<Tables>, personId: number): Promise<PersonFacts | null> {
  const { rows } = await sql<PersonFacts>`
    select ${personColumns} from people p where p.id = ${personId} and p.deactivated_at is null`.execute(db);
  return rows[0] ?? null;
}

/** Whether anybody was ever here. */
export async function anybodyHere(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql`select from people limit 1`.execute(db);
  return rows.length > 0;
}

/** Waits for whoever is making the first person, then answers whether there is one. */
export async function lockFirstPerson(trx: Kysely<Tables>): Promise<boolean> {
  await sql`select from installation for update`.execute(trx);
  return await anybodyHere(trx);
}

export type PersonDetails = PersonFacts & { email: string; passwordHash: string | null };

/** An active person with what sign-in knows of them, or null. */
export async function personDetails(db: Database, personId: number): Promise<PersonDetails | null> {
  const { rows } = await sql<PersonDetails>`
    select ${personColumns}, u."email", a."password" as "passwordHash"
    from people p join auth."user" u on u."id" = p.user_id
    left join auth."account" a on a."userId" = u."id" and a."providerId" = 'credential'
    where p.id = ${personId} and p.deactivated_at is null`.execute(db);
  return rows[0] ?? null;
}
