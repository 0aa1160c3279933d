import { type Config, ConfigError, environment, readConfig } from '#platform/config.ts';
import { createLog, type Log, redactText } from '#platform/log.ts';
import { InUseError } from '#platform/postgres.ts';
import { closeOnSignal } from '#platform/shutdown.ts';
import { JournalError } from '#storage/erasure-journal.ts';
import { type Role, type Running, run } from './run.ts';

export type LaunchOptions = {
  roles: Role[];
  demo: boolean;
  /** The halves apart meet in a database; only together do they bring one. */
  databaseNeeded?: boolean;
  /** What has to stand before everything else and falls last: the outside world of the demo. It may change the configuration. */
  surroundings?: (config: Config, log: Log) => Promise<Surroundings>;
};

export type Surroundings = {
  config: Config;
  /** Once the stream can be opened, before anybody is told. */
  ready?: (running: Running) => Promise<void>;
  close: () => Promise<void>;
};

/**
 * A whole process from configuration to the end: says on stdout when the stream can be opened, ends in order at a signal,
 * and says in one sentence on stderr, with exit status 1, why it cannot start.
 */
export async function launch(options: LaunchOptions): Promise<void> {
  let config: Config;
  try {
    const { demo, databaseNeeded = false } = options;
    config = readConfig(environment, { demo, databaseNeeded });
  } catch (error) {
    return refuse(error);
  }
  const log = createLog(config.logLevel);
  const starting = start(options, config, log, (error) => fail(error));
  // A signal during the start waits for its end: half a start is harder to undo than a whole one.
  const { fail, isClosing } = closeOnSignal(async () => (await starting.catch(() => null))?.close(), log);
  try {
    const { url } = await starting;
    if (!isClosing())
      process.stdout.write(url ? `Buitenwacht is ready at ${url}\n` : 'Buitenwacht works on the queue\n');
  } catch (error) {
    refuse(error, log);
  }
}

async function start(options: LaunchOptions, given: Config, log: Log, onLost: (error: Error) => void) {
  const surroundings = await options.surroundings?.(given, log.child({ part: 'surroundings' }));
  const config = surroundings?.config ?? given;
  try {
    const running = await run({ roles: options.roles, config, log, onLost });
    await surroundings?.ready?.(running);
    return {
      url: running.url,
      close: async () => {
        await running.close();
        await surroundings?.close();
      },
    };
  } catch (error) {
    await surroundings?.close();
    throw error;
  }
}

function refuse(error: unknown, log?: Log): never {
  const portSentence = sentenceOnPort(error);
  const known = [ConfigError, InUseError, JournalError];
  const isKnown = portSentence !== null || known.some((kind) => error instanceof kind);
  if (!isKnown) log?.fatal({ err: error }, 'start failed');
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`Buitenwacht cannot start. ${portSentence ?? redactText(message)}\n`);
  process.exit(1);
}

/** What is the matter with the port, when that is it, also further down in the causes; null else. */
function sentenceOnPort(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code, address, port, cause } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} on ${address} is in use by another program: stop that one, or set PORT to another number.`;
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be used by this user: set PORT to one above 1023.`;
  return sentenceOnPort(cause);
}
