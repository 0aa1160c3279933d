import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@elastic/elasticsearch';
import { sql } from 'kysely';
import { createLog } from '#platform/log.ts';
import { lineOf } from '#search/elasticsearch/bulk.ts';
import { createClient } from '#search/elasticsearch/client.ts';
import { listIndices, makeIndex, refresh, removeIndex } from '#search/elasticsearch/indices.ts';
import { indexStretches } from '#search/elasticsearch/stretches.ts';
import { isBefore, newestPosition } from '#storage/changes.ts';
import type { Database } from '#storage/database.ts';
import { indexRow, startIndexRow } from '#storage/search-indexes.ts';
import { type DocumentRef, documentsAfter } from '#storage/search-source.ts';
import { startIndexing } from '#workers/index-changes.ts';
import type { Bench, Rounds, Size } from './harness.ts';
import { type IndexWorld, indexWorld } from './index-world.ts';

const url = process.env.ELASTICSEARCH_URL;
const sizes = { smoke: 50_000, std: 1_000_000 };
/** The two indices grow by turns, a small part a round, so that whatever else the machine does befalls both. */
const rounds: Record<Size, Rounds> = { smoke: { warm: 1, timed: 9 }, std: { warm: 2, timed: 48 } };
const partOf = (size: Size): number => sizes[size] / (rounds[size].warm + rounds[size].timed);
const raw = 'raw _bulk';
const linesPerRequest = 1_000;
const patient = { requestTimeout: 60_000 };

/** P22: from change rows to an index, against sending the same lines, made beforehand, in requests of the same size. */
const indexing: Bench = {
  id: 'P22',
  title: 'mentions to Elasticsearch through the change table',
  unit: 'documents',
  targets: [{ peer: raw, now: 0.8, goal: 0.8, is: 'at-least' }],
  rounds,
  async open(size) {
    const world = await indexWorld(sizes[size]);
    const client = createClient(url!);
    const [ours, theirs] = ['bench-ours', 'bench-raw'] as const;
    const lines = await writeLines(world.db);
    await startIndexRow(world.db, { name: await emptied(client, ours), position: world.begin, building: null });
    const index = await emptied(client, theirs);
    const part = partOf(size);
    let changed = 0;
    let sent = 0;
    const sums = async (prefix: string) =>
      JSON.stringify(await indexStretches(client, (await listIndices(client, prefix)).living!));
    const same = async () => {
      if ((await sums(ours)) !== (await sums(theirs))) throw new Error('void: the two indices do not hold the same');
    };
    return {
      sides: [
        {
          name: 'buitenwacht',
          reset: () => world.change(changed + 1, changed + part),
          run: async () => {
            await throughChanges(world, client, ours);
            changed += part;
            return part;
          },
        },
        {
          name: raw,
          reset: async () => undefined,
          run: async () => {
            for (const body of lines.bodies(sent, sent + part))
              await client.transport.request({ method: 'POST', path: `/${index}/_bulk`, bulkBody: body }, patient);
            await refresh(client, index);
            sent += part;
            return part;
          },
        },
      ],
      gate: same,
      notes: () => ({ bytes: lines.bytes, held: sent }),
      close: async () => {
        try {
          await same();
        } finally {
          for (const prefix of [ours, theirs]) await removeAll(client, prefix);
          await client.close();
          lines.remove();
          await world.close();
        }
      },
    };
  },
};

async function removeAll(client: Client, prefix: string): Promise<void> {
  for (const index of (await listIndices(client, prefix)).every) await removeIndex(client, index);
}

async function emptied(client: Client, prefix: string): Promise<string> {
  await removeAll(client, prefix);
  return await makeIndex(client, prefix, 'living');
}

/** Until everything that changed is acknowledged and searchable. */
async function throughChanges({ db, url: databaseUrl }: IndexWorld, client: Client, prefix: string): Promise<void> {
  const { living } = await listIndices(client, prefix);
  const wanted = await newestPosition(db);
  const worker = startIndexing({ db, databaseUrl, client, prefix, log: createLog('error') });
  while (isBefore((await indexRow(db, living!))!.position, wanted)) await sleep(20);
  await refresh(client, living!);
  await worker.close();
}

