import { Redis } from 'ioredis';
import { ConfigError } from './config.ts';
import { redactUrl } from './redact-url.ts';

export type RedisClients = {
  /** For whoever puts jobs in: a command that gets no answer fails soon. */
  queues: Redis;
  /** For whoever waits for jobs: a command waits for as long as the server is away. */
  workers: Redis;
  close: () => void;
};

const oldestVersion = 7;
const answerMs = 5_000;
/** A frozen server keeps its connections: only a clock tells that it is away. */
const commandMs = 2_000;

/**
 * Asks a server whether jobs are safe there. Throws ConfigError with one sentence when it does not answer, is older than
 * Redis 7, or throws keys away when its memory is full (`maxmemory-policy`).
 */
export async function checkRedis(url: string): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: answerMs });
  let last: Error | null = null;
  client.on('error', (error: Error) => {
    last = error;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${answerMs / 1000} s`)), answerMs);
  });
  try {
    const info = await Promise.race([client.connect().then(() => client.info()), late]);
    const mistake = mistakeIn(info);
    if (mistake) throw new ConfigError([`REDIS_URL is ${JSON.stringify(redactUrl(url))}: ${mistake}`]);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { message } = last ?? (error as Error);
    throw new ConfigError([`REDIS_URL is ${JSON.stringify(redactUrl(url))}: that server cannot be used (${message}).`]);
  } finally {
    clearTimeout(timer);
    client.disconnect();
  }
}

/** What is wrong with a server, by its answer to INFO; null when nothing is. */
export function mistakeIn(info: string): string | null {
  const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? 'unknown';
  // In INFO, because CONFIG is closed at many hosts.
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? 'unknown';
  if (!(Number.parseInt(version, 10) >= oldestVersion))
    return `that is version ${version}, needed is Redis ${oldestVersion} or newer.`;
  if (policy !== 'noeviction')
    return `its maxmemory-policy is ${policy}, by which jobs would be lost: set it to noeviction.`;
  return null;
}

/** The two shared connections of a process. They come back by themselves, within a second of the server. */
export function openRedis(url: string, onError: (error: Error) => void): RedisClients {
  const options = { retryStrategy: (times: number) => Math.min(times * 100, 1_000), keepAlive: 10_000 };
  const queues = new Redis(url, { ...options, maxRetriesPerRequest: 1, commandTimeout: commandMs });
  const workers = new Redis(url, { ...options, maxRetriesPerRequest: null });
  for (const client of [queues, workers]) client.on('error', onError);
  return {
    queues,
    workers,
    close() {
      queues.disconnect();
      workers.disconnect();
    },
  };
}
