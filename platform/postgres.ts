import { createHash } from 'node:crypto';
import { rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Log } from './log.ts';
import { findBinaries, serverAccount, temporaryFolder } from './postgres-binaries.ts';
import { name, prepareCluster, prepareSocketFolder, removeLeftovers } from './postgres-cluster.ts';
import {
  type Cluster,
  clusterName,
  connectionUrl,
  defaultSettings,
  findOrStart,
  longestSocketFolder,
  type Server,
  type ServerSettings,
  stopServer,
} from './postgres-server.ts';

/** This data folder is in use: a sentence for the person who started a second instance. */
export class InUseError extends Error {
  override readonly name = 'InUseError';
}

export type Postgres = {
  /** Address of our database, for pg and for libpq-like readers. */
  url: string;
  /** Where the files are: `dataDir/pg`, or what that links to. */
  folder: string;
  /** Process id of the server at this moment. */
  pid: () => number;
  stop: () => Promise<void>;
};

export type PostgresOptions = {
  dataDir: string;
  log: Log;
  /** On top of the defaults; tests use it. */
  settings?: ServerSettings;
  /** The server is gone for good, or another instance took the folder: nothing can be written any more. */
  onLost?: (error: Error) => void;
};

// Any number; advisory locks live in the database `postgres`, where nothing else of ours takes one.
const lockKey = 0x6275_6975;

/**
 * PostgreSQL as a child of ours on `dataDir`: made when absent, found when it survived us, started again when it dies. One
 * connection holds a lock for as long as we live, so a second instance on the same folder is refused (InUseError).
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { log } = options;
  const dataDir = resolve(options.dataDir);
  const account = serverAccount();
  const binaries = await findBinaries(account);
  const folder = await prepareCluster(dataDir, binaries, account);
  if (folder !== join(dataDir, 'pg')) log.info({ folder, dataDir }, 'the database files live outside DATA_DIR');
  const socketName = `bw-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  const temporary = await temporaryFolder(account, longestSocketFolder - socketName.length - 1);
  const socketFolder = join(temporary, socketName);
  await prepareSocketFolder(socketFolder, account);
  const settings = { ...defaultSettings, ...options.settings };
  const cluster: Cluster = { folder, socketFolder, binaries, account, settings };

  let server = await ownServer(cluster, dataDir);
  let stopping = false;
  watch();
  removeLeftovers(dataDir).catch((err) => log.warn({ err }, 'leftovers of an earlier start stay'));
  log.debug({ pid: server.pidFile.pid, adopted: server.child === null }, 'database server runs');

  function watch(): void {
    server.client.once('end', () => {
      if (!stopping) void restart();
    });
  }

  /** Losing the connection is losing the lock: get both back, or say that we may not write any more. */
  async function restart(): Promise<void> {
    log.error({ pid: server.pidFile.pid }, 'the database server went away; starting it again');
    try {
      server = await ownServer(cluster, dataDir);
      if (stopping) return await endServer();
      watch();
      log.info({ pid: server.pidFile.pid }, 'the database server is back');
    } catch (error) {
      if (!stopping) options.onLost?.(error as Error);
    }
  }

  async function endServer(): Promise<void> {
    await othersGone(server.client);
    await stopServer(cluster, server.pidFile);
    await server.client.end().catch(() => undefined);
    await rmdir(socketFolder).catch(() => undefined);
  }

  return {
    url: connectionUrl(server.pidFile.socketFolder || socketFolder, name),
    folder,
    pid: () => server.pidFile.pid,
    stop: async () => {
      if (stopping) return;
      stopping = true;
      await endServer();
    },
  };
}

/** A server with our settings that we hold the lock of, with our database in it. */
async function ownServer(cluster: Cluster, dataDir: string): Promise<Server> {
  const applicationName = `buitenwacht, process ${process.pid}`;
  for (;;) {
    const server = await findOrStart(cluster, applicationName);
    await lock(server.client, dataDir);
    if (server.child === null && (await settingsDiffer(server.client, cluster))) {
      await stopServer(cluster, server.pidFile);
      await server.client.end().catch(() => undefined);
      continue;
    }
    const { rowCount } = await server.client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await server.client.query(`create database ${name}`);
    return server;
  }
}

/**
 * A pool says that it has ended before its connections have: stopped in that moment, the server sends each of them an error.
 * Somebody else's connection is waited for no longer than this.
 */
async function othersGone(client: pg.Client): Promise<void> {
  const sql = `select count(*)::int count from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
  for (let attempt = 0; attempt < 25; attempt += 1) {
    const answer = await client.query<{ count: number }>(sql).catch(() => null);
    if (answer === null || answer.rows[0]?.count === 0) return;
    await sleep(10);
  }
}

async function settingsDiffer(client: pg.Client, cluster: Cluster): Promise<boolean> {
  const { rows } = await client.query<{ cluster_name: string }>('show cluster_name');
  return rows[0]?.cluster_name !== clusterName(cluster);
}

/** Waits a moment: the lock of a process that was just killed goes when the kernel closes its connection. */
async function lock(client: pg.Client, dataDir: string): Promise<void> {
  for (let attempt = 0; attempt < 6; attempt += 1) {
    if (attempt > 0) await sleep(150);
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) taken', [lockKey]);
    if (rows[0]?.taken) return;
  }
  const { rows } = await client.query<{ holder: string }>(
    `select a.application_name holder from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and l.objid = $1::bigint::oid and a.pid <> pg_backend_pid()`,
    [lockKey],
  );
  await client.end().catch(() => undefined);
  throw new InUseError(
    `${dataDir} is in use by another Buitenwacht (${rows[0]?.holder ?? 'unknown'}): stop that one, or set DATA_DIR to another folder.`,
  );
}
