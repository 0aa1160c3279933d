import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Config, ConfigError, environment, readConfig } from '#platform/config.ts';
import { createLog, redactText } from '#platform/log.ts';
import { InUseError, startPostgres } from '#platform/postgres.ts';
import { name, readPidFile } from '#platform/postgres-cluster.ts';
import { connectionUrl } from '#platform/postgres-server.ts';
import { BackupError } from '#storage/backup-format.ts';
import { JournalError } from '#storage/erasure-journal.ts';
import { isDatabaseAway } from '#storage/unavailable.ts';

/** What a command of one line works on: the settings, the address of the database, and the file that was named. */
export type Given = { config: Config; databaseUrl: string; file: string };

/**
 * Runs a command that takes a file and works on the database: the one by address, or our own, started for it when it does not run. Says on
 * stdout what `work` answers; on stderr, with exit status 1, why it could not.
 * `mayRun`: whether it works beside a running Buitenwacht, on what that has; otherwise on a folder that nobody uses, made when it is absent.
 */
export async function command(usage: string, mayRun: boolean, work: (given: Given) => Promise<string>): Promise<void> {
  try {
    const [file, ...more] = process.argv.slice(2);
    if (file === undefined || more.length > 0) throw new BackupError(usage);
    const config = readConfig(environment, { demo: false });
    const said = await onDatabase(config, mayRun, (databaseUrl) => work({ config, databaseUrl, file: resolve(file) }));
    process.stdout.write(`${said}\n`);
  } catch (error) {
    const isKnown = [BackupError, ConfigError, InUseError, JournalError].some((kind) => error instanceof kind);
    const { message, stack = message } = error as Error;
    const sentence = isKnown ? message : isDatabaseAway(error) ? `The database does not answer: ${message}` : stack;
    process.stderr.write(`${redactText(sentence)}\n`);
    process.exitCode = 1;
  }
}

async function onDatabase(config: Config, mayRun: boolean, work: (url: string) => Promise<string>): Promise<string> {
  if (config.databaseUrl) return await work(config.databaseUrl);
  const { dataDir } = config;
  if (mayRun && !(await stat(join(dataDir, 'pg')).catch(() => null)))
    throw new BackupError(`There is no data in ${dataDir}: set DATA_DIR or DATABASE_URL.`);
  const postgres = await startPostgres({ dataDir, log: createLog('error') }).catch((error: unknown) => {
    if (mayRun && error instanceof InUseError) return null;
    throw error;
  });
  if (!postgres) {
    const server = await readPidFile(join(dataDir, 'pg'));
    if (!server) throw new BackupError(`Buitenwacht on ${dataDir} is starting or stopping: try again.`);
    return await work(connectionUrl(server.socketFolder, name));
  }
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}
