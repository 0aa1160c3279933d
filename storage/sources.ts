import { type Kysely, sql, type Updateable } from 'kysely';
import { expectsAnswer } from '#domain/desk.ts';
import { dueChannel, recordChanges } from './changes.ts';
import type { Database } from './database.ts';
import { journalErasures } from './erasure-journal.ts';
import { noteRemovedSource } from './erasures.ts';
import { createKeys } from './keys.ts';
import { finishRemovals } from './retention.ts';
import type { NewPlace } from './save-types.ts';
import type { SourcesTable, Tables } from './schema.ts';
import { holdQuestions } from './topic-changes.ts';

export type NewSource = {
  connector: string;
  settings: Record<string, unknown>;
  /** What makes two sources the same place: connector and canonical address or handle. */
  place: string;
  label: string;
  kind?: string;
  homeUrl?: string | null;
  folder?: string | null;
  keeps: 'everything' | 'matched';
  /** Whether what it brings waits for an answer; left out: as its kind does. */
  desk?: boolean | undefined;
  /** Politeness key (platform/host-key.ts); null where FETCH_ALLOW lifts the spacing. */
  hostKey: string | null;
};
export type Added = { kind: 'added' | 'exists'; id: number };

/**
 * Adds a source, due at once; a place that is followed already is answered as it is, unchanged. One that was removed begins
 * anew as the same source: what it brought before is known, and does not come twice.
 */
export async function addSource(db: Database, source: NewSource): Promise<Added> {
  return (await addSources(db, [source]))[0]!;
}

/** Adds many in one transaction, in their order; the same place twice is added once. */
export async function addSources(db: Database, sources: readonly NewSource[]): Promise<Added[]> {
  if (sources.length === 0) return [];
  return await db.transaction().execute(async (trx) => {
    const places = new Map<string, NewSource>();
    for (const source of sources) if (!places.has(source.place)) places.set(source.place, source);
    const of = <Value>(pick: (source: NewSource) => Value) => [...places.values()].map(pick);
    await bringBack(trx, [...places.keys()]);
    const inserted = await sql<{ id: number; place: string }>`
      insert into sources (connector, settings, place, label, kind, home_url, folder, keeps, desk)
      select * from unnest(${of((one) => one.connector)}::text[], ${of((one) => JSON.stringify(one.settings))}::jsonb[],
        ${of((one) => one.place)}::text[], ${of((one) => one.label)}::text[], ${of((one) => one.kind ?? 'other')}::text[],
        ${of((one) => one.homeUrl ?? null)}::text[], ${of((one) => one.folder ?? null)}::text[],
        ${of((one) => one.keeps)}::text[],
        ${of((one) => one.desk ?? expectsAnswer(one.kind ?? 'other'))}::boolean[])
      on conflict (place) do update set connector = excluded.connector, settings = excluded.settings, label = excluded.label,
        kind = excluded.kind, home_url = excluded.home_url, folder = excluded.folder, keeps = excluded.keeps,
        desk = excluded.desk, state = 'active', created_at = now(), cursor = null, etag = null, last_modified = null, body_hash = null,
        moved_to = null, moved_seen_at = null, failures = 0, failing_since = null, last_error = null, last_new_at = null,
        recent = '{}', version = sources.version + 1
      where sources.state = 'removed' returning id, place`.execute(trx);
    const fresh = new Map(inserted.rows.map(({ id, place }) => [place, id]));
    const hostKeys = inserted.rows.map(({ place }) => places.get(place)!.hostKey);
    await sql`
      insert into source_polls (source_id, host_key) select * from unnest(${[...fresh.values()]}::bigint[], ${hostKeys}::text[])
      on conflict (source_id) do update set host_key = excluded.host_key, next_poll_at = now(), interval_seconds = 900,
        last_polled_at = null, last_ok_at = null`.execute(trx);
    const { rows } = await sql<{ id: number; place: string }>`
      select id, place from sources where place = any(${of((one) => one.place)}::text[])`.execute(trx);
    const idOf = new Map(rows.map(({ id, place }) => [place, id]));
    await recordChanges(trx, { threads: [], mentions: [], sources: fresh.values() });
    if (fresh.size > 0) await sql`select pg_notify(${dueChannel}, '')`.execute(trx);
    return sources.map(({ place }) => {
      const kind = fresh.delete(place) ? 'added' : 'exists';
      return { kind, id: idOf.get(place)! };
    });
  });
}

/** Removed sources are kept under a keyed hash of their place; those of these places get their own name for it back. */
async function bringBack(trx: Kysely<Tables>, places: string[]): Promise<void> {
  const placeKey = await placeKeys(trx);
  await sql`
    update sources s set place = u.place from unnest(${places}::text[], ${places.map(placeKey)}::text[]) u (place, key)
    where s.place = u.key and s.state = 'removed' and not exists (select from sources o where o.place = u.place)`.execute(
    trx,
  );
}

const removedMark = 'removed ';
/** What stands in the column instead of a place; no real one has a space in it. */
async function placeKeys(trx: Kysely<Tables>): Promise<(place: string) => string> {
  const { secret } = await trx.selectFrom('installation').select('secret').executeTakeFirstOrThrow();
  const keys = createKeys(secret);
  return (place) => `${removedMark}${keys.place(place)}`;
}

/** The source at a place, or null. */
export async function sourceByPlace(db: Database, place: string) {
  return (
    (await db
      .selectFrom('sources')
      .selectAll()
      .where('place', '=', place)
      .where('state', '<>', 'removed')
      .executeTakeFirst()) ?? null
  );
}

