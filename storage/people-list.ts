import { type Kysely, type RawBuilder, sql } from 'kysely';
import { rowsWith } from '#domain/circle.ts';
import { authorTerms } from '#domain/field-terms.ts';
import type { Role } from '#domain/person.ts';
import type { RelationKind } from '#domain/relation.ts';
import { hasPassword, keepsAdministrator } from './administrators.ts';
import { type Marks, marksOf } from './badges.ts';
import { recordChanges } from './changes.ts';
import { lastDayHere } from './relations.ts';
import type { Tables } from './schema.ts';
import { replyKind } from './search-documents.ts';
import { standingsOf, worksHere } from './standings.ts';

/** A person as an administrator sees them; `invited` has not chosen a password yet. */
export type PersonRow = {
  id: number;
  name: string;
  email: string;
  role: Role;
  state: 'invited' | 'active' | 'deactivated';
  joinedAt: Date;
  /** Days, as YYYY-MM-DD. */
  lastSeenOn: string | null;
  department: string | null;
  marks: Marks | null;
  colleague: boolean;
  leavesOn: string | null;
  ownThreadsUntil: string | null;
};

/** What is asked for in the list of people; `after`: the person with whom the page before ended. */
export type PeopleFilter = {
  search: string;
  department?: string | undefined;
  relation?: RelationKind | undefined;
  state?: PersonRow['state'] | undefined;
  colleague?: boolean | undefined;
};

/** A page of people by name, those who left too; how many fit in all, and every department there is. */
export async function listPeople(
  db: Kysely<Tables>,
  filter: PeopleFilter,
  { after, limit }: { after: number | null; limit: number },
): Promise<{ people: PersonRow[]; total: number; departments: string[] }> {
  const fits = fitting(filter);
  const place = after
    ? sql`and (${folded(sql`p.name`)}, p.id) > (select ${folded(sql`p.name`)}, p.id from people p where p.id = ${after})`
    : sql``;
  const [people, sums] = await Promise.all([
    personRows(db, sql`${fits} ${place}`, limit),
    sql<{ total: number; departments: string[] }>`
      select (select count(*)::int from people p join auth."user" u on u."id" = p.user_id where ${fits}) as total,
        array(select department from people where department is not null group by 1 order by lower(department), 1) as departments`.execute(
      db,
    ),
  ]);
  return { people, ...sums.rows[0]! };
}

/** One person, or null. */
export async function readPersonRow(db: Kysely<Tables>, personId: number): Promise<PersonRow | null> {
  return (await personRows(db, sql`p.id = ${personId}`, 1))[0] ?? null;
}

/** The name somebody goes by, held to the commit; null for nobody. */
export async function nameOf(trx: Kysely<Tables>, personId: number): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`select name from people where id = ${personId} for update`.execute(trx);
  return rows[0]?.name ?? null;
}

const state = sql`case when p.deactivated_at is not null then 'deactivated' when ${hasPassword} then 'active' else 'invited' end`;

async function personRows(db: Kysely<Tables>, which: RawBuilder<unknown>, limit: number): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select p.id, p.name, u."email", p.role, p.joined_at as "joinedAt", p.last_seen_on as "lastSeenOn", ${state} as state,
      p.department, ${marksOf(sql`p.id`)} as marks, ${worksHere(sql`p.id`)} as colleague,
      ${lastDayHere(sql`p.id`)} as "leavesOn", p.own_threads_until::text as "ownThreadsUntil"
    from people p join auth."user" u on u."id" = p.user_id
    where ${which} order by ${folded(sql`p.name`)}, p.id limit ${limit}`.execute(db);
  return rows;
}

function fitting({ search, department, relation, state: wanted, colleague }: PeopleFilter): RawBuilder<unknown> {
  const begun = beginning(search, sql`concat_ws(' ', p.name, u."email", p.department)`);
  if (begun === null) return sql`false`;
  const is = (kind: RelationKind) => sql`exists (select from relations r where r.person_id = p.id and r.kind = ${kind}
    and r.since <= today() and (r.until is null or r.until >= today()))`;
  return sql`true ${begun}
    ${department === undefined ? sql`` : sql`and p.department = ${department}`}
    ${relation === undefined ? sql`` : sql`and ${is(relation)}`}
    ${wanted === undefined ? sql`` : sql`and ${state} = ${wanted}`}
    ${colleague === undefined ? sql`` : sql`and ${worksHere(sql`p.id`)} = ${colleague}`}`;
}

/** Of which `text` every word of `query` begins a word; null when there is something in it but no word. */
function beginning(query: string, text: RawBuilder<unknown>): RawBuilder<unknown> | null {
  const words = [...new Set(query.split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean))].slice(0, 5);
  if (words.length === 0 && query.trim() !== '') return null;
  const each = words.map((word) => sql`and strpos(' ' || ${folded(text)}, ' ' || ${folded(sql`${word}::text`)}) > 0`);
  return each.length === 0 ? sql`` : sql.join(each, sql` `);
}

/** Somebody who can be named. */
export type Named = { id: number; name: string; role: Role; marks: Marks | null };

/**
 * At most 20 active people, by name, in whose name every word of `query` begins a word; accents and case do not matter. Words end at
 * anything that is no letter or digit: "van 't Hoff-Smit" is found by "hof" and by "smit". With `circleId` who would see what is said
 * there, else who works here; with `roles` only colleagues who have one of them.
 */
export async function findNames(
  db: Kysely<Tables>,
  { query, roles, circleId }: { query: string; roles?: readonly Role[] | undefined; circleId?: number | undefined },
): Promise<Named[]> {
  const begins = beginning(query, sql`p.name`);
  if (begins === null) return [];
  const among = circleId === undefined ? worksHere(sql`p.id`) : isAddressed(circleId);
  const may = roles === undefined ? sql`` : sql`and p.role = any(${roles}) and ${worksHere(sql`p.id`)}`;
  const { rows } = await sql<Named>`
    select p.id, p.name, p.role, ${marksOf(sql`p.id`)} as marks from people p
    where p.deactivated_at is null and ${among} ${may} ${begins}
    order by ${folded(sql`p.name`)}, p.id limit 20`.execute(db);
  return rows;
}

/** Of these people, those who would see what is said in a circle, and who belong there or work here. `shown`: only its hosts and who wrote there. */
export async function addressedAmong(
  db: Kysely<Tables>,
  circleId: number,
  people: readonly number[],
  { shown = false }: { shown?: boolean } = {},
): Promise<Set<number>> {
  if (people.length === 0) return new Set();
  const isShown = sql<boolean>`(exists (select from replies r where r.circle_id = ${circleId} and r.person_id = p.id)
    or exists (select from memberships m where m.circle_id = ${circleId} and m.person_id = p.id and m.left_at is null
      and m.role <> 'member'))`;
  const { rows } = await sql<{ id: number }>`
    select p.id from people p
    where p.id = any(${people}::bigint[]) and p.deactivated_at is null and ${isAddressed(circleId)}
      and ${shown ? isShown : sql`true`}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** That anybody may read a public circle makes nobody from outside somebody to name there: who came in does. */
