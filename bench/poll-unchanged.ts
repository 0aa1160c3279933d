import { fork } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Agent, request } from 'undici';
import { connectorFor } from '#ingest/registry.ts';
import { createIngestThread } from '#ingest/thread.ts';
import { parseFetchAllow } from '#platform/address.ts';
import { createHttp } from '#platform/http.ts';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { openDatabase } from '#storage/database.ts';
import { installationSecret } from '#storage/installation.ts';
import { createKeys } from '#storage/keys.ts';
import { migrate } from '#storage/migrate.ts';
import { type PollJob, pollBatch } from '#workers/poll.ts';
import type { PollDeps } from '#workers/poll-source.ts';
import { startSchedule } from '#workers/schedule.ts';
import { pollJobs } from '#workers/workers.ts';
import type { Bench } from './harness.ts';

/** So many requests are in flight on either side: the jobs of workers/workers.ts with the polls of each. */
const concurrency = 48;
const validators = { 'if-none-match': '"unchanged"', 'if-modified-since': 'Mon, 23 Nov 2026 10:00:00 GMT' };
const allow = parseFetchAllow('127.0.0.0/8');

/**
 * P5: sources that are all due and all unchanged, through everything a poll is (claimed in batches, asked, the next time
 * written), beside the same GETs by a bare undici loop, which cannot be beaten, and by our client alone.
 */
export const pollUnchangedBench: Bench = {
  id: 'P5',
  title: 'unchanged sources polled',
  unit: 'polls',
  targets: [{ peer: 'bare undici', now: 0.5, goal: 0.7, is: 'at-least' }],
  open: (size) => openUnchangedPolls(size === 'smoke' ? 2_000 : 10_000),
};

/** A source has a past: twenty items, one each half day. */
const history = (now: Date) => Array.from({ length: 20 }, (_, n) => now.getTime() - (n + 1) * 43_200_000);

async function openUnchangedPolls(sourceCount: number): Promise<Awaited<ReturnType<Bench['open']>>> {
  const server = await startUnchangedServer();
  const addresses = Array.from({ length: sourceCount }, (_, i) => server.address(i));
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-unchanged-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const log = createLog('error');
  const postgres = await startPostgres({ dataDir, log });
  await migrate(postgres.url);
  const { db } = openDatabase(postgres.url, { max: 10, name: 'bench', onError: () => undefined });
  await sql`
    with added as (insert into sources (connector, settings, place, label, etag, last_modified, recent)
      select 'feed', jsonb_build_object('url', url), url, url, ${validators['if-none-match']},
        ${validators['if-modified-since']}, ${`{${history(new Date()).join()}}`}::bigint[]
      from unnest(${addresses}::text[]) url returning id)
    insert into source_polls (source_id, last_polled_at) select id, now() from added`.execute(db);
  const http = createHttp({ contact: null, version: 'bench', allow });
  const ingest = createIngestThread();
  const deps = { db, keys: createKeys(await installationSecret(db)), http, ingest, connectorFor, allow, log };
  const agent = new Agent();

  const nothing = async () => undefined;
  let closing = Promise.resolve();

  return {
    sides: [
      {
        name: 'buitenwacht',
        reset: async () => {
          await closing;
          await sql`update source_polls set next_poll_at = now() - interval '1 second'`.execute(db);
          // What the server does by itself within a minute of so many changes.
          await sql`vacuum analyze source_polls`.execute(db);
        },
        run: async () => {
          const { polled, close } = await pollAll(deps, postgres.url, sourceCount);
          closing = close();
          return polled;
        },
      },
      {
        name: 'bare undici',
        reset: nothing,
        run: () =>
          eachAtOnce(addresses, async (url) => {
            const { statusCode, body } = await request(url, { headers: validators, dispatcher: agent });
            await body.dump();
            return statusCode;
          }),
      },
      {
        name: 'our client alone',
        reset: nothing,
        run: () => eachAtOnce(addresses, async (url) => (await http.request({ url, headers: validators })).status),
      },
    ],
    gate: async () => {
      const { rows } = await sql<{
        left: number;
      }>`select count(*)::int as left from sources join source_polls on source_id = id
        where next_poll_at <= now() or failures > 0 or lease is not null or last_polled_at is null`.execute(db);
      if (rows[0]?.left !== 0) throw new Error(`${rows[0]?.left} sources were not polled, or not well`);
    },
    close: async () => {
      await closing;
      await Promise.all([http.close(), agent.destroy(), ingest.close()]);
      await db.destroy();
      await postgres.stop();
      server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Everything that is due, as workers/workers.ts does it: the schedule claims ahead, jobs take what it claimed. Only the queue
 * between them is an array here. Answers how many sources were polled, and how to end it.
 */
async function pollAll(deps: PollDeps, databaseUrl: string, count: number) {
  const waiting: PollJob[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let running = 0;
  let polled = 0;
  const begin = () => {
    for (; running < pollJobs && waiting.length > 0; running++) {
      const job = waiting.shift()!;
      schedule.begun();
      pollBatch(deps, job, new AbortController().signal).then(() => {
        polled += job.sourceIds.length;
        running -= 1;
        if (polled >= count) resolve();
        else begin();
      }, reject);
    }
  };
  const schedule = startSchedule({
    databaseUrl,
    db: deps.db,
    log: deps.log,
    queue: {
      add: async (job) => {
        waiting.push(job);
        begin();
      },
      waitingCount: async () => waiting.length,
    },
  });
  await promise.catch(async (error) => {
    await schedule.close();
    throw error;
  });
  return { polled, close: schedule.close };
}

/** Asks for every address once; throws unless each answer was 304. */
async function eachAtOnce(addresses: string[], ask: (address: string) => Promise<number>): Promise<number> {
  let next = 0;
  const worker = async () => {
    while (next < addresses.length) {
      const status = await ask(addresses[next++]!);
      if (status !== 304) throw new Error(`an unchanged source answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return addresses.length;
}

/** Sources that never change, spread over 16 hosts, in a process of their own. */
async function startUnchangedServer(): Promise<{ address: (source: number) => string; stop: () => void }> {
  const child = fork(join(import.meta.dirname, 'poll-unchanged-server.ts'));
  const origins = await new Promise<string[]>((resolve, reject) => {
    child.once('message', (message) => resolve(message as string[]));
    child.once('exit', () => reject(new Error('the server of unchanged sources did not start')));
  });
  return {
    address: (source) => `${origins[source % origins.length]}/feeds/${source}.xml`,
    stop: () => void child.kill(),
  };
}
