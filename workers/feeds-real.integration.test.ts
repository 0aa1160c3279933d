import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectorFor } from '#ingest/registry.ts';
import { createIngestThread } from '#ingest/thread.ts';
import { parseFetchAllow } from '#platform/address.ts';
import { createHttp } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { claimDue } from '#storage/source-polls.ts';
import { addSources } from '#storage/sources.ts';
import { aSource } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { brokenPromises } from '#test/saving.ts';
import { pollBatch } from './poll.ts';
import type { PollDeps } from './poll-source.ts';

const root = resolve(import.meta.dirname, '..');
const folder = join(resolve(root, process.env.CORPORA_DIR ?? '../shared/corpora'), 'feeds-real');
const present = existsSync(folder);
let database: FreshDatabase;
let deps: PollDeps;
let server: Server;
let closing: (() => Promise<unknown>)[] = [];

function filesIn(path: string): string[] {
  return readdirSync(path).flatMap((name) => {
    const file = join(path, name);
    if (statSync(file).isDirectory()) return filesIn(file);
    return /\.(md|tsv|txt)$/i.test(name) ? [] : [file];
  });
}

beforeAll(async () => {
  database = await freshDatabase();
  server = createServer((request, response) => {
    response.end(readFileSync(join(folder, decodeURIComponent(request.url ?? '').slice(1))));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const allow = parseFetchAllow('127.0.0.1');
  const http = createHttp({ contact: null, version: '0', allow });
  const ingest = createIngestThread({ deadlineMs: 20_000 });
  const keys = createKeys(await installationSecret(database.db));
  deps = { db: database.db, keys, http, ingest, connectorFor, allow, log: createLog('error') };
  closing = [() => ingest.close(), () => http.close(), async () => server.close(), () => database.drop()];
});
afterAll(async () => {
  for (const close of closing) await close();
});

async function pollAll(): Promise<void> {
  for (;;) {
    const lease = crypto.randomUUID();
    const sourceIds = await claimDue(database.db, lease, 200, 600);
    if (sourceIds.length === 0) return;
    await pollBatch(deps, { lease, sourceIds }, new AbortController().signal);
  }
}

/** Everything that a poll may write, as numbers that move when it does. */
async function rows() {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*) from mentions)::int as mentions, (select count(*) from mention_texts)::int as texts,
      (select count(*) from mention_keys)::int as keys, (select count(*) from threads)::int as threads,
      (select sum(version) from mentions)::int as versions, (select count(*) from joined)::int as joined,
      (select count(*) from changes where kind < 3)::int as changes`.execute(database.db);
  return rows[0]!;
}

test.runIf(present)(
  'real feeds polled twice: the second time brings no row, although nothing was 304',
  async () => {
    const { port } = server.address() as AddressInfo;
    const urls = filesIn(folder).map(
      (file) =>
        `http://127.0.0.1:${port}/${file
          .slice(folder.length + 1)
          .split('/')
          .map(encodeURIComponent)
          .join('/')}`,
    );
    expect(urls.length).toBeGreaterThan(250);
    await addSources(
      database.db,
      urls.map((url) => aSource({ settings: { url }, place: url })),
    );
    await pollAll();
    const first = await rows();
    expect(first.mentions).toBeGreaterThan(3_000);
    // Forget what would spare the work: every document is read and compared again.
    await sql`with forgotten as (update sources set etag = null, last_modified = null, body_hash = null)
      update source_polls set next_poll_at = now()`.execute(database.db);
    await pollAll();
    expect(await rows()).toEqual(first);
    expect(await brokenPromises(database.db)).toEqual([]);
    const bugs = await sql<{ place: string }>`
    select place from sources where last_error->>'reason' = 'internal'`.execute(database.db);
    expect(bugs.rows).toEqual([]);
  },
  120_000,
);
