import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '#platform/log.ts';
import { createElasticsearchEngine } from '#search/elasticsearch/engine.ts';
import { listIndices, refresh, removeIndex } from '#search/elasticsearch/indices.ts';
import type { SearchEngine } from '#search/engine.ts';
import type { Plain } from '#search/plain.ts';
import { createPostgresEngine } from '#search/postgres/engine.ts';
import { createSearch } from '#search/search.ts';
import { newestPosition } from '#storage/changes.ts';
import { readDocuments } from '#storage/read-documents.ts';
import { withdraw } from '#storage/reply-writes.ts';
import { withdrawMentions } from '#storage/retention.ts';
import { everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { aMention } from '#test/builders.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import {
  differences,
  type ElasticProxy,
  elasticsearchUrl,
  type FreshIndices,
  freshIndices,
  serverOfOurs,
  startElasticProxy,
} from '#test/elasticsearch.ts';
import { saved } from '#test/saving.ts';
import { type SearchWorld, searchWorld } from '#test/search-world.ts';
import { buildIndex, removeOldIndices } from './build-index.ts';
import { compareIndex } from './compare-index.ts';
import { startIndexing } from './index-changes.ts';

const log = createLog('silent');
const everybody = { circles: [outsideCircle, everyoneCircle] };
const word = (text: string): Plain => ({ kind: 'word', word: { text, prefix: false } });
/** How long Elasticsearch is away; the product's own figure with FULL. */
const awayMs = process.env.FULL ? 60_000 : 10_000;
const caughtUpWithinMs = 15_000;