const isAddressed = (circleId: number) => sql<boolean>`exists (
  select from (${standingsOf(sql`p.id`)}) s where s.circle_id = ${circleId}
    and s.standing in (${sql.join(rowsWith('see').map((row) => sql.lit(row)))}) and s.standing <> 'public outsider none')`;

export type PersonChange = {
  name?: string | undefined;
  role?: Role | undefined;
  active?: boolean | undefined;
  department?: string | null | undefined;
};

/**
 * Changes a person, in the caller's transaction. `last_administrator`: on some day nobody who can come in would be left to let people
 * in; then the caller undoes it.
 */
export async function changePerson(
  trx: Kysely<Tables>,
  personId: number,
  { name, role, active, department }: PersonChange,
): Promise<'changed' | 'not_found' | 'last_administrator'> {
  let isThere = false;
  const keeps = await keepsAdministrator(trx, async () => {
    isThere = await renamePerson(trx, personId, name);
    await sql`
      update people set role = coalesce(${role ?? null}, role), version = version + 1,
        department = case when ${department !== undefined} then ${department ?? null} else department end,
        deactivated_at = case ${active ?? null}::boolean
          when true then null when false then coalesce(deactivated_at, now()) else deactivated_at end
      where id = ${personId}`.execute(trx);
  });
  if (!keeps) return 'last_administrator';
  return isThere ? 'changed' : 'not_found';
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
  const { rows } = await sql<{ userId: string; before: string }>`
    with before as materialized (select id, name from people where id = ${personId} for update)
    update people p set name = coalesce(${name ?? null}, p.name) from before b where p.id = b.id
    returning p.user_id as "userId", b.name as before`.execute(trx);
  if (rows[0] && name !== undefined && name !== rows[0].before) {
    await sql`update auth."user" set "name" = ${name}, "updatedAt" = now() where "id" = ${rows[0].userId}`.execute(trx);
    await renameInSearch(trx, personId, { before: rows[0].before, name });
  }
  return rows.length > 0;
}

/**
 * What they said is found by the name they have now: only the terms of the name change, in one statement, however much it is. Held
 * meanwhile, so that nothing that is edited comes back under the name of before.
 */
async function renameInSearch(
  trx: Kysely<Tables>,
  personId: number,
  { before, name }: { before: string; name: string },
): Promise<void> {
  const { rows } = await sql<{ replyId: number; circleId: number }>`
    select id as "replyId", circle_id as "circleId" from replies
    where person_id = ${personId} and withdrawn_at is null order by id for update`.execute(trx);
  const lexemes = (of: string) => authorTerms(of, null).map((term) => `:${term}`);
  await sql`
    update search_documents d set words = ts_delete(d.words, ${lexemes(before)}::text[]) || array_to_tsvector(${lexemes(name)}::text[])
    where d.kind = ${replyKind} and d.ref = any(${rows.map(({ replyId }) => replyId)}::bigint[])`.execute(trx);
  await recordChanges(trx, { replies: rows });
}

/** Lower case without accents, words apart by one space; letters that Unicode does not take apart are named. */
const folded = (text: RawBuilder<unknown>) => sql<string>`regexp_replace(translate(
  regexp_replace(normalize(lower(${text}), NFD), U&'[\\0300-\\036F]', '', 'g'), 'øłđðı', 'olddi'), '[^[:alnum:]]+', ' ', 'g')`;
