import { join } from 'node:path';
import { name, readPidFile } from '#platform/postgres-cluster.ts';
import { connectionUrl } from '#platform/postgres-server.ts';

/** The address of the database that a running Buitenwacht brought along. */
export async function ownAddress(dataDir: string): Promise<string> {
  const { socketFolder } = (await readPidFile(join(dataDir, 'pg')))!;
  return connectionUrl(socketFolder, name);
}