describe.skipIf(!elasticsearchUrl)('the search index (needs ELASTICSEARCH_URL)', () => {
  let fresh: FreshDatabase;
  let indices: FreshIndices;
  let world: SearchWorld;
  let engine: SearchEngine;

  beforeEach(async () => {
    fresh = await freshDatabase();
    indices = freshIndices();
    world = await searchWorld(fresh.db);
    engine = createElasticsearchEngine(indices);
  });
  afterEach(async () => {
    await indices.drop();
    await fresh.drop();
  });
  const deps = (client = indices.client) => ({ db: fresh.db, client, prefix: indices.prefix, log });
  const following = (client = indices.client) => {
    const indexing = startIndexing({ ...deps(client), databaseUrl: fresh.url });
    onTestFinished(indexing.close);
    return indexing;
  };
  const same = (timeout = 20_000) =>
    vi.waitFor(async () => expect(await differences(fresh.db, indices.client, indices.prefix)).toEqual([]), {
      timeout,
      interval: 200,
    });
  const found = async (query: Plain, scope = everybody) =>
    (await engine.newest(query, scope, null, 100)).map(({ kind, id }) => `${kind} ${id}`);

  test('is made by itself, and follows what comes, changes and goes', async () => {
    const [before] = await world.mentions([{ title: 'De brug', text: 'Dicht tot vrijdag' }]);
    following();
    await same();
    expect(await found(word('brug'))).toEqual([`mention ${before}`]);

    const item = aMention({ title: 'Een sluis', text: 'Vandaag open' });
    await saved(fresh.db, world.keys, world.sourceId, [item]);
    const threadId = await world.threadOf(before!);
    const replyId = await world.reply(threadId, everyoneCircle, 'Wie belt de aannemer?');
    await same();
    expect(await found(word('open'))).toHaveLength(1);
    expect(await found(word('aannemer'))).toEqual([`reply ${replyId}`]);
    expect(await found(word('aannemer'), { circles: [outsideCircle] })).toEqual([]);

    const edited = { ...item, text: 'Morgen open', fingerprint: Buffer.alloc(16, 1), contentHash: Buffer.alloc(32, 1) };
    await saved(fresh.db, world.keys, world.sourceId, [edited]);
    await withdraw(fresh.db, replyId);
    await withdrawMentions(fresh.db, [before!]);
    await same();
    expect(await found(word('vandaag'))).toEqual([]);
    expect(await found(word('morgen'))).toHaveLength(1);
    expect(await found(word('aannemer'))).toEqual([]);
    expect(await found(word('brug'))).toEqual([]);
  });

  test('knows that a thread is discussed, for those who may know', async () => {
    const [mention] = await world.mentions([{ title: 'De brug' }]);
    following();
    await same();
    const discussed: Plain = { kind: 'status', status: 'discussed' };
    expect(await found(discussed)).toEqual([]);
    const replyId = await world.reply(await world.threadOf(mention!), everyoneCircle, 'Klopt');
    // The mention itself has not changed, so its version does not tell.
    await vi.waitFor(async () => expect(await found(discussed)).toEqual([`reply ${replyId}`, `mention ${mention}`]), {
      timeout: 20_000,
    });
    expect(await found(discussed, { circles: [outsideCircle] })).toEqual([]);
    await withdraw(fresh.db, replyId);
    await vi.waitFor(async () => expect(await found(discussed)).toEqual([]), { timeout: 20_000 });
  });

  test('loses nothing when answers are lost, and a comparison finds and repairs what went behind our back', async () => {
    const proxy = await startElasticProxy();
    onTestFinished(proxy.close);
    const unlucky = freshIndices(proxy.url);
    onTestFinished(() => unlucky.client.close());
    following(unlucky.client);
    await same();
    // Every third answer, so that it happens in so few requests; the product's figure is one in a hundred.
    proxy.loseAnswers(1 / 3);
    const ids: number[] = [];
    for (let i = 0; i < 12; i++) {
      ids.push(...(await world.mentions(Array.from({ length: 25 }, () => ({})))));
      await pause(150);
    }
    proxy.loseAnswers(0);
    await same();
    expect(proxy.lost()).toBeGreaterThan(0);

    const { living } = await listIndices(indices.client, indices.prefix);
    const gone = ids.filter((_, index) => index % 100 === 3);
    await indices.client.deleteByQuery({ index: living!, query: { terms: { id: gone } }, refresh: true });
    await sql`delete from search_documents where kind = 1 and ref = ${ids[0]}`.execute(fresh.db);
    await sql`update search_documents set version = version + 5 where kind = 1 and ref = ${ids[1]}`.execute(fresh.db);
    expect(await differences(fresh.db, indices.client, indices.prefix)).toHaveLength(gone.length + 2);
    expect(await compareIndex(deps())).toEqual({
      compared: ids.length - 1,
      missing: gone.length,
      old: 1,
      tooMany: 1,
    });
    expect(await differences(fresh.db, indices.client, indices.prefix)).toEqual([]);
    expect(await compareIndex(deps())).toMatchObject({ missing: 0, old: 0, tooMany: 0 });
    const { rows } = await sql<{ report: unknown }>`select report from search_indexes`.execute(fresh.db);
    expect(rows).toEqual([{ report: { compared: ids.length - 1, missing: 0, old: 0, tooMany: 0 } }]);
  });

  const server = serverOfOurs();
  type Outage = { how: string; takeAway: () => Promise<void> | void; giveBack: () => Promise<void> | void };
  const outages: ((proxy: ElasticProxy) => Outage)[] = [
    (proxy) => ({ how: 'stopped', takeAway: proxy.stop, giveBack: proxy.start }),
    (proxy) => ({ how: 'frozen', takeAway: proxy.freeze, giveBack: proxy.thaw }),
  ];
  if (server && process.env.FULL)
    outages.push(() => ({
      how: 'a process that does not run (SIGSTOP)',
      takeAway: () => void process.kill(-server, 'SIGSTOP'),
      giveBack: () => void process.kill(-server, 'SIGCONT'),
    }));

  test.each(outages)(
    'is right again soon after an outage under 50 mentions a second, and nobody who searches is without an answer (%#)',
    { timeout: awayMs + 120_000 },
    async (outage) => {
      const proxy = await startElasticProxy();
      onTestFinished(proxy.close);
      const { takeAway, giveBack } = outage(proxy);
      onTestFinished(async () => void (await giveBack()));
      const away = freshIndices(proxy.url);
      const { client } = away;
      onTestFinished(() => client.close());
      following(client);
      await world.mentions([{}]);
      await same();
      const search = createSearch({
        postgres: createPostgresEngine(fresh.db, (refs) => readDocuments(fresh.db, refs)),
        elasticsearch: createElasticsearchEngine({ client, prefix: indices.prefix }),
      });
      let stop = false;
      const writer = (async () => {
        while (!stop) {
          const [first] = await world.mentions(Array.from({ length: 10 }, () => ({})));
          if (Math.random() < 0.3) await world.reply(await world.threadOf(first!), everyoneCircle, 'Gezien');
          await pause(200);
        }
      })();
      const answers: { ms: number; fellBack: boolean }[] = [];
      const reader = (async () => {
        while (!stop) {
          const begin = performance.now();
          const { fellBack } = await search.facets({ kind: 'none' }, everybody);
          answers.push({ ms: performance.now() - begin, fellBack });
          await pause(100);
        }
      })();
      await pause(1_000);
      await takeAway();
      await pause(awayMs);
      expect(answers.some(({ fellBack }) => !fellBack)).toBe(true);
      expect(answers.at(-1)!.fellBack).toBe(true);
      expect(await search.isDegraded()).toBe(true);
      // A question loses 1.5 s at most; the rest is what a busy machine takes.
      expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(4_000);
      await giveBack();
      stop = true;
      await Promise.all([writer, reader]);
      await same(caughtUpWithinMs);
      await vi.waitFor(async () => expect((await search.facets({ kind: 'all' }, everybody)).fellBack).toBe(false), {
        timeout: 10_000,
      });
      expect(await search.isDegraded()).toBe(false);
      await search.close();
    },
  );

  test('is made anew under writes without a gap, and goes on where it was stopped', { timeout: 90_000 }, async () => {
    for (let i = 0; i < 3; i++) await world.mentions(Array.from({ length: 400 }, () => ({})));
    following();
    await same();
    const { living: first } = await listIndices(indices.client, indices.prefix);
    let writing = true;
    const writer = (async () => {
      while (writing) {
        await world.mentions([{}, {}]);
        await pause(50);
      }
    })();
    let least = Number.POSITIVE_INFINITY;
    const reader = (async () => {
      while (writing) {
        least = Math.min(least, (await engine.facets({ kind: 'all' }, everybody)).total);
        await pause(20);
      }
    })();
    const done: number[] = [];
    const onProgress = (progress: { done: number }) => done.push(progress.done);
    expect(await buildIndex(deps(), { stopped: () => done.length > 0, onProgress })).toBe('stopped');
    expect(await buildIndex(deps(), { onProgress })).toBe('built');
    expect(done[0]).toBe(1_000);
    expect(done[1]).toBeGreaterThanOrEqual(1_200);
    await pause(300);
    writing = false;
    await Promise.all([writer, reader]);
    expect(least).toBeGreaterThanOrEqual(1_200);
    await same();
    // The indexer removes the one before as soon as it has noticed.
    await vi.waitFor(
      async () => {
        const { every, living, building } = await listIndices(indices.client, indices.prefix);
        expect({ every, building }).toEqual({ every: [living], building: null });
        expect(living).not.toBe(first);
      },
      { timeout: 20_000, interval: 200 },
    );
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from search_indexes`.execute(fresh.db);
    expect(rows[0]!.n).toBe(1);
  });

  test('is made anew when it is too far behind, or belongs to another database', async () => {
    await world.mentions([{}, {}]);
    const first = following();
    await same();
    const before = (await listIndices(indices.client, indices.prefix)).living;
    await first.close();
    await world.mentions([{}]);
    const { xid, seq } = await newestPosition(fresh.db);
    await sql`update changes_horizon set xid = ${xid}::xid8, seq = ${seq}`.execute(fresh.db);
    const second = following();
    await same();
    const between = (await listIndices(indices.client, indices.prefix)).living;
    expect(between).not.toBe(before);
    await second.close();
    await sql`delete from search_indexes`.execute(fresh.db);
    following();
    await vi.waitFor(
      async () => expect((await listIndices(indices.client, indices.prefix)).every).not.toContain(between),
      { timeout: 20_000, interval: 200 },
    );
    await same();
  });

  test('is made again when somebody removes it, and never grows by itself', async () => {
    await world.mentions([{}]);
    following();
    await same();
    await removeIndex(indices.client, (await listIndices(indices.client, indices.prefix)).living!);
    await world.mentions([{}]);
    await same();
    const { every } = await listIndices(indices.client, indices.prefix);
    const mappings = await indices.client.indices.getMapping({ index: every[0]! });
    expect(mappings[every[0]!]!.mappings.dynamic).toBe('false');
  });

  test('two processes at it make one index', async () => {
    await world.mentions([{}, {}]);
    following();
    following();
    await same();
    await world.mentions([{}]);
    await same();
    await removeOldIndices(deps());
    expect((await listIndices(indices.client, indices.prefix)).every).toHaveLength(1);
    await refresh(indices.client, (await listIndices(indices.client, indices.prefix)).living!);
  });
});
