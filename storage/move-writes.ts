import { type Kysely, sql } from 'kysely';
import type { Shown } from './audiences.ts';
import { recordChanges } from './changes.ts';
import { yesStands } from './move-rights.ts';
import { notify } from './notices.ts';
import type { Tables } from './schema.ts';

export type NewMoveFacts = {
  threadId: number;
  fromId: number;
  toId: number;
  by: number;
  wider: boolean;
  /** Who began the conversation inside; null of a story from outside. */
  starterId: number | null;
};

/**
 * Notes that somebody wants to move a thread, with what is said of it in `from` by now, and asks its authors where somebody would newly read it. Null
 * when that is asked already. Its rows are held by the caller.
 */
export async function storeMove(
  trx: Kysely<Tables>,
  { threadId, fromId, toId, by, wider, starterId }: NewMoveFacts,
): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    insert into thread_moves (thread_id, from_circle_id, to_circle_id, made_by, wider)
    values (${threadId}, ${fromId}, ${toId}, ${by}, ${wider})
    on conflict (thread_id, from_circle_id, to_circle_id) where state = 'asking' do nothing returning id`.execute(trx);
  const moveId = rows[0]?.id;
  if (moveId === undefined) return null;
  const { rows: authors } = await sql<{ personId: number; replies: number }>`
    with stored as (
      insert into thread_move_answers (move_id, reply_id, person_id, reply_version, agrees, at)
      select ${moveId}, r.id, r.person_id, r.version, case when r.person_id = ${by} then true end,
        case when r.person_id = ${by} then now() end
      from replies r where r.thread_id = ${threadId} and r.circle_id = ${fromId} and r.withdrawn_at is null
        and r.hidden_at is null
      returning person_id
    ) select person_id as "personId", count(*)::int as replies from stored group by 1 order by 1`.execute(trx);
  if (wider) {
    const counts = new Map(authors.map(({ personId, replies }) => [personId, replies]));
    if (starterId !== null && !counts.has(starterId)) counts.set(starterId, 0);
    counts.delete(by);
    const news = { kind: 'move-asks', circleId: fromId, threadId, byPersonId: by };
    await notify(
      trx,
      [...counts].map(([personId, replies]) => ({ personId, ...news, detail: { replies } })),
    );
  }
  await tellOfMove(trx, moveId);
  return moveId;
}

export type HeldMove = {
  id: number;
  threadId: number;
  fromId: number;
  toId: number;
  state: 'asking' | 'done' | 'cancelled';
  by: number;
  wider: boolean;
  titleAgrees: boolean | null;
};

/** A move by its number, held to the commit; whose it is to see is the caller's question. */
export async function holdMove(trx: Kysely<Tables>, moveId: number): Promise<HeldMove> {
  const { rows } = await sql<HeldMove>`
    select m.id, coalesce(t.merged_into, t.id) as "threadId", m.from_circle_id as "fromId", m.to_circle_id as "toId",
      m.state, m.made_by as by, m.wider, m.title_agrees as "titleAgrees"
    from thread_moves m join threads t on t.id = m.thread_id where m.id = ${moveId} for update of m`.execute(trx);
  return rows[0]!;
}

export type MoveAnswer = {
  move: HeldMove;
  /** A yes is for who reads there now, as it was shown. */
  shown: Shown;
  personId: number;
  agrees: boolean;
  /** null: all of theirs. */
  replies: readonly number[] | null;
  /** Whether they began the conversation, and say it of its title. */
  title: boolean;
};

/**
 * Notes what somebody says of their own words in a move that the caller holds: of the words as they are now. False when one of the replies is not theirs
 * to answer for: then nothing is noted. Who made the move hears when nobody is left to answer.
 */
export async function storeAnswer(
  trx: Kysely<Tables>,
  { move, shown, personId, agrees, replies, title }: MoveAnswer,
): Promise<boolean> {
  const { rows } = await sql`
    update thread_move_answers a set agrees = ${agrees}, at = now(), reply_version = r.version,
      audience_version = ${shown.audienceVersion}, outsiders = ${shown.outsiders}
    from replies r where a.move_id = ${move.id} and a.person_id = ${personId} and r.id = a.reply_id
      and r.person_id = ${personId} ${replies === null ? sql`` : sql`and a.reply_id = any(${replies}::bigint[])`}
    returning a.reply_id`.execute(trx);
  if (replies !== null && rows.length !== replies.length) return false;
  if (title)
    await sql`update thread_moves set title_agrees = ${agrees}, title_audience_version = ${shown.audienceVersion},
      title_outsiders = ${shown.outsiders} where id = ${move.id}`.execute(trx);
  const { rows: open } = await sql`
    select from thread_moves m join threads t on t.id = ${move.threadId} where m.id = ${move.id} and (
      (t.born = 'inside' and t.started_by <> m.made_by and m.title_agrees is null)
      or exists (select from thread_move_answers a where a.move_id = m.id and a.agrees is null))`.execute(trx);
  const news = { personId: move.by, kind: 'move-answered', circleId: move.fromId, threadId: move.threadId };
  if (open.length === 0) await notify(trx, [news]);
  await tellOfMove(trx, move.id);
  return true;
}

/**
 * Asks anew who agreed when fewer read where a move goes, whose row and circles the caller holds: a yes was for who was shown. Answers
 * whether anybody was.
 */
export async function askAgain(trx: Kysely<Tables>, move: HeldMove): Promise<boolean> {
  const stands = yesStands(sql`${move.toId}::int`);
  const { rows } = await sql<{ personId: number; replies: number }>`
    with replies as (
      update thread_move_answers a set agrees = null, at = null
      where a.move_id = ${move.id} and a.agrees and a.person_id <> ${move.by} and not ${stands.reply} returning a.person_id
    ), title as (
      update thread_moves m set title_agrees = null from threads t
      where m.id = ${move.id} and m.title_agrees and t.id = ${move.threadId} and not ${stands.title} returning t.started_by
    )
    select person_id as "personId", sum(n)::int as replies from (
      select person_id, 1 as n from replies union all select started_by, 0 from title) asked group by 1 order by 1`.execute(
    trx,
  );
  const news = { kind: 'move-asks', circleId: move.fromId, threadId: move.threadId, byPersonId: move.by };
  await notify(
    trx,
    rows.map(({ personId, replies }) => ({ personId, ...news, detail: { replies } })),
  );
  await tellOfMove(trx, move.id);
  return rows.length > 0;
}

/** Ends a move that the caller holds. Whoever was asked and has not answered is no longer asked. */
export async function endMove(trx: Kysely<Tables>, move: HeldMove, state: 'done' | 'cancelled'): Promise<void> {
  await sql`update thread_moves set state = ${state}, done_at = now() where id = ${move.id}`.execute(trx);
  await sql`
    delete from notices where kind = 'move-asks' and thread_id = ${move.threadId} and circle_id = ${move.fromId}
      and by_person_id = ${move.by} and not exists (select from thread_moves m where m.thread_id = ${move.threadId}
        and m.from_circle_id = ${move.fromId} and m.made_by = ${move.by} and m.state = 'asking')`.execute(trx);
  await tellOfMove(trx, move.id);
}

/** Tells, at the commit, whoever may see a move (storage/moves.ts) that it stands otherwise, and nobody else of the circle. */
async function tellOfMove(trx: Kysely<Tables>, moveId: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    with move as materialized (
      select m.*, t.started_by from thread_moves m join threads asked on asked.id = m.thread_id
      join threads t on t.id = coalesce(asked.merged_into, asked.id) where m.id = ${moveId}
    )
    select made_by as id from move
    union select started_by from move where wider and started_by is not null
    union select a.person_id from move join thread_move_answers a on a.move_id = move.id where wider
    union select k.person_id from move join memberships k on k.circle_id = move.from_circle_id
      where k.left_at is null and k.role in ('host', 'deputy')`.execute(trx);
  await recordChanges(trx, { people: rows.map(({ id }) => id) });
}
