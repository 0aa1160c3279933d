import { type Kysely, type RawBuilder, sql } from 'kysely';
import { markRead } from './attention-writes.ts';
import { recordChanges } from './changes.ts';
import type { Tables } from './schema.ts';
import type { Reader } from './stream-filter.ts';

/** What was marked in one circle (0: a notice, all of it), as what undoes it. Microseconds since 1970; null: not read at all. */
export type InboxMark = { circleId: number; id: number; before: bigint | null; after: bigint };

const micros = (at: RawBuilder<unknown>) => sql`(extract(epoch from ${at}) * 1000000)::bigint::text`;
const instant = (at: bigint | null) =>
  at === null ? sql`null::timestamptz` : sql`timestamptz 'epoch' + ${at.toString()}::bigint * interval '1 microsecond'`;

type Stored = { circleId: number; id: number; at: string | null };

/**
 * Marks threads as read in the circles a reader may see, and notices of theirs; answers what undoes it. null, and nothing marked, when one of
 * them is not theirs to see.
 */
export async function markItems(
  trx: Kysely<Tables>,
  reader: Reader,
  { threads, notices }: { threads: readonly number[]; notices: readonly number[] },
): Promise<InboxMark[] | null> {
  const { personId, circles } = reader;
  const { rows: seen } = await sql<{ count: number }>`
    select (select count(distinct thread_id) from placements
        where thread_id = any(${threads}::bigint[]) and circle_id = any(${circles}::int[]))::int
      + (select count(*) from notices where id = any(${notices}::bigint[]) and person_id = ${personId})::int as count`.execute(
    trx,
  );
  if (seen[0]!.count !== threads.length + notices.length) return null;
  await holdPerson(trx, personId);
  const before = await readMarks(trx, personId, threads);
  for (const threadId of threads) await markRead(trx, reader, threadId, new Date());
  const after = await readMarks(trx, personId, threads);
  const { rows } = await sql<Stored>`
    update notices set read_at = date_trunc('milliseconds', clock_timestamp())
    where person_id = ${personId} and id = any(${notices}::bigint[]) and read_at is null
    returning 0 as "circleId", id, ${micros(sql`read_at`)} as at`.execute(trx);
  await recordChanges(trx, { people: [personId] });
  const changed = after.flatMap((mark) => {
    const earlier = before.find(({ circleId, id }) => circleId === mark.circleId && id === mark.id)?.at ?? null;
    return mark.at === null || mark.at === earlier ? [] : [markOf(mark, earlier)];
  });
  return [...changed, ...rows.map((row) => markOf(row, null))];
}

/** Puts what was marked back to what it was, but for what was read further since. */
export async function unmarkItems(trx: Kysely<Tables>, personId: number, marks: readonly InboxMark[]): Promise<void> {
  await holdPerson(trx, personId);
  for (const { circleId, id, before, after } of marks)
    if (circleId === 0)
      await sql`update notices set read_at = null
        where person_id = ${personId} and id = ${id} and read_at = ${instant(after)}`.execute(trx);
    else
      await sql`update attention set read_at = ${instant(before)}
        where person_id = ${personId} and thread_id = ${id} and circle_id = ${circleId} and read_at = ${instant(after)}`.execute(
        trx,
      );
  await recordChanges(trx, { people: [personId] });
}

/** Marks everything in an inbox up to a moment that has been as read; never less than before. null: nothing changed. */
export async function markUpTo(
  trx: Kysely<Tables>,
  personId: number,
  upTo: Date,
): Promise<{ before: bigint | null; after: bigint } | null> {
  await holdPerson(trx, personId);
  // Clients know whole milliseconds.
  const { rows } = await sql<{ before: string | null; after: string }>`
    update people p set inbox_read_up_to = least(now(), ${upTo.toISOString()}::timestamptz + interval '999 microseconds')
    from people old where p.id = ${personId} and old.id = p.id
      and least(now(), ${upTo.toISOString()}::timestamptz + interval '999 microseconds') > coalesce(old.inbox_read_up_to, '-infinity')
    returning ${micros(sql`old.inbox_read_up_to`)} as before, ${micros(sql`p.inbox_read_up_to`)} as after`.execute(trx);
  if (!rows[0]) return null;
  await recordChanges(trx, { people: [personId] });
  const { before, after } = rows[0];
  return { before: before === null ? null : BigInt(before), after: BigInt(after) };
}

/** Undoes the last `markUpTo`; false when everything was marked otherwise since. */
export async function unmarkUpTo(
  trx: Kysely<Tables>,
  personId: number,
  { before, after }: { before: bigint | null; after: bigint },
): Promise<boolean> {
  const { rows } = await sql`update people set inbox_read_up_to = ${instant(before)}
    where id = ${personId} and inbox_read_up_to = ${instant(after)} returning id`.execute(trx);
  if (rows.length > 0) await recordChanges(trx, { people: [personId] });
  return rows.length > 0;
}

/** Two marks of one person come one after the other. */
async function holdPerson(trx: Kysely<Tables>, personId: number): Promise<void> {
  await sql`select from people where id = ${personId} for no key update`.execute(trx);
}

/** What is marked in circles that a person does not see is in it too, and stays as it is. */
async function readMarks(trx: Kysely<Tables>, personId: number, threads: readonly number[]): Promise<Stored[]> {
  const { rows } = await sql<Stored>`
    select a.circle_id as "circleId", a.thread_id as id, ${micros(sql`a.read_at`)} as at from attention a
    where a.person_id = ${personId} and a.thread_id = any(${threads}::bigint[])`.execute(trx);
  return rows;
}

function markOf({ circleId, id, at }: Stored, before: string | null): InboxMark {
  return { circleId, id, before: before === null ? null : BigInt(before), after: BigInt(at!) };
}
