import { createHash, randomBytes } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import { activePerson, type PersonFacts } from './people.ts';
import type { Tables } from './schema.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/**
 * A private address for a search that a person sees: 256 random bits, of which only a hash is kept. An earlier one of this person
 * stops working. null when they see no such search.
 */
export async function makeFeed(
  db: Database,
  { searchId, personId }: { searchId: number; personId: number },
): Promise<string | null> {
  const token = randomBytes(32).toString('base64url');
  const made = await sql`
    insert into search_feeds (token_hash, search_id, person_id)
    select ${hashOf(token)}, id, ${personId} from saved_searches
    where id = ${searchId} and (owner_id = ${personId} or shared)
    on conflict (search_id, person_id)
      do update set token_hash = excluded.token_hash, made_at = now(), read_on = null`.execute(db);
  return Number(made.numAffectedRows ?? 0) === 1 ? token : null;
}

/** The address of a person stops working; once more does nothing. */
export async function revokeFeed(
  db: Database,
  { searchId, personId }: { searchId: number; personId: number },
): Promise<void> {
  await sql`delete from search_feeds where search_id = ${searchId} and person_id = ${personId}`.execute(db);
}

/** Every address of a person stops working for good: who comes back makes new ones. */
export async function endFeedsOf(trx: Kysely<Tables>, personId: number): Promise<void> {
  await sql`delete from search_feeds where person_id = ${personId}`.execute(trx);
}

/** A search for whoever has its address: it sees what this person may see now. */
export type FeedFacts = {
  person: PersonFacts;
  search: { id: number; name: string; query: string };
  madeAt: Date;
};

/**
 * What a token opens; null when it was revoked or never was, the person left, or no longer sees the search. Notes the day (of the time
 * zone) on which it was last read.
 */
export async function readFeed(db: Database, token: string, timeZone: string): Promise<FeedFacts | null> {
  const hash = hashOf(token);
  const { rows } = await sql<{
    personId: number;
    id: number;
    name: string;
    query: string;
    madeAt: Date;
    isNewDay: boolean;
  }>`
    select f.person_id as "personId", s.id, s.name, s.query, f.made_at as "madeAt",
      f.read_on is distinct from (now() at time zone ${timeZone})::date as "isNewDay"
    from search_feeds f join saved_searches s on s.id = f.search_id and (s.owner_id = f.person_id or s.shared)
    where f.token_hash = ${hash}`.execute(db);
  const found = rows[0];
  const person = found ? await activePerson(db, found.personId) : null;
  if (!found || !person) return null;
  if (found.isNewDay)
    await sql`update search_feeds set read_on = (now() at time zone ${timeZone})::date where token_hash = ${hash}`.execute(
      db,
    );
  const { id, name, query, madeAt } = found;
  return { person, search: { id, name, query }, madeAt };
}
