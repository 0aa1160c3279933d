import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@elastic/elasticsearch';
import { type DocumentKind, EngineAwayError } from '#search/engine.ts';
import { answerOf } from './client.ts';
import { documentId, elasticDocument, type IndexDocument } from './document.ts';

/** A document as it is now, or that it is no more. `version` null: nothing is left that would know. */
export type BulkEntry =
  | { document: IndexDocument }
  | { gone: { kind: DocumentKind; id: number; version: number | null } };

export type BulkReport = {
  /** Took effect: documents written and deleted. */
  written: number;
  /** Older than what stands there; nothing to do, when changes come in order. Ids as documentId makes them. */
  stale: string[];
  /** What the index will not take, whoever sends it and whenever. */
  refused: { id: string; reason: string }[];
};

const withinMs = 10_000;
const mostUnits = 8_000_000;
/** Before an item that was refused is sent again. */
const pausesMs = [50, 200, 800];

type Line = { id: string; text: string };
type Item = { status: number; error?: { type?: string } };

/**
 * Sends entries through an alias that must be there. Versions are those of the rows (external): sent twice, late or out of order,
 * an older one never replaces a newer one. Throws EngineAwayError unless every entry was acknowledged, was stale, or is
 * listed as refused. `signal` gives up a request that hangs.
 */
export async function sendBulk(
  client: Client,
  alias: string,
  entries: readonly BulkEntry[],
  signal?: AbortSignal,
): Promise<BulkReport> {
  const report: BulkReport = { written: 0, stale: [], refused: [] };
  for (const lines of parcels(entries)) await sendParcel(lines, report, (left) => bulk(client, alias, left, signal));
  return report;
}

async function sendParcel(lines: Line[], report: BulkReport, send: (lines: Line[]) => Promise<Item[]>): Promise<void> {
  let left = lines;
  for (let attempt = 0; left.length > 0; attempt++) {
    const items = await send(left);
    const pauseMs = pausesMs[attempt];
    const again: Line[] = [];
    let overloaded = false;
    for (const [index, { status, error }] of items.entries()) {
      const line = left[index]!;
      if (!error) report.written += 1;
      else if (status === 409) report.stale.push(line.id);
      else if (status === 404) throw new EngineAwayError('Elasticsearch has no such alias');
      else if (pauseMs !== undefined) again.push(line);
      else if (status === 429 || status >= 500) overloaded = true;
      else report.refused.push({ id: line.id, reason: error.type ?? `status ${status}` });
    }
    if (overloaded) throw new EngineAwayError('Elasticsearch takes no more documents');
    if (pauseMs !== undefined && again.length > 0) await pause(pauseMs);
    left = again;
  }
}

async function bulk(client: Client, alias: string, lines: Line[], signal?: AbortSignal): Promise<Item[]> {
  const request = client.bulk(
    {
      index: alias,
      require_alias: true,
      operations: lines.map(({ text }) => text),
      filter_path: ['items.*.status', 'items.*.error.type'],
    },
    { requestTimeout: withinMs, ...(signal && { signal }) },
  );
  const items = (await answerOf(request)).items ?? [];
  if (items.length !== lines.length) throw new EngineAwayError('Elasticsearch answered for other documents');
  return items.map((item) => (item.index ?? item.delete) as Item);
}

/** Lines of the bulk format, in requests of a size that any server takes (its limit is 100 MB). */
function* parcels(entries: readonly BulkEntry[]): Generator<Line[]> {
  let lines: Line[] = [];
  let units = 0;
  for (const entry of entries) {
    const line = lineOf(entry);
    if (lines.length > 0 && units + line.text.length > mostUnits) {
      yield lines;
      lines = [];
      units = 0;
    }
    lines.push(line);
    units += line.text.length;
  }
  if (lines.length > 0) yield lines;
}

/**
 * Equal versions overwrite (external_gte): the state of a thread changes without its mentions changing. One process at a time
 * writes, from the present state, so the last one is right.
 */
export function lineOf(entry: BulkEntry): Line {
  if ('gone' in entry) {
    const { kind, id, version } = entry.gone;
    const _id = documentId(kind, id);
    const versioned = version === null ? {} : { version, version_type: 'external_gte' };
    return { id: _id, text: JSON.stringify({ delete: { _id, ...versioned } }) };
  }
  const { kind, id, version } = entry.document;
  const _id = documentId(kind, id);
  const action = { index: { _id, version, version_type: 'external_gte' } };
  return { id: _id, text: `${JSON.stringify(action)}\n${JSON.stringify(elasticDocument(entry.document))}` };
}
