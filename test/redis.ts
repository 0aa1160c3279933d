import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** The Redis that tests may share; they keep apart by names of their own, and never stop or empty it. */
export const sharedRedisUrl = process.env.REDIS_URL;

/** Whether a test can have a server of its own, to stop and to freeze. */
export const hasRedisServer = canRun('redis-server');

function canRun(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export type OwnRedis = {
  url: string;
  start: () => Promise<void>;
  /** SIGTERM: what it holds is on the disk, and there at the next start. */
  stop: () => Promise<void>;
  /** Hangs with its connections open. */
  freeze: () => void;
  thaw: () => void;
  ask: (question: (client: Redis) => Promise<unknown>) => Promise<void>;
  /** Stops it for good and removes what it holds. */
  remove: () => Promise<void>;
};

/** A Redis server of the caller's own, started, as ../shared/engines starts one: append-only file on, noeviction. */
export async function ownRedis(...settings: string[]): Promise<OwnRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'bw-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;
  const args = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'yes'];
  const policy = ['--maxmemory-policy', 'noeviction'];

  async function start(): Promise<void> {
    child = spawn('redis-server', [...args, ...policy, ...settings], { stdio: 'ignore' });
    for (let attempt = 0; !(await answers(url)); attempt += 1) {
      if (attempt === 100) throw new Error(`No Redis on port ${port}`);
      await sleep(50);
    }
  }
  async function stop(): Promise<void> {
    const ending = child;
    child = null;
    if (!ending) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGCONT');
    ending.kill('SIGTERM');
    await ended;
  }
  await start();
  return {
    url,
    start,
    stop,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    ask: (question) => asked(url, question),
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function asked(url: string, ask: (client: Redis) => Promise<unknown>): Promise<void> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await ask(client);
  } finally {
    client.disconnect();
  }
}

const answers = (url: string) =>
  asked(url, (client) => client.ping()).then(
    () => true,
    () => false,
  );

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
