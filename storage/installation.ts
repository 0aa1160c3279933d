import type { Database } from './database.ts';

/** The installation's own secret (32 bytes), made by the first migration; it never changes and never leaves the server. */
export async function installationSecret(db: Database): Promise<Buffer> {
  const row = await db.selectFrom('installation').select('secret').executeTakeFirstOrThrow();
  return row.secret;
}
