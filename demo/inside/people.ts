import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import { organisation } from '#demo/organisation.ts';
import type { Role } from '#domain/person.ts';
import { createPerson } from '#storage/accounts.ts';
import type { Database } from '#storage/database.ts';
import { nameInstallation } from '#storage/installation.ts';
import { lockFirstPerson } from '#storage/people.ts';

export type Colleague = { key: string; name: string; role: Role };

/** Everybody's, and said on the terminal: the demo answers on this machine only. */
export const demoPassword = 'lindewaard';

/** Six people at the town hall; the first of each role is who the terminal invites you to be. */
export const colleagues = [
  { key: 'sanne', name: 'Sanne de Wit', role: 'communication' },
  { key: 'ravi', name: 'Ravi Ramdin', role: 'communication' },
  { key: 'fatima', name: 'Fatima El Idrissi', role: 'manager' },
  { key: 'joris', name: 'Joris Aalbers', role: 'employee' },
  { key: 'marja', name: 'Marja Kuipers', role: 'employee' },
  { key: 'henk', name: 'Henk Postma', role: 'administrator' },
] as const satisfies Colleague[];

export type ColleagueKey = (typeof colleagues)[number]['key'];

/** Where a colleague signs in. */
export const emailOf = (key: ColleagueKey): string => `${key}@lindewaard.example`;

const departments: Record<ColleagueKey, string> = {
  sanne: 'Communicatie',
  ravi: 'Communicatie',
  fatima: 'Bestuur en strategie',
  joris: 'Verkeer en water',
  marja: 'Openbare ruimte',
  henk: 'Bedrijfsvoering en archief',
};

/**
 * Makes the organisation and its people, the first time. They were here before the thirty days began, and may sign in at once.
 */
export async function hireColleagues(db: Database, joinedAt: Date): Promise<void> {
  const passwordHash = await hashPassword(demoPassword);
  await db.transaction().execute(async (trx) => {
    if (await lockFirstPerson(trx)) return;
    await nameInstallation(trx, organisation.name);
    for (const { key, name, role } of colleagues) {
      const id = await createPerson(trx, { name, email: emailOf(key), role, passwordHash });
      await sql`update people set department = ${departments[key]} where id = ${id}`.execute(trx);
    }
    await sql`update people set joined_at = ${joinedAt}`.execute(trx);
    await sql`update relations set since = ${joinedAt.toISOString().slice(0, 10)}`.execute(trx);
  });
}
