import { createHmac } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

/** The installation's own secret (32 bytes), made by the first migration; it never changes and never leaves the server. */
export async function installationSecret(db: Database): Promise<Buffer> {
  const row = await db.selectFrom('installation').select('secret').executeTakeFirstOrThrow();
  return row.secret;
}

/** A short name that tells installations on one server apart (16 hex digits); it says nothing of the secret. */
export function installationName(secret: Buffer): string {
  return createHmac('sha256', secret).update('installation').digest('hex').slice(0, 16);
}

/** What the installation calls itself, or null. */
export async function organisationName(db: Kysely<Tables>): Promise<string | null> {
  const { rows } = await sql<{ organisation: string | null }>`select organisation from installation`.execute(db);
  return rows[0]?.organisation ?? null;
}

/** Says in which zone days are counted (IANA name): with their last day relations and invitations end. */
export async function keepTimeZone(db: Database, timeZone: string): Promise<void> {
  await sql`update installation set time_zone = ${timeZone} where time_zone <> ${timeZone}`.execute(db);
}

/** Gives the installation its name. */
export async function nameInstallation(trx: Kysely<Tables>, organisation: string): Promise<void> {
  await sql`update installation set organisation = ${organisation}`.execute(trx);
}
