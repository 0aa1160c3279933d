import './compile-cache.ts';

const { ConfigError, environment, readConfig } = await import('#platform/config.ts');
const { createLog, redactText } = await import('#platform/log.ts');
const { name, readPidFile } = await import('#platform/postgres-cluster.ts');
const { connectionUrl } = await import('#platform/postgres-server.ts');
const { createClient } = await import('#search/elasticsearch/client.ts');
const { openDatabase } = await import('#storage/database.ts');
const { whileHolding } = await import('#storage/hold-lock.ts');
const { buildIndex, removeOldIndices } = await import('#workers/build-index.ts');

/** A line on a terminal is written over; elsewhere there is one every five seconds. */
const isTerminal = process.stdout.isTTY === true;
const lineEachMs = isTerminal ? 200 : 5_000;
let stopped = false;
let saidAt = 0;

try {
  const config = readConfig(environment, { demo: false });
  if (config.elasticsearchUrl === null) refuse('ELASTICSEARCH_URL is not set: PostgreSQL answers searches by itself.');
  const { db } = openDatabase(config.databaseUrl ?? (await running(config.dataDir)), {
    max: 4,
    name: 'buitenwacht reindex',
    onError: () => undefined,
  });
  const client = createClient(config.elasticsearchUrl);
  const deps = { db, client, prefix: config.elasticsearchIndex, log: createLog('error') };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (stopped = true));
  const outcome = await buildIndex(deps, {
    stopped: () => stopped,
    onProgress({ done, total }) {
      if (Date.now() - saidAt < lineEachMs && done < total) return;
      saidAt = Date.now();
      const part = total === 0 ? 100 : Math.floor((100 * done) / total);
      process.stdout.write(
        `${isTerminal ? '\r' : ''}${done} of ${total} documents (${part} %)${isTerminal ? '' : '\n'}`,
      );
    },
  });
  if (isTerminal) process.stdout.write('\n');
  // Workers that run do this themselves, as soon as they have noticed.
  if (outcome === 'built') await whileHolding(db, 'indexer', () => removeOldIndices(deps));
  await client.close();
  await db.destroy();
  if (outcome === 'elsewhere') refuse('Another process makes the index already.');
  process.stdout.write(
    outcome === 'built' ? 'The new index is in use.\n' : 'Stopped. Run it again and it goes on from here.\n',
  );
} catch (error) {
  if (error instanceof ConfigError) refuse(error.message);
  refuse(`It did not work: ${redactText((error as Error).message)}. Run it again and it goes on where it was.`);
}

async function running(dataDir: string): Promise<string> {
  const server = await readPidFile(`${dataDir}/pg`);
  if (!server) refuse(`No Buitenwacht runs on ${dataDir}: start it, or set DATA_DIR or DATABASE_URL.`);
  return connectionUrl(server.socketFolder, name);
}

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
