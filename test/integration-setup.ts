import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { migrate } from '#storage/migrate.ts';
import { administer, withDatabase } from './database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database of the test server through which others are made; see test/database.ts. */
    postgresUrl: string;
    /** The migrated database that every test's own is a copy of. */
    templateName: string;
  }
}

let teardownOf = async (): Promise<void> => undefined;

/** One server for the run, TEST_DATABASE_URL or our own in a temporary folder, with a migrated template in it. */
export async function setup(project: TestProject): Promise<void> {
  const outside = process.env.TEST_DATABASE_URL;
  const own = outside ? null : await startOwn();
  const url = outside ?? own?.url ?? '';
  const templateName = `template_${process.pid}`;
  teardownOf = own ? own.stop : () => administer(url, `drop database if exists ${templateName} with (force)`);
  try {
    await administer(url, `create database ${templateName}`);
    await migrate(withDatabase(url, templateName));
  } catch (error) {
    await teardownOf();
    throw error;
  }
  project.provide('postgresUrl', url);
  project.provide('templateName', templateName);
}

export const teardown = (): Promise<void> => teardownOf();

async function startOwn(): Promise<{ url: string; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'buitenwacht-test-'));
  // As root the server runs as somebody else, who must be able to come in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({
    dataDir,
    log: createLog('silent'),
    // Files of the run are thrown away: no need to wait for the disk. Every test file may hold a few pools.
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: '200' },
  });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
