import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import { changeKinds, deskCircle, type Tables } from './schema.ts';

/** A place in the change table. `xid` is a decimal text (64 bits). Compare numerically, never as text. */
export type ChangePosition = { xid: string; seq: number };
/**
 * What changed: `kind` by `changeKinds`, `ref` the id of the row; readers load its present state. `circleId`: only those who
 * may see this circle hear of it; null is the outside, and what has no circle.
 */
export type Change = { kind: number; ref: number; circleId: number | null; position: ChangePosition };

export const changesChannel = 'buitenwacht_changes';
/** A source is due sooner than its row said. */
export const dueChannel = 'buitenwacht_due';
/** What a topic asks changed, or a version is to be applied to what is there. */
export const topicsChannel = 'buitenwacht_topics';

/**
 * Changes after a place, in an order in which none can be missed: only rows of transactions below the oldest one that still
 * runs, by (xid, seq). Sequence numbers are handed out before the commit, so that "id > last" loses rows (traps-data section
 * 3). `tooOld`: rows after this place were let go already; the reader has to load everything again.
 */
export async function readChanges(
  db: Database,
  after: ChangePosition | null,
  limit: number,
): Promise<{ changes: Change[]; position: ChangePosition; tooOld: boolean }> {
  const from = after ?? (await horizon(db));
  // @NOTE c.xid is qualified and its text has another name: "order by xid" would sort the text (traps-data section 3).
  const { rows } = await sql<{ seq: number; at_xid: string; kind: number; ref: number; circleId: number | null }>`
    select c.seq, c.xid::text as at_xid, c.kind, c.ref, c.circle_id as "circleId" from changes c
    where (c.xid, c.seq) > (${from.xid}::xid8, ${from.seq}::bigint) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by c.xid, c.seq limit ${limit}`.execute(db);
  const changes = rows.map(({ seq, at_xid, kind, ref, circleId }) => ({
    kind,
    ref,
    circleId,
    position: { xid: at_xid, seq },
  }));
  // Asked after reading: what was let go meanwhile is noticed.
  const tooOld = after !== null && isBefore(after, await horizon(db));
  return { changes, position: changes.at(-1)?.position ?? from, tooOld };
}

/** The place after everything that is visible to every reader by now. */
export async function newestPosition(db: Database): Promise<ChangePosition> {
  const { rows } = await sql<{ at_xid: string; seq: number }>`
    select c.xid::text as at_xid, c.seq from changes c where c.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by c.xid desc, c.seq desc limit 1`.execute(db);
  return rows[0] ? { xid: rows[0].at_xid, seq: rows[0].seq } : await horizon(db);
}

async function horizon(db: Database): Promise<ChangePosition> {
  const { rows } = await sql<{ at_xid: string; seq: number }>`
    select h.xid::text as at_xid, h.seq from changes_horizon h`.execute(db);
  return { xid: rows[0]!.at_xid, seq: rows[0]!.seq };
}

/** Whether a place comes before another, by number and never as text. */
export function isBefore(a: ChangePosition, b: ChangePosition): boolean {
  return a.xid === b.xid ? a.seq < b.seq : BigInt(a.xid) < BigInt(b.xid);
}

/** Ids of what a transaction touched, by kind. */
export type Touched = {
  /** Whose outside changed. */
  threads?: Iterable<number>;
  mentions?: Iterable<number>;
  /** Mentions of which only the document changed, because their thread came to stand in a circle: for search, and for nobody else to hear. */
  documents?: Iterable<{ mentionId: number; circleId: number }>;
  sources?: Iterable<number>;
  /** Sources that brought something: as it may be for the desk only, nobody else is told that they did. */
  sourceNews?: Iterable<number>;
  /** Circles whose name, frame, state or hosts changed, or that ended or began again: for who sees them. */
  circles?: Iterable<number>;
  /** Circles in which people came, went, or stand otherwise than before: for who sees who is in them. */
  members?: Iterable<number>;
  topics?: Iterable<number>;
  /** Threads in which something changed inside one circle. */
  inside?: Iterable<{ threadId: number; circleId: number }>;
  /** Replies whose words changed, for search: their threads are told of under `inside`. */
  replies?: Iterable<{ replyId: number; circleId: number }>;
  /** Who read or follows something else than before, or was named. */
  people?: Iterable<number>;
};

