import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { listIndices } from '#search/elasticsearch/indices.ts';
import { freshDatabase } from '#test/database.ts';
import { differences, elasticsearchUrl, freshIndices } from '#test/elasticsearch.ts';
import { scratchDataDir } from '#test/launched.ts';
import { searchWorld } from '#test/search-world.ts';

const run = promisify(execFile);
const command = (env: Record<string, string>) =>
  run(process.execPath, ['reindex.ts'], { env: { PATH: process.env.PATH, ...env } });

test('reindex says what it lacks', async () => {
  await expect(command({})).rejects.toThrow(/ELASTICSEARCH_URL is not set/);
  const DATA_DIR = await scratchDataDir();
  const ELASTICSEARCH_URL = 'http://me:secret@127.0.0.1:1';
  await expect(command({ ELASTICSEARCH_URL, DATA_DIR })).rejects.toThrow(/No Buitenwacht runs on/);
  const { url: DATABASE_URL, drop } = await freshDatabase();
  onTestFinished(drop);
  const { stderr } = await command({ ELASTICSEARCH_URL, DATABASE_URL }).catch((error) => error as { stderr: string });
  expect(stderr).toMatch(/^It did not work: Elasticsearch gave no answer: .*\. Run it again and it goes on/);
  expect(stderr).not.toContain('secret');
});

test.skipIf(!elasticsearchUrl)(
  'reindex makes an index in place of the one before (needs ELASTICSEARCH_URL)',
  async () => {
    const { url: DATABASE_URL, db, drop } = await freshDatabase();
    onTestFinished(drop);
    const { client, prefix, drop: dropIndices } = freshIndices();
    onTestFinished(dropIndices);
    const world = await searchWorld(db);
    const env = { DATABASE_URL, ELASTICSEARCH_URL: elasticsearchUrl!, ELASTICSEARCH_INDEX: prefix };
    for (const round of [1, 2]) {
      await world.mentions([{}, {}, {}]);
      const { stdout } = await command(env);
      expect(stdout).toBe(`${3 * round} of ${3 * round} documents (100 %)\nThe new index is in use.\n`);
      expect(await differences(db, client, prefix)).toEqual([]);
      expect((await listIndices(client, prefix)).every).toEqual([`${prefix}-documents-00000${round}`]);
    }
  },
);
