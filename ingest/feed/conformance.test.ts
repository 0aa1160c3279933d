import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FeedDocument } from '#ingest/connector.ts';
import { SourceError } from '#ingest/errors.ts';
import { corporaDir } from '#test/xss-payloads.ts';
import { type Assert, judge, reasonNotKept } from './conformance-judge.ts';
import { readFeed } from './read.ts';

const folder = join(corporaDir, 'feeds-conformance');
type Expectation = {
  file: string;
  expect_raw: string;
  http_headers?: Record<string, string>;
  malformed?: boolean;
  asserts: Assert[];
};

describe.skipIf(!existsSync(folder))("feedparser's own test feeds (CORPORA_DIR)", () => {
  const expectations = (): Expectation[] =>
    readFileSync(join(folder, 'expectations.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Expectation);

  test('at least 97 % of the feeds say what they are meant to say, in every field that we keep', async () => {
    const failures: string[] = [];
    let judged = 0;
    for (const expectation of expectations()) {
      if (expectation.file.startsWith('encoding/')) continue;
      const asserts = expectation.asserts.filter(({ path }) => reasonNotKept(path) === null);
      const isMalformed = expectation.malformed === true && expectation.asserts.length === 0;
      if (asserts.length === 0 && !isMalformed) {
        // Nothing that we keep is asserted, but it may not fail either.
        await read(expectation).catch((error: unknown) => failures.push(`${expectation.file}: ${error}`));
        continue;
      }
      judged++;
      const wrong = await wrongIn(expectation, asserts);
      if (wrong) failures.push(`${expectation.file}: ${wrong}`);
    }
    console.log(`conformance: ${judged} files judged, ${failures.length} failed\n  ${failures.join('\n  ')}`);
    expect(judged).toBeGreaterThan(200);
    expect(failures.length / judged).toBeLessThanOrEqual(0.03);
  });

  test('every encoding is read, or named', async () => {
    const refused: string[] = [];
    for (const expectation of expectations()) {
      if (!expectation.file.startsWith('encoding/')) continue;
      await read(expectation).catch((error: unknown) => {
        if (!(error instanceof SourceError)) throw error;
        if (!error.detail.encoding) refused.push(`${expectation.file}: ${error.message}`);
      });
    }
    expect(refused).toEqual([]);
  });
});

async function wrongIn(expectation: Expectation, asserts: Assert[]): Promise<string | null> {
  try {
    const { document, url } = await read(expectation);
    for (const assert of asserts) {
      const wrong = judge(document, assert, url);
      if (wrong) return `${assert.path.join('.')} ${wrong}`;
    }
    return null;
  } catch (error) {
    if (error instanceof SourceError && asserts.length === 0) return null;
    return String(error);
  }
}

async function read({ file, http_headers = {} }: Expectation): Promise<{ document: FeedDocument; url: string }> {
  const header = (name: string): string | undefined =>
    Object.entries(http_headers).find(([key]) => key.toLowerCase() === name)?.[1];
  // The corpus was served there; what a server says about the place of a document goes before that.
  const served = `http://127.0.0.1:8097/${file}`;
  const stated = URL.parse(header('content-location') ?? served, served);
  const url = stated?.protocol.startsWith('http') ? stated.href : served;
  const bytes = readFileSync(join(folder, file));
  const document = await readFeed(bytes, header('content-type'), url, 'feed:1');
  if (!document.skipped.some(({ reason }) => reason === 'empty')) return { document, url };
  // An item that only has, say, a date is no mention. To see its other fields it is given an id here.
  const named = bytes.toString('latin1').replace(/<item(\s[^>]*)?>/, '$&<guid isPermaLink="false">x</guid>');
  const withId = named.replace(/<entry(\s[^>]*)?>/, '$&<id>x</id>');
  return { document: await readFeed(Buffer.from(withId, 'latin1'), header('content-type'), url, 'feed:1'), url };
}
