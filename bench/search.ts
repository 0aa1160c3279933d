import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { createClient } from '#search/elasticsearch/client.ts';
import { createElasticsearchEngine } from '#search/elasticsearch/engine.ts';
import { listIndices, removeIndex } from '#search/elasticsearch/indices.ts';
import { createPostgresEngine } from '#search/postgres/engine.ts';
import { createSearch } from '#search/search.ts';
import { createPerson } from '#storage/accounts.ts';
import { openDatabase } from '#storage/database.ts';
import { migrate } from '#storage/migrate.ts';
import { readDocuments } from '#storage/read-documents.ts';
import { buildIndex } from '#workers/build-index.ts';
import { apiBench, bareElasticsearch, bareSql, type SearchWorld } from './search-api.ts';
import { smartBench } from './search-smart.ts';
import { seedSearchWorld } from './search-world.ts';

const sizes = {
  smoke: { mentions: 100_000, queries: 300, words: 12 },
  std: { mentions: 1_000_000, queries: 2_000, words: 40 },
};
type Size = keyof typeof sizes;
const url = process.env.ELASTICSEARCH_URL;

/** P12 and P13 of performance.md, and P12 again where there is an Elasticsearch (ELASTICSEARCH_URL); they write bench/results/. */
export const searchBenches = [
  {
    id: 'P12',
    title: 'search through the API against bare SQL',
    run: (size: Size) =>
      inWorld(size, (world) => apiBench(world, bareSql(world.db), { bench: 'P12', size, ...sizes[size] })),
  },
  {
    id: 'P13',
    title: 'best first and facets against a textbook',
    run: (size: Size) => inWorld(size, (world) => smartBench(world, { bench: 'P13', size, ...sizes[size] })),
  },
  ...(url === undefined
    ? []
    : [
        {
          id: 'P12-elasticsearch',
          title: 'search through the API against bare _search',
          run: (size: Size) => inWorld(size, (world) => inElasticsearch(world, size, url)),
        },
      ]),
];

async function inWorld(size: Size, bench: (world: SearchWorld) => Promise<boolean>): Promise<boolean> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-search-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, log: createLog('error') });
  try {
    await migrate(postgres.url);
    const { db } = openDatabase(postgres.url, { max: 4, name: 'bench', onError: () => undefined });
    const person = { name: 'Sanne', email: 'sanne@bench.example', role: 'employee', passwordHash: null } as const;
    const personId = (await createPerson(db, person))!;
    const circles = await seedSearchWorld(db, personId, sizes[size].mentions);
    const search = createSearch({ postgres: createPostgresEngine(db, (refs) => readDocuments(db, refs)) });
    const met = await bench({ db, search, scope: { circles }, personId });
    await db.destroy();
    return met;
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The same world in an index of its own, which is taken away again. */
async function inElasticsearch(world: SearchWorld, size: Size, address: string): Promise<boolean> {
  const client = createClient(address);
  const prefix = 'bench-search';
  const removed = async () => {
    for (const index of (await listIndices(client, prefix)).every) await removeIndex(client, index);
  };
  try {
    await removed();
    await buildIndex({ db: world.db, client, prefix, log: createLog('error') });
    const elasticsearch = createElasticsearchEngine({ client, prefix });
    const postgres = createPostgresEngine(world.db, (refs) => readDocuments(world.db, refs));
    const search = createSearch({ postgres, elasticsearch });
    const asked = { bench: 'P12-elasticsearch', size, ...sizes[size] };
    return await apiBench({ ...world, search }, bareElasticsearch(client, prefix), asked);
  } finally {
    await removed();
    await client.close();
  }
}
