import { setTimeout as pause } from 'node:timers/promises';
import { sendBulk } from '#search/elasticsearch/bulk.ts';
import { hideIndex, listIndices } from '#search/elasticsearch/indices.ts';
import { indexNames } from '#search/elasticsearch/names.ts';
import type { ChangePosition } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { whileHolding } from '#storage/hold-lock.ts';
import { listen } from '#storage/listen.ts';
import { indexRow, moveIndexRow } from '#storage/search-indexes.ts';
import { buildIndex, type IndexDeps, removeOldIndices } from './build-index.ts';
import { type Batch, loadBatch, remember, type SentStatuses } from './index-entries.ts';

/** Changes: a new mention is two, so that a request holds about a thousand documents. */
const perBatch = 2_000;
/** What changes at about the same time goes in one request. */
const collectMs = 100;
const restMs = 1_000;
/** How long it may go unnoticed that another index took the place of the living one; writes go to the new one at once. */
const lookEachMs = 5_000;
/** Another process is at it: when to look whether it still is. */
const askAgainMs = 2_000;
const firstPauseMs = 250;
/** Short enough to be at work again soon after Elasticsearch is. */
const longestPauseMs = 3_000;

/**
 * Keeps the search index equal to what is stored: reads the change table in order and sends the present state of what changed. The place it
 * has come to moves only when Elasticsearch has acknowledged everything before it, so nothing is lost whoever dies. Makes
 * the index where there is none, or where it is too far behind. Any number of processes may start this; one works at a time.
 */
export function startIndexing(deps: IndexDeps & { databaseUrl: string }): { close: () => Promise<void> } {
  const { db, client, prefix, log, databaseUrl } = deps;
  const names = indexNames(prefix);
  const closing = new AbortController();
  const { signal } = closing;
  let failures = 0;
  let woken = false;
  let wake: () => void = () => undefined;

  /** Sleeps until somebody says that something changed, a second at most. */
  async function rest(): Promise<void> {
    if (!woken) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, restMs).unref();
      });
    }
    woken = false;
  }
  const sleep = (ms: number) => pause(ms, undefined, { signal }).catch(() => undefined);

  async function keepUp(held: Database): Promise<void> {
    while (!signal.aborted) {
      const { living } = await listIndices(client, prefix);
      const row = living && (await indexRow(held, living));
      if (!row) {
        if (living) await hideIndex(client, prefix, living);
        const outcome = await buildIndex(deps, { stopped: () => signal.aborted });
        if (outcome === 'elsewhere') await sleep(askAgainMs);
        continue;
      }
      await removeOldIndices(deps);
      const outcome = await follow(held, row.name, row.position);
      if (outcome === 'too-old') {
        log.warn({ index: row.name }, 'the search index is too far behind and is made anew');
        await hideIndex(client, prefix, row.name);
      }
    }
  }
  /** Until closed, or until it is time to look whether this is still the living index. */
  async function follow(held: Database, index: string, from: ChangePosition): Promise<'look' | 'too-old'> {
    const sent: SentStatuses = new Map();
    let position = from;
    let next: Promise<Batch> | null = null;
    for (let lookAt = Date.now() + lookEachMs; !signal.aborted; ) {
      const batch: Batch = await (next ?? loadBatch(db, position, perBatch, sent));
      next = null;
      if (batch.tooOld) return 'too-old';
      if (Date.now() > lookAt) {
        const { living } = await listIndices(client, prefix);
        if (living !== index) return 'look';
        lookAt = Date.now() + lookEachMs;
      }
      if (batch.changeCount === 0) {
        await rest();
        await sleep(collectMs);
        continue;
      }
      const isFull = batch.changeCount === perBatch;
      if (isFull) {
        // Read while this one is sent. What it sees of the other's threads may be sent twice, which does no harm.
        next = loadBatch(db, batch.position, perBatch, sent);
        next.catch(() => undefined);
      }
      const { refused } = await sendBulk(client, names.write, batch.entries, signal);
      if (refused.length > 0) log.error({ refused }, 'documents that the search index does not take');
      await moveIndexRow(held, index, batch.position);
      remember(sent, batch.statuses);
      position = batch.position;
      if (failures > 0) log.info('the search index is kept up again');
      failures = 0;
    }
    return 'look';
  }
  async function work(): Promise<void> {
    while (!signal.aborted) {
      try {
        if (!(await whileHolding(db, 'indexer', keepUp))) await sleep(askAgainMs);
      } catch (err) {
        // One line when it begins, not one for each attempt.
        if (failures === 0 && !signal.aborted) log.warn({ err }, 'the search index cannot be kept up');
        await sleep(Math.min(longestPauseMs, firstPauseMs * 2 ** failures));
        failures += 1;
      }
    }
  }
  const working = work();
  const onNotify = () => {
    woken = true;
    wake();
  };
  const listener = listen(databaseUrl, 'buitenwacht_changes', onNotify, (err) => log.warn({ err }, 'not listening'));
  return {
    async close() {
      closing.abort();
      onNotify();
      await listener.close();
      await working;
    },
  };
}
