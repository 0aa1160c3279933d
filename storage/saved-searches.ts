import { type Kysely, type RawBuilder, sql } from 'kysely';
import { personNamed } from './badges.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';

/** A search as one person sees it: their own, or one that a colleague shares. `feed` is their own address of it. */
export type SavedSearchFacts = {
  id: number;
  owner: { id: number; name: string };
  name: string;
  query: string;
  sort: 'newest' | 'best';
  shared: boolean;
  feedMadeAt: Date | null;
  feedReadOn: string | null;
  createdAt: Date;
  version: number;
};
export type SearchWords = Pick<SavedSearchFacts, 'name' | 'query' | 'sort' | 'shared'>;

/** One person keeps no more than this. */
export const mostSearches = 200;
/** So many of one's own and of colleagues are listed. */
const mostListed = 500;

/** The searches that a person sees: their own first, by name. */
export async function readSearches(db: Kysely<Tables>, personId: number): Promise<SavedSearchFacts[]> {
  const { rows } = await seenBy(personId, sql`true`).execute(db);
  return rows;
}

/** One search that a person sees, or null. */
export async function readSearch(db: Kysely<Tables>, personId: number, id: number): Promise<SavedSearchFacts | null> {
  const { rows } = await seenBy(personId, sql`s.id = ${id}`).execute(db);
  return rows[0] ?? null;
}

function seenBy(personId: number, condition: RawBuilder<unknown>): RawBuilder<SavedSearchFacts> {
  return sql`
    select s.id, ${personNamed('p')} as owner, s.name, s.query, s.sort, s.shared,
      f.made_at as "feedMadeAt", f.read_on::text as "feedReadOn", s.created_at as "createdAt", s.version
    from saved_searches s join people p on p.id = s.owner_id
    left join search_feeds f on f.search_id = s.id and f.person_id = ${personId}
    where (s.owner_id = ${personId} or s.shared) and ${condition}
    order by s.owner_id <> ${personId}, lower(s.name), s.id limit ${sql.lit(mostListed)}`;
}

/** Every search that anybody keeps; only for what follows a change of a name, never to be shown. */
export async function allSearches(
  trx: Kysely<Tables>,
): Promise<{ id: number; ownerId: number; name: string; query: string; shared: boolean }[]> {
  const { rows } = await sql<{ id: number; ownerId: number; name: string; query: string; shared: boolean }>`
    select id, owner_id as "ownerId", name, query, shared from saved_searches order by id`.execute(trx);
  return rows;
}

/** Gives searches other words for what they ask. */
export async function storeSearchQueries(
  trx: Kysely<Tables>,
  searches: readonly { id: number; query: string }[],
): Promise<void> {
  if (searches.length === 0) return;
  await sql`
    update saved_searches s set query = u.query, version = s.version + 1
    from unnest(${searches.map(({ id }) => id)}::bigint[], ${searches.map(({ query }) => query)}::text[]) u (id, query)
    where s.id = u.id`.execute(trx);
}

/** Keeps a search. `repeated`: a request with this key was accepted before; `full`: this person keeps too many; `exists`: one of this name. */
export async function makeSearch(
  db: Database,
  { personId, key, digest, name, query, sort, shared }: SearchWords & { personId: number; key: string; digest: Buffer },
): Promise<{ kind: 'made'; id: number } | { kind: 'repeated' } | { kind: 'full' } | { kind: 'exists' }> {
  const made = await unlessExists(() =>
    db.transaction().execute(async (trx) => {
      // Of two requests at once the second sees what the first made.
      await sql`select from people where id = ${personId} for no key update`.execute(trx);
      const accepted =
        await sql`select from accepted_requests where person_id = ${personId} and key = ${key}::uuid`.execute(trx);
      if (accepted.rows.length > 0) return { kind: 'repeated' as const };
      const made = await sql<{ id: number }>`
      insert into saved_searches (owner_id, name, query, sort, shared)
      select ${personId}, ${name}, ${query}, ${sort}, ${shared}
      where (select count(*) from saved_searches where owner_id = ${personId}) < ${mostSearches}
      returning id`.execute(trx);
      const id = made.rows[0]?.id;
      if (id === undefined) return { kind: 'full' as const };
      await sql`insert into accepted_requests (person_id, key, digest, kind, ref)
      values (${personId}, ${key}::uuid, ${digest}, 'search', ${id})`.execute(trx);
      return { kind: 'made' as const, id };
    }),
  );
  return made === 'exists' ? { kind: 'exists' } : made;
}

/** Changes a search of a person's own as they saw it. `late`: it was changed since; `exists`: another of theirs has this name. */
export async function changeSearch(
  db: Database,
  { id, personId, version }: { id: number; personId: number; version: number },
  { name, query, sort, shared }: { [Part in keyof SearchWords]?: SearchWords[Part] | undefined },
): Promise<'changed' | 'late' | 'exists'> {
  return await unlessExists(async () => {
    const answer = await sql`
    update saved_searches set name = coalesce(${name ?? null}, name), query = coalesce(${query ?? null}, query),
      sort = coalesce(${sort ?? null}, sort), shared = coalesce(${shared ?? null}::boolean, shared), version = version + 1
    where id = ${id} and owner_id = ${personId} and version = ${version}`.execute(db);
    return Number(answer.numAffectedRows ?? 0) === 1 ? 'changed' : 'late';
  });
}

/** Two of one name are refused by the index alone. */
async function unlessExists<T>(work: () => Promise<T>): Promise<T | 'exists'> {
  try {
    return await work();
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'saved_searches_name') return 'exists';
    throw error;
  }
}

/** Removes a search of a person's own with every feed of it. */
export async function removeSearch(db: Database, { id, personId }: { id: number; personId: number }): Promise<void> {
  await sql`delete from saved_searches where id = ${id} and owner_id = ${personId}`.execute(db);
}
