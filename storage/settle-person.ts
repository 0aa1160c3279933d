import { type Kysely, sql } from 'kysely';
import { type Role, rightsOf } from '#domain/person.ts';
import { tellOfPerson } from './accounts.ts';
import { releaseAll } from './case-acts.ts';
import { recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { retried } from './retried.ts';
import type { Tables } from './schema.ts';
import { endFeedsOf } from './search-feeds.ts';
import { worksHere } from './standings.ts';

/**
 * Brings what hangs on somebody's rights in line with them, in the transaction that changed these: what they may no longer hold at the
 * desk is free again, feeds of who no longer works here end, and whoever remembers them asks anew. `by` null: nobody, a day had come.
 * `isLast`: their last day counts as over already.
 */
export async function settlePerson(
  trx: Kysely<Tables>,
  personId: number,
  { by, isLast = false }: { by: number | null; isLast?: boolean },
): Promise<void> {
  const { rows } = await sql<{ role: Role; colleague: boolean }>`
    select p.role, p.deactivated_at is null and ${worksHere(sql`p.id`)} as colleague from people p
    where p.id = ${personId}`.execute(trx);
  const { role, colleague } = rows[0]!;
  const works = colleague && !isLast;
  if (!rightsOf({ role, colleague: works }).includes('desk')) await releaseAll(trx, personId, by);
  if (!works) await endFeedsOf(trx, personId);
  await recordChanges(trx, { people: [personId] });
  await tellOfPerson(trx, personId);
}

/** Settles everybody whose last day came since: who holds something at the desk, or has a feed, and no longer works here. Answers how many. */
export async function settleEnded(db: Database): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select p.id from people p
    where (exists (select from cases c where c.holder_id = p.id and c.state = 'taken')
      or exists (select from search_feeds f where f.person_id = p.id)) and not ${worksHere(sql`p.id`)}
    order by p.id`.execute(db);
  for (const { id } of rows)
    await retried(db, async (trx) => {
      await sql`select from people where id = ${id} for update`.execute(trx);
      await settlePerson(trx, id, { by: null });
    });
  return rows.length;
}
