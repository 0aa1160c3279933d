import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addSources } from '#storage/sources.ts';
import { aSource } from './builders.ts';
import { freshDatabase } from './database.ts';
import { startFeedWorld } from './feed-world.ts';
import { firstPersonAt, launched } from './launched.ts';
import { hasRedisServer, type OwnRedis, ownRedis } from './redis.ts';
import { brokenPromises } from './saving.ts';

const awayMs = process.env.FULL ? 60_000 : 4_000;
const stepMs = 500;
/** Each step publishes 15 items, some of them in three feeds: 50 mentions a second. */
const itemsPerStep = 15;
const feeds = 24;

/** Redis is away, then back: nothing is lost or twice there, the API does not notice. */
describe.skipIf(!hasRedisServer)('a Redis that goes away (redis-server has to be installed)', () => {
  const outages: [string, (redis: OwnRedis) => Promise<void>, (redis: OwnRedis) => Promise<void>][] = [
    ['stopped', (redis) => redis.stop(), (redis) => redis.start()],
    ['frozen', async (redis) => redis.freeze(), async (redis) => redis.thaw()],
    ['emptied', (redis) => redis.ask((client) => client.flushall()), async () => undefined],
  ];

  test.each(outages)(
    '%s, under 50 mentions a second: nothing is lost',
    { timeout: 240_000 },
    async (how, take, give) => {
      const redis = await ownRedis();
      onTestFinished(redis.remove);
      const database = await freshDatabase();
      onTestFinished(database.drop);
      const folder = mkdtempSync(join(tmpdir(), 'bw-away-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const world = await startFeedWorld(feeds, join(folder, 'ledger'));
      onTestFinished(world.close);
      const env = { DATABASE_URL: database.url, REDIS_URL: redis.url, FETCH_ALLOW: '127.0.0.1', LOG_LEVEL: 'fatal' };
      const { child, ended, url } = launched(env);
      const cookie = await firstPersonAt(await url);
      const stored = async () => {
        const { rows } = await sql<{ guid: string }>`select external_id as guid from mentions`.execute(database.db);
        return rows.map(({ guid }) => guid);
      };
      const missing = async (guids: string[]) => {
        const there = new Set(await stored());
        return guids.filter((guid) => !there.has(guid)).length;
      };
      const published = () => [...world.ledger().keys()];

      await addSources(
        database.db,
        world.paths.map((path) => aSource({ settings: { url: world.origin + path }, place: world.origin + path })),
      );
      const statuses = new Set<number>();
      let isOver = false;
      const life = (async () => {
        while (!isOver) {
          world.publish(itemsPerStep);
          // A source is polled as soon as it may be. What an emptied server lost is claimed again when its lease ends: here sooner.
          await sql`update source_polls set next_poll_at = now(), leased_until = case
          when ${how === 'emptied'} and leased_until < now() + interval '56 seconds' then now() else leased_until end`.execute(
            database.db,
          );
          for (const path of ['/api/stream', '/api/sources', '/health/ready'])
            statuses.add((await fetch(`${await url}${path}`, { headers: { cookie } })).status);
          await sleep(stepMs);
        }
      })();
      try {
        await expect.poll(async () => (await stored()).length, { timeout: 20_000 }).toBeGreaterThan(50);
        await take(redis);
        await sleep(how === 'emptied' ? 1_000 : awayMs);
        await give(redis);
        const back = performance.now();
        const before = published();
        await expect.poll(() => missing(before), { timeout: 30_000, interval: 100 }).toBe(0);
        const caughtUpMs = performance.now() - back;
        console.log(
          `Redis ${how}${how === 'emptied' ? '' : ` for ${awayMs / 1000} s`}: caught up after ${(caughtUpMs / 1000).toFixed(1)} s`,
        );
        expect(caughtUpMs).toBeLessThan(15_000);
      } finally {
        isOver = true;
        await life;
      }
      await sql`update source_polls set next_poll_at = now()`.execute(database.db);
      await expect.poll(() => missing(published()), { timeout: 30_000, interval: 100 }).toBe(0);
      expect([...statuses]).toEqual([200]);
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      expect(await brokenPromises(database.db)).toEqual([]);
      const all = await stored();
      expect(new Set(all).size).toBe(all.length);
    },
  );

  test('that would throw jobs away ends the start, in one sentence and without its password', async () => {
    const redis = await ownRedis('--maxmemory-policy', 'volatile-lru');
    onTestFinished(redis.remove);
    const database = await freshDatabase();
    onTestFinished(database.drop);
    const REDIS_URL = redis.url.replace('//', '//default:geheim@');
    const { ended, err, out } = launched({ DATABASE_URL: database.url, REDIS_URL }, 'workers/main.ts');
    expect(await ended).toBe(1);
    expect(out).toEqual([]);
    expect(err()).toMatch(
      /^Buitenwacht cannot start\. .*\n {2}REDIS_URL is "redis:\/\/127\..*: set it to noeviction\.\n$/,
    );
    expect(err()).not.toContain('geheim');
  });

  test('that hangs does not keep a process from ending', async () => {
    const redis = await ownRedis();
    onTestFinished(redis.remove);
    const database = await freshDatabase();
    onTestFinished(database.drop);
    const { child, ended, url } = launched({ DATABASE_URL: database.url, REDIS_URL: redis.url, LOG_LEVEL: 'fatal' });
    await url;
    redis.freeze();
    const began = performance.now();
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
