import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#storage/database.ts';
import { addSource } from '#storage/sources.ts';
import { aSource } from './builders.ts';
import { freshDatabase } from './database.ts';
import { elasticsearchUrl, freshIndices } from './elasticsearch.ts';
import { firstPersonAt, launched, scratchDataDir } from './launched.ts';
import { ownAddress } from './own-address.ts';
import { sharedRedisUrl } from './redis.ts';

/** The whole product on each combination of servers: what is published outside is read, and is found in stream and search. */
type Servers = {
  name: string;
  canRun: boolean;
  database: 'own' | 'by address';
  redis: boolean;
  elasticsearch: boolean;
};
const combinations: Servers[] = [
  { name: 'nothing but itself', canRun: true, database: 'own', redis: false, elasticsearch: false },
  {
    name: 'PostgreSQL and Redis',
    canRun: sharedRedisUrl !== undefined,
    database: 'by address',
    redis: true,
    elasticsearch: false,
  },
  {
    name: 'PostgreSQL, Redis and Elasticsearch',
    canRun: sharedRedisUrl !== undefined && elasticsearchUrl !== undefined,
    database: 'by address',
    redis: true,
    elasticsearch: true,
  },
];

for (const { name, canRun, database, redis, elasticsearch } of combinations)
  test.skipIf(!canRun)(`on ${name}${canRun ? '' : ' (set REDIS_URL and ELASTICSEARCH_URL)'}`, async () => {
    const feed = await startFeed();
    const dataDir = await scratchDataDir();
    const env: Record<string, string> = { DATA_DIR: dataDir, FETCH_ALLOW: '127.0.0.1' };
    if (database === 'by address') {
      const fresh = await freshDatabase();
      onTestFinished(fresh.drop);
      env.DATABASE_URL = fresh.url;
    }
    if (redis) env.REDIS_URL = sharedRedisUrl!;
    if (elasticsearch) {
      const indices = freshIndices();
      onTestFinished(indices.drop);
      env.ELASTICSEARCH_URL = elasticsearchUrl!;
      env.ELASTICSEARCH_INDEX = indices.prefix;
    }
    const { url, child, ended, err } = launched(env);
    const cookie = await firstPersonAt(await url);
    const ask = async (path: string) => {
      const answer = await fetch(`${await url}${path}`, { headers: { cookie } });
      expect(answer.status).toBe(200);
      return await answer.json();
    };
    const { db } = openDatabase(env.DATABASE_URL ?? (await ownAddress(dataDir)), {
      max: 1,
      name: 'test',
      onError: () => undefined,
    });
    await addSource(db, aSource({ settings: { url: feed }, place: feed })).finally(() => db.destroy());

    const titles = async (path: string) => (await ask(path)).threads.map(({ title }: { title: string }) => title);
    await expect.poll(() => titles('/api/stream'), { timeout: 30_000 }).toEqual(['De sluisbrug gaat open']);
    const search = async () => {
      const { threads, engine } = await ask('/api/search?q=sluisbrug');
      return { engine, titles: threads.map(({ thread }: { thread: { title: string } }) => thread.title) };
    };
    const engine = elasticsearch ? 'elasticsearch' : 'postgres';
    await expect.poll(search, { timeout: 30_000 }).toEqual({ engine, titles: ['De sluisbrug gaat open'] });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(err()).not.toMatch(/"level":"(error|fatal)"/);
  });

async function startFeed(): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    response.end(`<?xml version="1.0"?><rss version="2.0"><channel><title>Krant</title><item><guid>1</guid>
      <title>De sluisbrug gaat open</title><description>Vanaf maandag kan iedereen er weer over.</description></item></channel></rss>`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/feed.xml`;
}
