import type { Config } from '#platform/config.ts';
import type { Log } from '#platform/log.ts';
import type { Database } from '#storage/database.ts';

export type SearchIndex = {
  /** Looks whether the index holds what is stored, and repairs it. */
  compare: (stopping: AbortSignal) => Promise<void>;
  close: () => Promise<void>;
};

/** What happens by itself about the search index; null without ELASTICSEARCH_URL, and then its client is not even loaded. */
export async function startSearchIndex(deps: {
  databaseUrl: string;
  db: Database;
  config: Pick<Config, 'elasticsearchUrl' | 'elasticsearchIndex'>;
  log: Log;
}): Promise<SearchIndex | null> {
  const { databaseUrl, db, log } = deps;
  const { elasticsearchUrl, elasticsearchIndex: prefix } = deps.config;
  if (!elasticsearchUrl) return null;
  const [{ createClient }, { startIndexing }, { compareIndex }] = await Promise.all([
    import('#search/elasticsearch/client.ts'),
    import('./index-changes.ts'),
    import('./compare-index.ts'),
  ]);
  const client = createClient(elasticsearchUrl);
  const indexing = startIndexing({ databaseUrl, db, client, prefix, log });
  return {
    async compare(stopping) {
      await compareIndex({ db, client, prefix, log }, stopping);
    },
    async close() {
      await indexing.close();
      await client.close();
    },
  };
}
