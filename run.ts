import type { Config } from '#platform/config.ts';
import type { Log } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { type Closing, closeInOrder } from '#platform/shutdown.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { migrate } from '#storage/migrate.ts';

export type Role = 'api' | 'workers';

export type Running = {
  /** Where the stream can be opened; null without the API. */
  url: string | null;
  db: Database;
  databaseUrl: string;
  /** Stops taking work, finishes what runs, closes everything. Safe to call twice. */
  close: () => Promise<void>;
};

export type RunOptions = {
  roles: Role[];
  config: Config;
  log: Log;
  /** The database is gone for good: nothing can be kept any more. */
  onLost?: (error: Error) => void;
};

// Connections of one process: with those of the queues they stay well below the server's.
const poolSize = { api: 10, workers: 8 };
/** Keeping a search index up holds on to these. */
const indexConnections = 2;

/**
 * Puts the parts together: database (our own, or by address), schema, HTTP client, API and workers as asked. Rejects, with
 * everything closed again, when any of them does not start.
 */
export async function run({ roles, config, log, onLost }: RunOptions): Promise<Running> {
  const closings: Closing[][] = [];
  let closed: Promise<unknown> | null = null;
  const close = async () => {
    closed ??= closeInOrder(closings, log);
    await closed;
  };
  /** Later parts rest on earlier ones, so they close first. */
  const closeBefore = (...steps: Closing[]) => closings.unshift(steps);

  // The modules load while the database server starts in a process of its own.
  const modules = loadModules(roles);
  modules.catch(() => undefined); // Told below, where it is awaited.
  try {
    const databaseUrl = config.databaseUrl ?? (await embedded());
    await migrate(databaseUrl);
    const { createHttp, hostGate, startApi, startWorkers, ...journals } = await modules;
    const {
      installationName,
      installationSecret,
      journalErasures,
      keepJournal,
      keepTimeZone,
      openJournal,
      replayErasures,
    } = journals;

    const open = (role: Role) => {
      const onError = (err: Error) => {
        if (!closed) log.warn({ err, part: role }, 'a database connection broke');
      };
      const more = role === 'workers' && config.elasticsearchUrl !== null ? indexConnections : 0;
      const { db } = openDatabase(databaseUrl, { max: poolSize[role] + more, name: `buitenwacht ${role}`, onError });
      return db;
    };
    const dbs = roles.map((role) => [role, open(role)] as const);
    closeBefore(...dbs.map(([role, db]) => ({ name: `${role} database`, close: () => db.destroy(), withinMs: 500 })));
    const dbOf = Object.fromEntries(dbs) as Record<Role, Database>;
    const db = dbOf.api ?? dbOf.workers;

    await keepTimeZone(db, config.timeZone);
    // Before anybody can look, and before anything is polled: nobody who was erased comes back with an older database.
    const journal = await openJournal(config.erasureJournal, installationName(await installationSecret(db)));
    closeBefore({ name: 'journal', close: journal.close, withinMs: 500 });
    for (const [, one] of dbs) keepJournal(one, journal);
    const replayed = await replayErasures(db, journal);
    if (replayed > 0) log.warn({ lines: replayed }, 'erased again what an older database had brought back');
    await journalErasures(db);

    const { contact, fetchAllow: allow } = config;
    const http = createHttp({ contact, version: await version(), allow, gate: hostGate(dbOf.workers ?? db), log });
    closeBefore({ name: 'http', close: () => http.close(), withinMs: 500 });

    // Both stop taking work at the same moment; requests and batches under way get the same time to finish.
    const parts: Closing[] = [];
    closings.unshift(parts);
    const api =
      startApi && (await startApi({ db: dbOf.api, databaseUrl, http, config, log: log.child({ part: 'api' }) }));
    if (api) parts.push({ name: 'api', close: api.close, withinMs: 5_500 });
    const workers =
      startWorkers &&
      (await startWorkers({ databaseUrl, db: dbOf.workers, http, config, log: log.child({ part: 'workers' }) }));
    if (workers) parts.push({ name: 'workers', close: workers.close, withinMs: 5_500 });
    return { url: api?.url ?? null, db, databaseUrl, close };
  } catch (error) {
    await close();
    throw error;
  }

  async function embedded(): Promise<string> {
    const postgres = await startPostgres({
      dataDir: config.dataDir,
      log: log.child({ part: 'database' }),
      ...(onLost ? { onLost } : {}),
    });
    closeBefore({ name: 'database', close: postgres.stop, withinMs: 3_000 });
    return postgres.url;
  }
}

async function loadModules(roles: Role[]) {
  const [{ createHttp }, { hostGate }, secret, journal, { replayErasures }, api, workers] = await Promise.all([
    import('#platform/http.ts'),
    import('#storage/hosts.ts'),
    import('#storage/installation.ts'),
    import('#storage/erasure-journal.ts'),
    import('#storage/replay-erasures.ts'),
    roles.includes('api') ? import('#api/server.ts') : null,
    roles.includes('workers') ? import('#workers/workers.ts') : null,
  ]);
  const { installationName, installationSecret, keepTimeZone } = secret;
  const { journalErasures, keepJournal, openJournal } = journal;
  return {
    createHttp,
    hostGate,
    installationName,
    installationSecret,
    keepTimeZone,
    journalErasures,
    keepJournal,
    openJournal,
    replayErasures,
    startApi: api?.startApi,
    startWorkers: workers?.startWorkers,
  };
}

async function version(): Promise<string> {
  const { default: manifest } = await import('./package.json', { with: { type: 'json' } });
  return manifest.version;
}
