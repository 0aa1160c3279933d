import type { Config } from '#platform/config.ts';
import type { SearchEngine } from '#search/engine.ts';
import { createPostgresEngine } from '#search/postgres/engine.ts';
import { createSearch, type Search } from '#search/search.ts';
import type { Database } from '#storage/database.ts';
import { readDocuments } from '#storage/read-documents.ts';

/** What searches are asked of: the database alone, or Elasticsearch with the database to fall back on. Without an address its client is not even loaded. */
export async function startSearch(
  db: Database,
  { elasticsearchUrl, elasticsearchIndex }: Pick<Config, 'elasticsearchUrl' | 'elasticsearchIndex'>,
): Promise<Search> {
  const postgres = createPostgresEngine(db, (refs) => readDocuments(db, refs));
  if (elasticsearchUrl === null) return createSearch({ postgres });
  return createSearch({ postgres, elasticsearch: await elasticsearch(elasticsearchUrl, elasticsearchIndex) });
}

async function elasticsearch(url: string, prefix: string): Promise<SearchEngine> {
  const [{ createClient }, { createElasticsearchEngine }] = await Promise.all([
    import('#search/elasticsearch/client.ts'),
    import('#search/elasticsearch/engine.ts'),
  ]);
  return createElasticsearchEngine({ client: createClient(url), prefix });
}
