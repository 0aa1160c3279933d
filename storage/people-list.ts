import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Role } from '#domain/person.ts';
import { recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import type { Tables } from './schema.ts';
import { remakeReplyDocuments } from './search-documents.ts';

/** A colleague as an administrator sees them; `invited` has not chosen a password yet. */
export type PersonRow = {
  id: number;
  name: string;
  email: string;
  role: Role;
  state: 'invited' | 'active' | 'deactivated';
  joinedAt: Date;
  /** A day, as YYYY-MM-DD. */
  lastSeenOn: string | null;
};

/** Every colleague by name, those who left too. */
export async function listPeople(db: Kysely<Tables>): Promise<PersonRow[]> {
  return await personRows(db, sql`true`);
}

/** One colleague, or null. */
export async function readPersonRow(db: Kysely<Tables>, personId: number): Promise<PersonRow | null> {
  return (await personRows(db, sql`p.id = ${personId}`))[0] ?? null;
}

async function personRows(db: Kysely<Tables>, which: RawBuilder<unknown>): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.name, u."email", p.role, p.joined_at as "joinedAt", p.last_seen_on as "lastSeenOn",
      case when p.deactivated_at is not null then 'deactivated' when ${hasPassword} then 'active' else 'invited' end as state
    from people p join auth."user" u on u."id" = p.user_id
    where ${which} order by ${folded(sql`p.name`)}, p.id`.execute(db);
  return rows;
}

/**
 * At most 20 active colleagues, by name, in whose name every word of `query` begins a word; accents and case do not matter.
 * Words end at anything that is no letter or digit: "van 't Hoff-Smit" is found by "hof" and by "smit".
 */
export async function findNames(
  db: Database,
  { query, roles }: { query: string; roles: readonly Role[] },
): Promise<{ id: number; name: string; role: Role }[]> {
  const words = [...new Set(query.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean))].slice(0, 5);
  if (words.length === 0 && query.trim() !== '') return [];
  const begins = words.map(
    (word) => sql`and strpos(' ' || ${folded(sql`name`)}, ' ' || ${folded(sql`${word}::text`)}) > 0`,
  );
  const { rows } = await sql<{ id: number; name: string; role: Role }>`
    select id, name, role from people
    where deactivated_at is null and role = any(${roles}) ${sql.join(begins, sql` `)}
    order by ${folded(sql`name`)}, id limit 20`.execute(db);
  return rows;
}

export type PersonChange = { name?: string | undefined; role?: Role | undefined; active?: boolean | undefined };

/**
 * Changes a colleague, in the caller's transaction. `last_administrator`: nobody who can come in would be left to let people
 * in; of two such changes at the same moment one waits for the other.
 */
export async function changePerson(
  trx: Kysely<Tables>,
  personId: number,
  { name, role, active }: PersonChange,
): Promise<'changed' | 'not_found' | 'last_administrator'> {
  const { rows: administrators } = await sql<{ id: number; canComeIn: boolean }>`
    select p.id, ${hasPassword} as "canComeIn" from people p
    where role = 'administrator' and deactivated_at is null order by p.id for update of p`.execute(trx);
  const stops = active === false || (role !== undefined && role !== 'administrator');
  const isAdministrator = administrators.some(({ id }) => id === personId);
  const isAnotherLeft = administrators.some(({ id, canComeIn }) => id !== personId && canComeIn);
  if (stops && isAdministrator && !isAnotherLeft) return 'last_administrator';
  if (!(await renamePerson(trx, personId, name))) return 'not_found';
  await sql`
    update people set role = coalesce(${role ?? null}, role), version = version + 1,
      deactivated_at = case ${active ?? null}::boolean
        when true then null when false then coalesce(deactivated_at, now()) else deactivated_at end
    where id = ${personId}`.execute(trx);
  return 'changed';
}

/** What somebody settles about themselves. */
export async function changeOwn(
  trx: Kysely<Tables>,
  personId: number,
  { name, language, theme }: { name?: string | undefined; language?: Language; theme?: Theme },
): Promise<void> {
  await renamePerson(trx, personId, name);
  const changes = { ...(language === undefined ? {} : { language }), ...(theme === undefined ? {} : { theme }) };
  if (Object.keys(changes).length > 0)
    await trx.updateTable('people').set(changes).where('id', '=', personId).execute();
}
type Language = 'nl' | 'en' | null | undefined;
type Theme = 'light' | 'dark' | null | undefined;

/** Gives a person another name here and in their account; answers whether there is such a person. */
async function renamePerson(trx: Kysely<Tables>, personId: number, name: string | undefined): Promise<boolean> {
  const { rows } = await sql<{ userId: string }>`
    update people set name = coalesce(${name ?? null}, name) where id = ${personId} returning user_id as "userId"`.execute(
    trx,
  );
  if (rows[0] && name !== undefined) {
    await sql`update auth."user" set "name" = ${name}, "updatedAt" = now() where "id" = ${rows[0].userId}`.execute(trx);
    await renameInSearch(trx, personId);
  }
  return rows.length > 0;
}

/** What they said is found by the name they have now. Held meanwhile, so that nothing edited or withdrawn comes back as it was read here. */
async function renameInSearch(trx: Kysely<Tables>, personId: number): Promise<void> {
  const { rows } = await sql<{ replyId: number; circleId: number }>`
    select id as "replyId", circle_id as "circleId" from replies
    where person_id = ${personId} and withdrawn_at is null order by id for update`.execute(trx);
  const step = 500;
  for (let at = 0; at < rows.length; at += step)
    await remakeReplyDocuments(
      trx,
      rows.slice(at, at + step).map(({ replyId }) => replyId),
    );
  await recordChanges(trx, { replies: rows });
}

const hasPassword = sql<boolean>`exists (select from auth."account" a
  where a."userId" = p.user_id and a."providerId" = 'credential' and a."password" is not null)`;

/** Lower case without accents, words apart by one space; letters that Unicode does not take apart are named. */
const folded = (text: RawBuilder<unknown>) => sql<string>`regexp_replace(translate(
  regexp_replace(normalize(lower(${text}), NFD), U&'[\\0300-\\036F]', '', 'g'), 'øłđðı', 'olddi'), '[^[:alnum:]]+', ' ', 'g')`;
