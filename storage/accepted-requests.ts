import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

/** A write as a client asked for it; `digest` is of what was asked, `ref` the number of what it made. */
export type AcceptedRequest = { digest: Buffer; kind: string; ref: number };

/** What was accepted of this person under this key, or null. */
export async function readAccepted(db: Kysely<Tables>, personId: number, key: string): Promise<AcceptedRequest | null> {
  const { rows } = await sql<AcceptedRequest>`
    select digest, kind, ref from accepted_requests where person_id = ${personId} and key = ${key}::uuid`.execute(db);
  return rows[0] ?? null;
}

/** Keeps what was asked with the number of what it made, in the transaction that makes it; false when the key was accepted before. */
export async function keepAccepted(
  trx: Kysely<Tables>,
  { personId, key, digest, kind, ref }: AcceptedRequest & { personId: number; key: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into accepted_requests (person_id, key, digest, kind, ref)
    values (${personId}, ${key}::uuid, ${digest}, ${kind}, ${ref}) on conflict do nothing returning ref`.execute(trx);
  return rows.length > 0;
}

/** Lets go of keys older than a day; answers how many. */
export async function forgetAccepted(db: Database, keepHours = 24): Promise<number> {
  const gone = await sql`delete from accepted_requests where at < now() - ${keepHours} * interval '1 hour'`.execute(db);
  return Number(gone.numAffectedRows ?? 0);
}
