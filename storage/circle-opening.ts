import { type Kysely, sql } from 'kysely';
import { audit } from './audit-log.ts';
import { type FrameWords, storeFrame } from './frames.ts';
import { enter, type MemberRole } from './memberships.ts';
import type { Tables } from './schema.ts';
import { circlesWhere, worksHere } from './standings.ts';

export type NewCircleFacts = {
  kind: 'internal' | 'closed';
  name: string;
  frame: FrameWords;
  people: readonly { personId: number; role: MemberRole }[];
  by: number;
  /** Of a circle about one thread and no other. */
  onlyThreadId?: number | null;
};

/**
 * Opens a circle with its first frame and who is in it, in the caller's transaction; answers its number. Who opens it has read the frame. Whoever
 * calls has looked whether the name is free (`nameIsTaken`); of two internal ones at the same moment one breaks `circles_name`.
 */
export async function storeCircle(trx: Kysely<Tables>, circle: NewCircleFacts): Promise<number> {
  const { kind, name, frame, by, onlyThreadId = null } = circle;
  const { rows } = await sql<{ id: number }>`
    insert into circles (kind, name, created_by, only_thread_id) values (${kind}, ${name}, ${by}, ${onlyThreadId})
    returning id`.execute(trx);
  const circleId = rows[0]!.id;
  await storeFrame(trx, { circleId, version: 1, frame, by });
  await audit(trx, { personId: by, action: 'circle.opened', circleId, detail: { kind } });
  for (const role of ['host', 'deputy', 'member'] as const) {
    const people = circle.people.filter((one) => one.role === role).map(({ personId }) => personId);
    await enter(trx, { circle: { id: circleId, kind }, people, by, role });
  }
  return circleId;
}

/**
 * Whether a circle that is not archived has this name among those a person may see; they learn nothing of others, so that closed circles
 * may share a name.
 */
export async function nameIsTaken(
  trx: Kysely<Tables>,
  { name, personId, except = 0 }: { name: string; personId: number; except?: number },
): Promise<boolean> {
  const { rows } = await sql`
    select from circles c where lower(normalize(c.name, nfkc)) = lower(normalize(${name}, nfkc)) and c.archived_at is null
      and c.id <> ${except} and c.id = any(${circlesWhere('see', personId)}) limit 1`.execute(trx);
  return rows.length > 0;
}

/** What only the index can hold: of two internal circles of one name, opened at the same moment, one is not. */
export async function unlessTaken<T>(work: () => Promise<T>): Promise<T | 'taken'> {
  try {
    return await work();
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'circles_name') return 'taken';
    throw error;
  }
}

/** Of these people, those who work here today and are in. */
export async function colleaguesAmong(db: Kysely<Tables>, people: readonly number[]): Promise<Set<number>> {
  const { rows } = await sql<{ id: number }>`
    select p.id from people p where p.id = any(${people}::bigint[]) and p.deactivated_at is null and ${worksHere(sql`p.id`)}`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** The day it is in the installation, as YYYY-MM-DD. */
export async function dayToday(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ day: string }>`select today()::text as day`.execute(db);
  return rows[0]!.day;
}
