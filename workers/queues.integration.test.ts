import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ConfigError } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { checkRedis } from '#platform/redis.ts';
import { type FreshDatabase, freshDatabase } from '#test/database.ts';
import { freePort, hasRedisServer, ownRedis, sharedRedisUrl } from '#test/redis.ts';
import { createQueues, type QueuePlace, type Queues } from './queues.ts';

type Job = { id: number };

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const installation = `test-${randomBytes(4).toString('hex')}`;
const places: [string, () => QueuePlace][] = [['PostgreSQL', () => ({ databaseUrl: database.url })]];
if (sharedRedisUrl) places.push(['Redis', () => ({ redisUrl: sharedRedisUrl!, installation })]);
else test.skip('jobs on Redis: set REDIS_URL to have them tested', () => undefined);

afterAll(async () => {
  if (!sharedRedisUrl) return;
  const client = new Redis(sharedRedisUrl);
  const keys = await client.keys(`buitenwacht:${installation}:*`);
  if (keys.length > 0) await client.del(keys);
  client.disconnect();
});

describe.each(places)('jobs on %s', (_, place) => {
  const open: Queues[] = [];
  /** The queues of one process. */
  function process(): Queues {
    const queues = createQueues(place(), createLog('silent'));
    open.push(queues);
    return queues;
  }
  afterEach(async () => {
    await Promise.all(open.splice(0).map((queues) => queues.close()));
  });

  test('a job runs once, with its data, in one of the processes that work', async () => {
    const ran: number[] = [];
    const queue = process().queue<Job>('once');
    for (const queues of [process(), process()]) {
      queues.work<Job>('once', 3, async ({ id }) => void ran.push(id));
      await queues.ready();
    }
    const ids = Array.from({ length: 40 }, (_none, id) => id);
    await Promise.all(ids.map((id) => queue.add({ id })));
    await expect.poll(() => ran.length, { timeout: 20_000 }).toBe(40);
    expect(ran.toSorted((a, b) => a - b)).toEqual(ids);
    expect(await queue.waitingCount()).toBe(0);
  });

  test('jobs wait for somebody who works, and can be counted', async () => {
    const queue = process().queue<Job>('waiting');
    for (const id of [1, 2, 3]) await queue.add({ id });
    expect(await queue.waitingCount()).toBe(3);
    const ran: number[] = [];
    process().work<Job>('waiting', 1, async ({ id }) => void ran.push(id));
    await expect.poll(() => ran, { timeout: 20_000 }).toEqual([1, 2, 3]);
  });

  test('a job that fails is not run again and holds up no other', async () => {
    const ran: number[] = [];
    const queues = process();
    const queue = queues.queue<Job>('failing');
    queues.work<Job>('failing', 1, async ({ id }) => {
      ran.push(id);
      if (id === 1) throw new Error('as it should');
    });
    for (const id of [1, 2]) await queue.add({ id });
    await expect.poll(() => ran, { timeout: 20_000 }).toEqual([1, 2]);
    await sleep(300);
    expect(ran).toEqual([1, 2]);
  });

  test('a repeating job repeats, however many processes ask for it', async () => {
    const ran: number[] = [];
    const both = [process(), process()];
    for (const queues of both) {
      queues.work<Job>('repeating', 1, async ({ id }) => void ran.push(id));
      await queues.queue<Job>('repeating').repeat('tick', { every: 500 }, { id: 1 });
    }
    const began = performance.now();
    await expect.poll(() => ran.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(4);
    const times = Math.ceil((performance.now() - began) / 500);
    expect(ran.length).toBeLessThanOrEqual(times + 2);
  });

  test('processes that start at the same moment all get their repeating jobs', async () => {
    const all = Array.from({ length: 6 }, () => process().queue<Job>('together'));
    for (let round = 0; round < 5; round++)
      await Promise.all(
        all.map((queue) => queue.repeat(`tick-${round}`, { pattern: '50 3 * * *', tz: 'UTC' }, { id: 1 })),
      );
  });

  test('closing lets the job under way finish and begins no other', async () => {
    const queues = process();
    const queue = queues.queue<Job>('closing');
    const [begun, done]: [number[], number[]] = [[], []];
    queues.work<Job>('closing', 1, async ({ id }) => {
      begun.push(id);
      await sleep(500);
      done.push(id);
    });
    for (const id of [1, 2]) await queue.add({ id });
    await expect.poll(() => begun, { timeout: 20_000 }).toEqual([1]);
    await queues.close();
    expect(done).toEqual([1]);
    expect(begun).toEqual([1]);
    expect(await process().queue<Job>('closing').waitingCount()).toBe(1);
  });
});

test.skipIf(!sharedRedisUrl)('installations that share a Redis do not hear of each other', async () => {
  const log = createLog('silent');
  const [one, other] = ['a', 'b'].map((name) =>
    createQueues({ redisUrl: sharedRedisUrl!, installation: `${installation}:${name}` }, log),
  ) as [Queues, Queues];
  onTestFinished(async () => void (await Promise.all([one.close(), other.close()])));
  const ran: number[] = [];
  other.work<Job>('apart', 1, async ({ id }) => void ran.push(id));
  await other.ready();
  const queue = one.queue<Job>('apart');
  await queue.add({ id: 1 });
  await sleep(300);
  expect(ran).toEqual([]);
  expect(await queue.waitingCount()).toBe(1);
});

describe.skipIf(!hasRedisServer)('a Redis server (redis-server has to be installed)', () => {
  const refused = async (url: string) => {
    const error = await checkRedis(url).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).mistakes[0];
  };

  test('is refused when it would throw jobs away, in one sentence', async () => {
    const redis = await ownRedis('--maxmemory-policy', 'allkeys-lru');
    onTestFinished(redis.remove);
    expect(await refused(redis.url)).toBe(
      `REDIS_URL is "${redis.url}": its maxmemory-policy is allkeys-lru, by which jobs would be lost: set it to noeviction.`,
    );
  });

  test('is refused when it does not answer, or not to this password, without telling that', async () => {
    const url = `redis://:geheim@127.0.0.1:${await freePort()}/0`;
    expect(await refused(url)).toMatch(/^REDIS_URL is "redis:\/\/127.*cannot be used \(.*ECONNREFUSED.*\)\.$/);
    const redis = await ownRedis();
    onTestFinished(redis.remove);
    await redis.ask((client) => client.config('SET', 'requirepass', 'sesam'));
    const wrong = await refused(redis.url.replace('//', '//:geheim@'));
    expect(wrong).toContain('WRONGPASS');
    expect(wrong).not.toContain('geheim');
    await checkRedis(redis.url.replace('//', '//:sesam@'));
  });

  test('that hangs is given up on after five seconds', async () => {
    const redis = await ownRedis();
    onTestFinished(redis.remove);
    redis.freeze();
    expect(await refused(redis.url)).toContain('no answer in 5 s');
  });

  test('that was emptied gets its repeating jobs back', { timeout: 40_000 }, async () => {
    const redis = await ownRedis();
    const queues = createQueues({ redisUrl: redis.url, installation }, createLog('silent'));
    onTestFinished(async () => {
      await queues.close();
      await redis.remove();
    });
    const ran: number[] = [];
    queues.work<Job>('emptied', 1, async ({ id }) => void ran.push(id));
    await queues.queue<Job>('emptied').repeat('tick', { every: 300 }, { id: 1 });
    await expect.poll(() => ran.length, { timeout: 10_000 }).toBeGreaterThan(1);
    await redis.ask((client) => client.flushall());
    const before = ran.length;
    await expect.poll(() => ran.length, { timeout: 20_000 }).toBeGreaterThan(before + 1);
  });
});