/** Writes one change row for each id and wakes the readers once, at the commit. Called last in the transaction that made the changes. */
export async function recordChanges(trx: Kysely<Tables>, touched: Touched): Promise<void> {
  const {
    threads = [],
    mentions = [],
    documents = [],
    sources = [],
    sourceNews = [],
    circles = [],
    members = [],
    topics = [],
    inside = [],
    replies = [],
    people = [],
  } = touched;
  const rows = [
    ...Array.from(new Set(threads), (ref) => ({ kind: changeKinds.thread, ref, circleId: null })),
    ...Array.from(new Set(mentions), (ref) => ({ kind: changeKinds.mention, ref, circleId: null })),
    ...Array.from(documents, ({ mentionId, circleId }) => ({ kind: changeKinds.mention, ref: mentionId, circleId })),
    ...Array.from(new Set(sources), (ref) => ({ kind: changeKinds.source, ref, circleId: null })),
    ...Array.from(new Set(sourceNews), (ref) => ({ kind: changeKinds.source, ref, circleId: deskCircle })),
    ...Array.from(new Set(circles), (ref) => ({ kind: changeKinds.circle, ref, circleId: ref })),
    ...Array.from(new Set(members), (ref) => ({ kind: changeKinds.members, ref, circleId: ref })),
    ...Array.from(new Set(topics), (ref) => ({ kind: changeKinds.topic, ref, circleId: null })),
    ...Array.from(inside, ({ threadId, circleId }) => ({ kind: changeKinds.thread, ref: threadId, circleId })),
    ...Array.from(replies, ({ replyId, circleId }) => ({ kind: changeKinds.reply, ref: replyId, circleId })),
    ...Array.from(new Set(people), (ref) => ({ kind: changeKinds.person, ref, circleId: null })),
  ];
  if (rows.length === 0) return;
  await sql`with written as (
      insert into changes (kind, ref, circle_id)
      select * from unnest(${rows.map(({ kind }) => kind)}::smallint[], ${rows.map(({ ref }) => ref)}::bigint[],
        ${rows.map(({ circleId }) => circleId)}::int[])
    ) select pg_notify(${changesChannel}, '')`.execute(trx);
}

const announceWithinMs = 20;
const announced = new WeakSet<Database>();

/**
 * Wakes the readers for what was committed just now: once for all within 20 ms. For the busiest writes, in place of
 * a notification in each: those wait for one another at their commits, because PostgreSQL keeps them in order (a third of
 * their speed). Lost when the process dies in between; then readers come by themselves within a second.
 */
export function announceChanges(db: Database): void {
  if (announced.has(db)) return;
  announced.add(db);
  setTimeout(() => {
    announced.delete(db);
    sql`select pg_notify(${changesChannel}, '')`.execute(db).catch(() => undefined);
  }, announceWithinMs);
}

/** Lets go of changes older than `keepHours`, 10,000 at a time from the front; answers how many. */
export async function forgetChanges(db: Database, keepHours = 24): Promise<number> {
  const step = 10_000;
  for (let total = 0; ; ) {
    const deleted = await db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ at_xid: string; seq: number }>`
        delete from changes where (xid, seq) in (
          select c.xid, c.seq from changes c
          where c.at < now() - ${keepHours} * interval '1 hour' and c.xid < pg_snapshot_xmin(pg_current_snapshot())
          order by c.xid, c.seq limit ${step})
        returning xid::text as at_xid, seq`.execute(trx);
      const last = rows.reduce<ChangePosition | null>((top, { at_xid, seq }) => {
        const place = { xid: at_xid, seq };
        return top && isBefore(place, top) ? top : place;
      }, null);
      if (last) {
        await sql`update changes_horizon set xid = ${last.xid}::xid8, seq = ${last.seq}
          where (xid, seq) < (${last.xid}::xid8, ${last.seq}::bigint)`.execute(trx);
      }
      return rows.length;
    });
    total += deleted;
    if (deleted < step) return total;
  }
}
