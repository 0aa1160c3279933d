import { type Kysely, sql } from 'kysely';
import { type PersonNamed, personNamed } from './badges.ts';
import { recordChanges } from './changes.ts';
import type { Tables } from './schema.ts';

/** What a frame says; `endsOn` a day (YYYY-MM-DD). */
export type FrameWords = {
  question: string;
  inScope: string;
  outOfScope: string;
  result: string;
  houseRule: string;
  endsOn: string;
  /** What is left to a guest after their last day. */
  afterEnd: 'read' | 'gone';
  note?: string | null;
};
/** Times are ISO texts where they come out of JSON. */
export type FrameFacts = FrameWords & {
  version: number;
  note: string | null;
  madeBy: PersonNamed | null;
  madeAt: Date | string;
};
export type StateFacts = { version: number; text: string; madeBy: PersonNamed; madeAt: Date | string };

/** Columns of a FrameFacts: of a row `f` of circle_frames, with who made it as `maker`. */
export const frameColumns = sql`f.version, f.question, f.in_scope as "inScope", f.out_of_scope as "outOfScope", f.result,
  f.house_rule as "houseRule", f.ends_on::text as "endsOn", f.after_end as "afterEnd", f.note, f.made_at as "madeAt",
  case when maker.id is null then null else ${personNamed('maker')} end as "madeBy"`;

/**
 * Puts a version of the frame in the place of the one before, in the transaction that holds the circle. Who made it has read it; replies under the
 * version before are refused from the commit on.
 */
export async function storeFrame(
  trx: Kysely<Tables>,
  { circleId, version, frame, by }: { circleId: number; version: number; frame: FrameWords; by: number },
): Promise<void> {
  await sql`
    insert into circle_frames (circle_id, version, question, in_scope, out_of_scope, result, house_rule, ends_on, after_end, note, made_by)
    values (${circleId}, ${version}, ${frame.question}, ${frame.inScope}, ${frame.outOfScope}, ${frame.result},
      ${frame.houseRule}, ${frame.endsOn}::date, ${frame.afterEnd}, ${frame.note || null}, ${by})`.execute(trx);
  await sql`update circles set frame_version = ${version}, ends_on = ${frame.endsOn}::date, after_end = ${frame.afterEnd}
    where id = ${circleId}`.execute(trx);
  await acknowledge(trx, { circleId, personId: by, version });
  await recordChanges(trx, { circles: [circleId] });
}

/** Notes that somebody has read a version of the frame; never one before what they read already. */
export async function acknowledge(
  trx: Kysely<Tables>,
  { circleId, personId, version }: { circleId: number; personId: number; version: number },
): Promise<void> {
  await sql`
    insert into frame_acknowledgements as a (circle_id, person_id, version) values (${circleId}, ${personId}, ${version})
    on conflict (circle_id, person_id) do update set version = excluded.version, at = now() where a.version < excluded.version`.execute(
    trx,
  );
}

const mostFrames = 200;

/** The newest 200 versions of a frame, newest first. Whoever calls knows that its reader may see the circle. */
export async function readFrames(db: Kysely<Tables>, circleId: number): Promise<FrameFacts[]> {
  const { rows } = await sql<FrameFacts>`
    select ${frameColumns} from circle_frames f left join people maker on maker.id = f.made_by
    where f.circle_id = ${circleId} order by f.version desc limit ${mostFrames}`.execute(db);
  return rows;
}

/** Puts another state of the talk in the place of version `after`; false when that is no longer the last. */
export async function storeState(
  trx: Kysely<Tables>,
  { circleId, after, text, by }: { circleId: number; after: number; text: string; by: number },
): Promise<boolean> {
  const { rows } = await sql`
    insert into circle_states (circle_id, version, text, made_by)
    select ${circleId}, ${after}::int + 1, ${text}, ${by}
    where (select coalesce(max(version), 0) from circle_states where circle_id = ${circleId}) = ${after}::int
    returning version`.execute(trx);
  if (rows.length > 0) await recordChanges(trx, { circles: [circleId] });
  return rows.length > 0;
}
