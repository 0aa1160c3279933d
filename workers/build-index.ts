import type { Client } from '@elastic/elasticsearch';
import type { Log } from '#platform/log.ts';
import { type BulkEntry, sendBulk } from '#search/elasticsearch/bulk.ts';
import { listIndices, makeIndex, putInPlace, removeIndex } from '#search/elasticsearch/indices.ts';
import { indexNames } from '#search/elasticsearch/names.ts';
import { newestPosition, readChanges } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { whileHolding } from '#storage/hold-lock.ts';
import {
  type Building,
  forgetIndexRow,
  type IndexRow,
  indexRow,
  moveIndexRow,
  noteBuilding,
  startIndexRow,
} from '#storage/search-indexes.ts';
import { documentCount, documentsAfter } from '#storage/search-source.ts';
import { loadBatch, remember, type SentStatuses } from './index-entries.ts';

export type IndexDeps = { db: Database; client: Client; prefix: string; log: Log };

const perBatch = 1_000;

/**
 * Makes a new index beside the living one from what is stored, catches up with what changed meanwhile, and puts it in its place in one
 * step. Goes on where an earlier attempt was stopped. `stopped` is looked at between batches. Answers `elsewhere` when another
 * process is at it already. The old index stays until removeOldIndices.
 */
export async function buildIndex(
  { db, client, prefix, log }: IndexDeps,
  options: { stopped?: () => boolean; onProgress?: (building: Building) => void } = {},
): Promise<'built' | 'stopped' | 'elsewhere'> {
  const { stopped = () => false, onProgress = () => undefined } = options;
  const { building: alias } = indexNames(prefix);
  let outcome: 'built' | 'stopped' | 'elsewhere' = 'elsewhere';

  async function send(entries: BulkEntry[]): Promise<void> {
    const { refused } = await sendBulk(client, alias, entries);
    if (refused.length > 0) log.error({ refused }, 'documents that the search index does not take');
  }
  /** Every document, by number; false: stopped. */
  async function fill({ name, building }: IndexRow): Promise<boolean> {
    let { last, done, total } = building ?? { last: null, done: 0, total: 0 };
    let next = documentsAfter(db, last, perBatch);
    for (;;) {
      const documents = await next;
      const end = documents.at(-1);
      if (!end) return true;
      if (stopped()) return false;
      last = { kind: end.kind, id: end.id };
      // The next are read while these are sent.
      next = documentsAfter(db, last, perBatch);
      next.catch(() => undefined);
      await send(documents.map((document) => ({ document })));
      done += documents.length;
      total = Math.max(total, done);
      await noteBuilding(db, name, { last, done, total });
      onProgress({ last, done, total });
    }
  }
  /** What changed since it was begun; false: stopped, or so long ago that nobody knows any more. */
  async function catchUp(index: string): Promise<'caught-up' | 'stopped' | 'too-old'> {
    const sent: SentStatuses = new Map();
    let { position } = (await indexRow(db, index))!;
    for (;;) {
      const batch = await loadBatch(db, position, perBatch, sent);
      if (batch.tooOld) return 'too-old';
      await send(batch.entries);
      remember(sent, batch.statuses);
      position = batch.position;
      await moveIndexRow(db, index, position);
      if (batch.changeCount < perBatch) return 'caught-up';
      if (stopped()) return 'stopped';
    }
  }
  await whileHolding(db, 'indexBuilder', async () => {
    outcome = 'stopped';
    while (!stopped()) {
      const row = await begun({ db, client, prefix });
      if (!(await fill(row))) return;
      const caughtUp = await catchUp(row.name);
      if (caughtUp === 'stopped') return;
      if (caughtUp === 'too-old') continue;
      await putInPlace(client, prefix, row.name);
      await noteBuilding(db, row.name, null);
      log.info({ index: row.name }, 'search index made anew');
      outcome = 'built';
      return;
    }
  });
  return outcome;
}

/** The index that is being made: the one that was left half done, when it can be finished, or a new one. */
async function begun({ db, client, prefix }: Omit<IndexDeps, 'log'>): Promise<IndexRow> {
  const { building } = await listIndices(client, prefix);
  const row = building && (await indexRow(db, building));
  if (row && !(await readChanges(db, row.position, 1)).tooOld) return row;
  if (building) await remove({ db, client }, building);
  // Before the first document is read: what changes from here on is read again.
  const position = await newestPosition(db);
  const total = await documentCount(db);
  const fresh = {
    name: await makeIndex(client, prefix, 'building'),
    position,
    building: { last: null, done: 0, total },
  };
  await startIndexRow(db, fresh);
  return fresh;
}

/** Takes away what stood in place before the living index. Only for who holds the lock of the indexer: nobody else writes there. */
export async function removeOldIndices({ db, client, prefix }: Omit<IndexDeps, 'log'>): Promise<void> {
  const { every, living } = await listIndices(client, prefix);
  for (const index of every) if (living !== null && index < living) await remove({ db, client }, index);
}

async function remove({ db, client }: Pick<IndexDeps, 'db' | 'client'>, index: string): Promise<void> {
  await removeIndex(client, index);
  await forgetIndexRow(db, index);
}
