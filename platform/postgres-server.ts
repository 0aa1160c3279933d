import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Account, Binaries } from './postgres-binaries.ts';
import { name, type PidFile, readPidFile, removeStalePidFile, servesFolder } from './postgres-cluster.ts';

export type ServerSettings = Record<string, string>;

/** Measured for one process and its queues on a small machine. Durability (fsync, full pages, synchronous commit) is PostgreSQL's default: on. */
export const defaultSettings: ServerSettings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '128MB',
  max_connections: '60',
  jit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '512MB',
  checkpoint_timeout: '15min',
  max_parallel_workers_per_gather: '0',
  autovacuum_naptime: '20s',
  io_method: 'worker',
  io_workers: '1',
  // An open transaction that has written holds up every reader of the change table.
  transaction_timeout: '30s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // What people wrote never reaches a log: neither the statement nor the values in an error's detail.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

export type Cluster = {
  folder: string;
  socketFolder: string;
  binaries: Binaries;
  account: Account;
  settings: ServerSettings;
};

/** Name of the server; changes with its settings, so that one started by an older version is recognised. */
export function clusterName(cluster: Cluster): string {
  const text = JSON.stringify([cluster.settings, cluster.binaries.postgres, cluster.socketFolder]);
  return `buitenwacht-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}

export const connectionUrl = (socketFolder: string, database: string) =>
  `postgresql://${name}@/${database}?host=${encodeURIComponent(socketFolder)}`;

/** One connection, or null while the server does not answer. */
export async function connect(socketFolder: string, applicationName: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: connectionUrl(socketFolder, 'postgres'),
    application_name: applicationName,
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
  });
  // Obligatory: without a listener a server that goes away would end us too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return null;
  }
}

export type Server = { client: pg.Client; child: ChildProcess | null; pidFile: PidFile };

/**
 * A connection to the server of this data folder: to the one that runs already (left behind when we were killed, or another
 * instance's: the caller's lock tells), else to one started now. Throws when none can be had within 60 s.
 */
export async function findOrStart(cluster: Cluster, applicationName: string): Promise<Server> {
  const until = Date.now() + 60_000;
  let failure = '';
  while (Date.now() < until) {
    const seen = await readPidFile(cluster.folder);
    if (seen === null) {
      const outcome = await start(cluster, applicationName, until);
      if (typeof outcome !== 'string') return outcome;
      failure = outcome;
      // Lost to another start, or the last server's processes still hold its memory: look again. Else it is hopeless.
      if (!/postmaster\.pid|shared memory|Address already in use/i.test(outcome)) break;
    } else {
      const client = await connect(seen.socketFolder || cluster.socketFolder, applicationName);
      if (client) return { client, child: null, pidFile: seen };
      if (!(await servesFolder(seen.pid, cluster.folder))) await removeStalePidFile(cluster.folder, seen);
      failure = `the server with process id ${seen.pid} does not answer`;
    }
    await sleep(100);
  }
  throw new Error(`PostgreSQL does not start on ${cluster.folder}: ${failure}`);
}

/** The running server, or what it said when it gave up. */
async function start(cluster: Cluster, applicationName: string, until: number): Promise<Server | string> {
  // Beside the data folder, which only PostgreSQL touches; begun anew at each start, so it never grows old.
  const logPath = `${cluster.folder}.log`;
  await rm(logPath, { force: true });
  const log = await open(logPath, 'a', 0o600);
  const settings = {
    ...cluster.settings,
    unix_socket_directories: cluster.socketFolder,
    cluster_name: clusterName(cluster),
  };
  const child = spawn(
    cluster.binaries.postgres,
    ['-D', cluster.folder, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    {
      ...cluster.account,
      // A session of its own: Ctrl-C goes to our process group, and the server must outlive our last query.
      detached: true,
      cwd: '/',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log.fd, log.fd],
    },
  );
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(spawnSentence(error)));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
  await log.close();
  try {
    let gaveUp: string | null = null;
    void ended.then((reason) => {
      gaveUp = reason;
    });
    while (Date.now() < until) {
      if (gaveUp !== null) {
        const said = await readFile(logPath, 'utf8').catch(() => '');
        return `${gaveUp}${said ? `: ${said.trim().split('\n').slice(-4).join(' ')}` : ''}`;
      }
      const pidFile = await readPidFile(cluster.folder);
      if (pidFile?.ready && pidFile.pid === child.pid) {
        const client = await connect(cluster.socketFolder, applicationName);
        if (client) return { client, child, pidFile };
      }
      await sleep(10);
    }
    return 'it did not become ready';
  } finally {
    child.unref();
  }
}

function spawnSentence(error: Error): string {
  return (error as NodeJS.ErrnoException).code === 'EPERM'
    ? 'root may not run a program as another user here: run Buitenwacht as an ordinary user, or set DATABASE_URL'
    : error.message;
}

/**
 * Stops the server named in `pidFile`: transactions end first, connections are cut; after 6 s without mercy. Stopped means
 * the pid file is gone: a process that nobody reaped answers to its number for ever.
 */
export async function stopServer(cluster: Cluster, pidFile: PidFile): Promise<void> {
  const gone = async () => (await readPidFile(cluster.folder))?.pid !== pidFile.pid;
  for (const [signal, waitMs] of [
    ['SIGINT', 6_000],
    ['SIGQUIT', 2_000],
  ] as const) {
    if (await gone()) return;
    if (!(await servesFolder(pidFile.pid, cluster.folder))) return;
    try {
      process.kill(pidFile.pid, signal);
    } catch {
      return;
    }
    for (const until = Date.now() + waitMs; Date.now() < until; await sleep(10)) if (await gone()) return;
  }
}

/** The kernel takes 107 bytes for the path of a socket. */
export const longestSocketFolder = 107 - '/.s.PGSQL.5432'.length;