export type SourceChange = {
  label?: string;
  kind?: string;
  folder?: string | null;
  state?: 'active' | 'paused';
  desk?: boolean;
  keeps?: 'everything' | 'matched';
};

/** Changes what a person may change; a source set to active again is due at once. False: no such source. */
export async function changeSource(
  db: Database,
  id: number,
  change: SourceChange,
  onRenamed: (trx: Kysely<Tables>, was: string) => Promise<void> = async () => undefined,
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    if (change.label !== undefined) await holdQuestions(trx);
    await lockPolls(trx, id);
    const before = await trx
      .selectFrom('sources')
      .select(['state', 'label'])
      .where('id', '=', id)
      .where('state', '<>', 'removed')
      .where('connector', '<>', 'tip')
      .forUpdate()
      .executeTakeFirst();
    if (!before) return false;
    const wakes = change.state === 'active' && before.state !== 'active';
    const columns: Updateable<SourcesTable> = {
      ...(change.label === undefined ? {} : { label: change.label }),
      ...(change.kind === undefined ? {} : { kind: change.kind }),
      ...(change.folder === undefined ? {} : { folder: change.folder }),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.desk === undefined ? {} : { desk: change.desk }),
      ...(change.keeps === undefined ? {} : { keeps: change.keeps }),
    };
    await trx
      .updateTable('sources')
      .set((eb) => ({
        ...columns,
        ...(wakes ? { failures: 0, failing_since: null, last_error: null } : {}),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute();
    if (change.label !== undefined && change.label !== before.label) await onRenamed(trx, before.label);
    if (wakes) {
      await sql`update source_polls set next_poll_at = now() where source_id = ${id}`.execute(trx);
      await sql`select pg_notify(${dueChannel}, '')`.execute(trx);
    } else if (change.state === 'paused') {
      await sql`update source_polls set next_poll_at = null where source_id = ${id}`.execute(trx);
    }
    await recordChanges(trx, { threads: [], mentions: [], sources: [id] });
    return true;
  });
}

/** A save under a lease holds this row before it writes the source itself: whoever changes both begins here as well. */
async function lockPolls(trx: Kysely<Tables>, id: number): Promise<void> {
  await sql`select from source_polls where source_id = ${id} for update`.execute(trx);
}

/** Makes a source due now. False when there is none, or it is not active. */
export async function pollNow(db: Database, id: number): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql`
      update source_polls set next_poll_at = now() where source_id = ${id} and next_poll_at is not null
      returning source_id`.execute(trx);
    if (rows.length === 0) return false;
    await sql`update sources set version = version + 1 where id = ${id}`.execute(trx);
    await sql`select pg_notify(${dueChannel}, '')`.execute(trx);
    await recordChanges(trx, { threads: [], mentions: [], sources: [id] });
    return true;
  });
}

/**
 * Removes a source. What it brought stays as it is, or is wiped with it: then it is gone from the stream when this answers
 * (a run that is cut off is finished by the workers). The row stays, out of sight, with what mentions tell of it: name,
 * kind and connector. Its address, which may hold a password or a token, stays as a keyed hash only. False: no such source.
 */
export async function removeSource(db: Database, id: number, { mentions }: { mentions: boolean }): Promise<boolean> {
  const removed = await db.transaction().execute(async (trx) => {
    await lockPolls(trx, id);
    const { rows } = await sql<{ place: string }>`
      select place from sources where id = ${id} and state <> 'removed' and connector <> 'tip' for update`.execute(trx);
    if (!rows[0]) return false;
    const key = (await placeKeys(trx))(rows[0].place);
    // One that moved here before it was removed does not come back: who was here first does.
    await sql`
      update sources set state = 'removed',
        place = case when exists (select from sources where place = ${key}) then ${`${key} ${id}`} else ${key} end,
        settings = '{}', home_url = null, folder = null, cursor = null, etag = null, last_modified = null,
        body_hash = null, moved_to = null, moved_seen_at = null, last_error = null, version = version + 1
      where id = ${id}`.execute(trx);
    await sql`update source_polls set next_poll_at = null, host_key = null, lease = null, leased_until = null
      where source_id = ${id}`.execute(trx);
    if (mentions)
      await sql`insert into removals (source_id, up_to) select ${id}, coalesce(max(id), 0) from mentions
        on conflict (source_id) do update set up_to = excluded.up_to`.execute(trx);
    await noteRemovedSource(trx, key.slice(removedMark.length), { mentions });
    await recordChanges(trx, { threads: [], mentions: [], sources: [id] });
    return true;
  });
  if (removed) await journalErasures(db);
  if (removed && mentions) await finishRemovals(db);
  return removed;
}

/** Gives a source the address it moved to; false when another source is there already. Telling readers is the caller's. */
export async function moveSource(db: Kysely<Tables>, id: number, to: NewPlace): Promise<boolean> {
  const { rows } = await sql`
    update sources set settings = ${JSON.stringify(to.settings)}::jsonb, place = ${to.place},
      moved_to = null, moved_seen_at = null, version = version + 1
    where id = ${id} and state <> 'removed'
      and not exists (select from sources where place = ${to.place} and id <> ${id})
    returning id`.execute(db);
  if (rows.length === 0) return false;
  await sql`update source_polls set host_key = ${to.hostKey} where source_id = ${id}`.execute(db);
  return true;
}
