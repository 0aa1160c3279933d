import { setTimeout as pause } from 'node:timers/promises';
import { type BulkEntry, sendBulk } from '#search/elasticsearch/bulk.ts';
import { documentId } from '#search/elasticsearch/document.ts';
import { listIndices, refresh } from '#search/elasticsearch/indices.ts';
import { indexNames } from '#search/elasticsearch/names.ts';
import { indexStretches, indexVersions, type Stretch, stretchLength } from '#search/elasticsearch/stretches.ts';
import { isBefore, newestPosition } from '#storage/changes.ts';
import { raiseVersions } from '#storage/raise-versions.ts';
import { type ComparisonReport, indexRow, noteComparison } from '#storage/search-indexes.ts';
import { type DocumentRef, stretchesOf, versionsIn } from '#storage/search-source.ts';
import type { IndexDeps } from './build-index.ts';
import { entriesOf } from './index-entries.ts';

const perRepair = 1_000;
/** How long what is on its way may take to arrive before it counts as different. */
const arriveWithinMs = 30_000;

/** `version`: of ours. */
type Difference = DocumentRef & { version: number | null; how: 'missing' | 'old' | 'tooMany' };

/**
 * Holds numbers and versions in the living index beside those that are stored, repairs what differs and notes what it was. Sums over
 * stretches of 10,000 numbers are compared first, so what is equal costs two queries. null: there is no index.
 */
export async function compareIndex(
  { db, client, prefix, log }: IndexDeps,
  stopping?: AbortSignal,
): Promise<ComparisonReport | null> {
  const { living: index } = await listIndices(client, prefix);
  if (index === null || (await indexRow(db, index)) === null) return null;
  await refresh(client, index);
  const ours = await stretchesOf(db, stretchLength);
  const report: ComparisonReport = { compared: 0, missing: 0, old: 0, tooMany: 0 };
  for (const { count } of ours) report.compared += count;

  for (const stretch of differing(ours, await indexStretches(client, index))) {
    if (stopping?.aborted) return null;
    // What is on its way differs for a moment: only what differs still when it has arrived is a difference.
    const suspects = await differencesIn(stretch);
    if (!(await arrived(index))) {
      log.warn({ index }, 'the search index is behind and was not compared');
      return null;
    }
    await refresh(client, index);
    const still = await differencesIn(stretch);
    const differences = [...still].flatMap(([key, one]) => (suspects.get(key)?.version === one.version ? one : []));
    for (const { how } of differences) report[how] += 1;
    for (let i = 0; i < differences.length; i += perRepair) await repair(differences.slice(i, i + perRepair));
  }
  await noteComparison(db, index, report);
  const found = report.missing + report.old + report.tooMany;
  if (found > 0) log.warn({ index, ...report }, 'the search index differed and was repaired');
  else log.info({ index, ...report }, 'the search index is as it should be');
  return report;

  async function repair(refs: readonly DocumentRef[]): Promise<void> {
    const send = async (entries: BulkEntry[]) => {
      const { stale } = await sendBulk(client, indexNames(prefix).write, entries, stopping);
      const left = new Set(stale);
      return refs.filter(({ kind, id }) => left.has(documentId(kind, id)));
    };
    const refused = await send(await entriesOf(db, refs));
    if (refused.length === 0) return;
    // Whatever was done there behind our back raised the version there: what is to be there gets a newer one here.
    await raiseVersions(db, refused);
    const again = await entriesOf(db, refused);
    const left = await send(
      again.map((entry) => ('gone' in entry ? { gone: { ...entry.gone, version: null } } : entry)),
    );
    // So far ahead is an index only when the database went back in time.
    if (left.length > 0) log.error({ index, count: left.length }, 'the search index is ahead: run npm run reindex');
  }
  /** Waits until everything is sent that had changed when this was asked; false: it took too long. */
  async function arrived(name: string): Promise<boolean> {
    const wanted = await newestPosition(db);
    for (const until = Date.now() + arriveWithinMs; Date.now() < until && !stopping?.aborted; await pause(200)) {
      const row = await indexRow(db, name);
      if (row && !isBefore(row.position, wanted)) return true;
    }
    return false;
  }
  async function differencesIn({ kind, stretch }: StretchName): Promise<Map<number, Difference>> {
    const from = stretch * stretchLength;
    const there = await indexVersions(client, index!, { kind, stretch });
    const here = await versionsIn(db, kind, from, from + stretchLength);
    const found = new Map<number, Difference>();
    for (const [id, version] of here) {
      const how = !there.has(id) ? 'missing' : there.get(id) !== version ? 'old' : null;
      if (how) found.set(id, { kind, id, version, how });
    }
    for (const id of there.keys()) if (!here.has(id)) found.set(id, { kind, id, version: null, how: 'tooMany' });
    return found;
  }
}

type StretchName = Pick<Stretch, 'kind' | 'stretch'>;

/** Stretches of which the two sides do not hold the same. */
function differing(ours: readonly Stretch[], theirs: readonly Stretch[]): StretchName[] {
  const key = ({ kind, stretch }: StretchName) => `${kind} ${stretch}`;
  const left = new Map(theirs.map((one) => [key(one), one]));
  const found: StretchName[] = [];
  for (const one of ours) {
    const other = left.get(key(one));
    left.delete(key(one));
    if (!other || other.count !== one.count || other.sum !== one.sum) found.push(one);
  }
  return [...found, ...left.values()];
}