/** The lines that ours sends, in a file; 1,000 documents a request. */
async function writeLines(db: Database) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-lines-'));
  const file = openSync(join(folder, 'lines'), 'w+');
  const ends: number[] = [0];
  for (let last: DocumentRef | null = null; ; ) {
    const documents = await documentsAfter(db, last, linesPerRequest);
    if (documents.length === 0) break;
    const body = documents.map((document) => `${lineOf({ document }).text}\n`).join('');
    ends.push(ends.at(-1)! + writeSync(file, body));
    last = documents.at(-1)!;
  }
  return {
    bytes: ends.at(-1)!,
    /** Those of so many documents, after so many others: whole requests. */
    *bodies(from: number, until: number): Generator<string> {
      for (let n = from / linesPerRequest; n < until / linesPerRequest; n++) {
        const buffer = Buffer.allocUnsafe(ends[n + 1]! - ends[n]!);
        readSync(file, buffer, 0, buffer.length, ends[n]!);
        yield buffer.toString();
      }
    },
    remove: () => {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const mentionsPerSecond = 50;
const mostLagMs = 2_000;
const lagSeconds = { smoke: 15, std: 60 };

/** P22, lag: from the commit of a mention to a search that finds it, at 50 a second. Writes bench/results/; false: p95 above 2 s. */
async function lagBench(size: Size): Promise<boolean> {
  const world = await indexWorld(1_000);
  const client = createClient(url!);
  const prefix = 'bench-lag';
  const { db } = world;
  const taken: number[] = [];
  try {
    const name = await emptied(client, prefix);
    await startIndexRow(db, { name, position: world.begin, building: null });
    await world.change(1, 1_000);
    await throughChanges(world, client, prefix);
    const worker = startIndexing({ db, databaseUrl: world.url, client, prefix, log: createLog('error') });
    const committed = new Map<number, number>();
    let isOver = false;
    const looking = (async () => {
      for (let after = 1_000_000; !isOver || committed.size > 0; await sleep(20)) {
        const { hits } = await client.search(
          { index: name, size: 1_000, query: { range: { id: { gt: after } } }, sort: [{ id: 'asc' }], _source: false },
          patient,
        );
        for (const { sort } of hits.hits) {
          after = Number(sort![0]);
          taken.push(performance.now() - committed.get(after)!);
          committed.delete(after);
        }
      }
    })();
    for (let n = 1; n <= lagSeconds[size] * mentionsPerSecond; n++) {
      const id = 1_000_000 + n;
      await sql`with said as (
          insert into search_documents (kind, ref, thread_id, circle_id, sort_at, type, words, version)
          select kind, ${id}, ${id}, circle_id, now(), type, words, 1 from search_documents where ref = ${n % 1_000 || 1}
        ), told as (insert into changes (kind, ref) values (2, ${id}))
        select pg_notify('buitenwacht_changes', '')`.execute(db);
      committed.set(id, performance.now());
      await sleep(1_000 / mentionsPerSecond);
    }
    isOver = true;
    await looking;
    await worker.close();
  } finally {
    await removeAll(client, prefix);
    await client.close();
    await world.close();
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => Math.round(taken[Math.min(taken.length - 1, Math.floor(taken.length * share))]!);
  const ms = { p50: at(0.5), p95: at(0.95), max: at(1) };
  const met = ms.p95 <= mostLagMs;
  const now = new Date().toISOString();
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] };
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, `P22-lag-${size}-${now.replaceAll(':', '-')}.json`),
    JSON.stringify(
      { schema: 1, bench: 'P22-lag', size, at: now, machine, mentionsPerSecond, ms, mostLagMs, met },
      null,
      2,
    ),
  );
  process.stdout.write(
    `P22-lag, from commit to found (${size})\n  p50 ${ms.p50} ms, p95 ${ms.p95} ms, slowest ${ms.max} ms of ${taken.length}, at most ${mostLagMs}: ${met ? 'met' : 'MISSED'}\n`,
  );
  return met;
}

/** Only where there is an Elasticsearch (ELASTICSEARCH_URL); what they make there they take away again. */
export const indexBenches: Bench[] = url ? [indexing] : [];
export const indexOthers = url
  ? [{ id: 'P22-lag', title: 'from commit to found in Elasticsearch', run: lagBench }]
  : [];
