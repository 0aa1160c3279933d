import { type Kysely, sql } from 'kysely';
import { type CircleAct, type CircleKind, rowsWith } from '#domain/circle.ts';
import type { Tables } from './schema.ts';
import { standingsOf } from './standings.ts';

/** Kinds that people open, join and keep; the outside and the desk are who one is. */
export const keptKinds: readonly CircleKind[] = ['internal', 'closed', 'public'];

/** A circle as it is for who holds its row. */
export type HeldCircle = {
  id: number;
  kind: CircleKind;
  name: string;
  frameVersion: number;
  onlyThreadId: number | null;
  archived: boolean;
  /** Archived, or its last day is over. */
  ended: boolean;
  /** Of the installation, as YYYY-MM-DD. */
  today: string;
};
/** `unseen`: not there, or not for this person to see. `refused`: they see it, and may not do this. */
export type NotHeld = 'unseen' | 'refused';

const heldColumns = sql`c.id, c.kind, c.name, c.frame_version as "frameVersion", c.only_thread_id as "onlyThreadId",
  c.archived_at is not null as archived, (c.archived_at is not null or coalesce(c.ends_on < today(), false)) as ended,
  today()::text as today`;

/**
 * Holds a circle to the commit for who may do `act` in it. `change`: nobody else acts in it meanwhile, and no reply is placed; `share`: it
 * stays as it is. The row is held first and the policy asked after: who waited hears what holds by then.
 */
export async function holdCircle(
  trx: Kysely<Tables>,
  { circleId, personId, act, hold = 'change' }: Acting,
): Promise<HeldCircle | NotHeld> {
  const lock = hold === 'change' ? sql`for no key update` : sql`for share`;
  await sql`select from circles where id = ${circleId} ${lock}`.execute(trx);
  const { rows } = await sql<HeldCircle & { may: boolean }>`
    select ${heldColumns}, ${holds(act)} as may
    from circles c join (${standingsOf(personId)}) s on s.circle_id = c.id
    where c.id = ${circleId} and c.kind in (${literals(keptKinds)}) and ${holds('see')}`.execute(trx);
  if (!rows[0]) return 'unseen';
  const { may, ...circle } = rows[0];
  return may ? circle : 'refused';
}
export type Acting = { circleId: number; personId: number; act: CircleAct; hold?: 'change' | 'share' };

/** Whether a row `s` of standings has an act. */
export function holds(act: CircleAct) {
  return sql<boolean>`s.standing in (${literals(rowsWith(act))})`;
}

/** Words of our own as a list in SQL. */
export function literals(words: readonly string[]) {
  return sql.join(words.map((word) => sql.lit(word)));
}
