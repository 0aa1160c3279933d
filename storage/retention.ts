import { sql } from 'kysely';
import { recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { journalErasures } from './erasure-journal.ts';
import { noteErasedAuthor } from './erasures.ts';
import { keepDiscussed } from './keep-discussed.ts';
import { retried } from './retried.ts';
import { remakeMentionDocuments } from './search-documents.ts';
import { refreshSearchWords } from './search-words.ts';
import { authorsLock, unplaceEmpty, type Wiped, wipe } from './wipe.ts';

/** Rows of one transaction: long enough to be quick, short enough to hold nobody up. */
const step = 500;

/** Wipes mentions that are gone upstream; answers how many were live. */
export async function withdrawMentions(db: Database, mentionIds: readonly number[]): Promise<number> {
  let count = 0;
  for (let at = 0; at < mentionIds.length; at += step) {
    count += (await wipeStep(db, mentionIds.slice(at, at + step), 'withdrawn', false)).length;
  }
  return count;
}

/** Wipes up to a few hundred mentions in one transaction, in the journal when it resolves; answers those that were live. */
export async function wipeStep(
  db: Database,
  ids: readonly number[],
  state: 'withdrawn' | 'erased' | 'expired' | 'removed',
  unplace: boolean,
): Promise<Wiped[]> {
  if (ids.length === 0) return [];
  const done = await retried(db, async (trx) => {
    const wiped = await wipe(trx, ids, state);
    const threads = wiped.map(({ threadId }) => threadId);
    if (unplace) await unplaceEmpty(trx, threads);
    await recordChanges(trx, { threads, mentions: wiped.map(({ mentionId }) => mentionId), sources: [] });
    return wiped;
  });
  if (done.length > 0) await journalErasures(db);
  return done;
}

/** How many mentions have words by the author of this one; null when it has no author by whom to be known. */
export async function countByAuthor(db: Database, mentionId: number): Promise<number | null> {
  const key = await authorKeyOf(db, mentionId);
  if (!key) return null;
  const { rows } = await sql<{ count: number }>`
    select count(distinct mention_id)::int as count from mention_texts where author_key = ${key}`.execute(db);
  return rows[0]!.count;
}

/**
 * Erases the author of a mention: all their words here, present and earlier versions, and everything they may still send.
 * Answers how many mentions were wiped; null when the mention has no author by whom to be known.
 */
export async function eraseAuthor(db: Database, mentionId: number): Promise<{ erased: number } | null> {
  const key = await authorKeyOf(db, mentionId);
  if (!key) return null;
  // Committed before anything is wiped: from here on no save stores a word of theirs.
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${authorsLock})`.execute(trx);
    await sql`insert into erased_authors (author_key) values (${key}) on conflict do nothing`.execute(trx);
    await noteErasedAuthor(trx, key);
  });
  await journalErasures(db);
  const erased = await wipeErased(db, key);
  // The other words that go are counted out within the hour: somebody asked for these.
  if (erased > 0) await refreshSearchWords(db);
  return { erased };
}

async function authorKeyOf(db: Database, mentionId: number): Promise<Buffer | null> {
  const { rows } = await sql<{ key: Buffer }>`
    select x.author_key as key from mentions m
    join mention_texts x on x.mention_id = m.id and x.month = m.text_month and x.edition = 0
    where m.id = ${mentionId} and x.author_key is not null`.execute(db);
  return rows[0]?.key ?? null;
}

/** Wipes what erased authors still have here: of one, or of all when a run was cut off half way. */
export async function wipeErased(db: Database, key: Buffer | null = null): Promise<number> {
  for (let count = 0; ; ) {
    const { rows } = await sql<{ id: number }>`
      select distinct x.mention_id as id from mention_texts x join erased_authors e on e.author_key = x.author_key
      where ${key}::bytea is null or e.author_key = ${key} limit ${step}`.execute(db);
    if (rows.length === 0) return count;
    const wiped = await wipeStep(
      db,
      rows.map(({ id }) => id),
      'erased',
      false,
    );
    count += wiped.length;
    if (wiped.length === 0) return count;
  }
}

/**
 * Wipes texts whose time is over (180 days; earlier versions 30; longer while they are talked about) and lets threads go that
 * have nothing left and were never discussed. `now` is given so that a clock can be turned in a test.
 */
export async function expireTexts(db: Database, now: Date): Promise<{ mentions: number; earlier: number }> {
  const earlier = await sql`
    delete from mention_texts where edition > 0 and expires_at <= ${now.toISOString()}::timestamptz`.execute(db);
  for (let mentions = 0; ; ) {
    const { rows } = await sql<{ id: number }>`
      select mention_id as id from mention_texts where edition = 0 and expires_at <= ${now.toISOString()}::timestamptz
      order by expires_at limit ${step}`.execute(db);
    const due = rows.map(({ id }) => id);
    const kept = await retried(db, (trx) => keepDiscussed(trx, due, now));
    const over = due.filter((id) => !kept.has(id));
    const wiped = await wipeStep(db, over, 'expired', true);
    mentions += wiped.length;
    if (kept.size + wiped.length === 0) return { mentions, earlier: Number(earlier.numAffectedRows ?? 0) };
  }
}

/**
 * Wipes the mentions of sources that were removed together with them. What another source delivered too goes on as that
 * source's. Unlike after an erasure they may return, when somebody adds such a source again. Safe to cut off and call again.
 */
export async function finishRemovals(db: Database): Promise<number> {
  const { rows: removals } = await sql<{
    id: number;
    upTo: number;
  }>`select source_id as id, up_to as "upTo" from removals order by 1`.execute(db);
  let count = 0;
  for (const { id: sourceId, upTo } of removals) {
    await handOver(db, sourceId);
    for (;;) {
      const { rows } = await sql<{ id: number }>`
        select id from mentions where source_id = ${sourceId} and id <= ${upTo} and state = 'live' order by id limit ${step}`.execute(
        db,
      );
      if (rows.length === 0) break;
      const ids = rows.map(({ id }) => id);
      count += (await wipeStep(db, ids, 'removed', true)).length;
    }
    await db.transaction().execute(async (trx) => {
      await sql`delete from mention_keys k using mentions m
        where m.id = k.mention_id and m.source_id = ${sourceId} and m.state = 'removed'`.execute(trx);
      await sql`delete from placement_sources p where p.source_id = ${sourceId} and not exists (
        select from mentions m where m.thread_id = p.thread_id and m.source_id = ${sourceId} and m.state = 'live')`.execute(
        trx,
      );
      await sql`delete from removals where source_id = ${sourceId}`.execute(trx);
    });
  }
  return count;
}

async function handOver(db: Database, sourceId: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`delete from sightings where source_id = ${sourceId}`.execute(trx);
    const { rows } = await sql<{ id: number }>`
      with other as (
        select distinct on (g.mention_id) g.mention_id, g.source_id from sightings g
        join mentions m on m.id = g.mention_id and m.source_id = ${sourceId} and m.state = 'live'
        join sources s on s.id = g.source_id and s.state <> 'removed'
        order by g.mention_id, g.seen_at),
      moved as (
        update mentions m set source_id = o.source_id, version = m.version + 1 from other o where m.id = o.mention_id
        returning m.id, m.source_id),
      seen as (delete from sightings g using moved where g.mention_id = moved.id and g.source_id = moved.source_id)
      select id from moved`.execute(trx);
    const mentions = rows.map(({ id }) => id);
    await remakeMentionDocuments(trx, mentions);
    await recordChanges(trx, { mentions });
  });
}
