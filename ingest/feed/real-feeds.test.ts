import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SourceError } from '#ingest/errors.ts';
import { corporaDir } from '#test/xss-payloads.ts';
import { readFeed } from './read.ts';

const folder = join(corporaDir, 'feeds-real');

describe.skipIf(!existsSync(folder))('captured feeds of real sites (CORPORA_DIR)', () => {
  test('items are exact where all parsers agree, the other feeds are read or refused in a word', async () => {
    const rows = readFileSync(join(folder, 'index.tsv'), 'utf8').trimEnd().split('\n').slice(1);
    const wrong: string[] = [];
    const refused: string[] = [];
    let agreed = 0;
    let slowestMs = 0;
    for (const row of rows) {
      const [file, , , , , , items, agreeing, , host] = row.split('\t') as [string, ...string[]];
      const isAgreed =
        agreeing !== undefined && agreeing.split('/')[0] === agreeing.split('/')[1] && agreeing !== '0/0';
      if (isAgreed) agreed++;
      const began = performance.now();
      const count = await countItems(join(folder, file), host || 'example.org').catch((error: unknown) => {
        if (!(error instanceof SourceError && error.detail.reason)) throw error;
        refused.push(`${file}: ${error.detail.reason}`);
        return 'refused';
      });
      slowestMs = Math.max(slowestMs, performance.now() - began);
      if (isAgreed && count !== Number(items)) wrong.push(`${file}: ${count} instead of ${items}`);
    }
    console.log(
      `real feeds: ${rows.length}, of which ${agreed} agreed and ${wrong.length} of those wrong; ${refused.length} refused; ` +
        `slowest ${Math.round(slowestMs)} ms\n  ${[...wrong, ...refused].join('\n  ')}`,
    );
    expect(rows.length).toBe(305);
    expect(wrong.length / agreed).toBeLessThanOrEqual(0.01);
    expect(slowestMs).toBeLessThan(2000);
    expect(refused.length).toBeLessThanOrEqual(10);
  });
});

/** Items that were read, and those that are told apart: blank ones, and repetitions in every detail. Others count these too. */
async function countItems(path: string, host: string): Promise<number> {
  const { items, skipped } = await readFeed(readFileSync(path), undefined, `https://${host}/feed`, 'feed:1');
  return items.length + skipped.filter(({ reason }) => reason === 'repeated' || reason === 'empty').length;
}
