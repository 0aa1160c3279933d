import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBinaries, serverAccount } from '#platform/postgres-binaries.ts';
import type { Bench, Side } from './harness.ts';
import { type Started, startServer } from './process-tree.ts';

/** What starts and can be stopped; `begin` answers when /health/ready says 200. */
type Startable = { begin: () => Promise<void>; end: () => Promise<void>; wipe: () => Promise<void> };

// A ratio of rates: 0.4 is two and a half times as long.
const first = start('P18-first', 'start, first ever', true, { now: 1 / 2.5, goal: 1 / 2.5 });
const warm = start('P18-warm', 'start, warm data folder', false, { now: 0.34, goal: 0.34 });
/** P18: from the spawn of `npm start`'s process to the first 200 on /health/ready. */
export const startBenches: Bench[] = [first, warm];

function start(id: string, title: string, fromNothing: boolean, bar: { now: number; goal: number }): Bench {
  return {
    id,
    title,
    unit: 'starts',
    targets: [{ peer: 'initdb, server, Hono', ...bar, is: 'at-least' }],
    async open() {
      const scratch = await mkdtemp(join(tmpdir(), 'bw-start-'));
      await chmod(scratch, 0o755);
      const both = [ours(join(scratch, 'ours')), await peer(join(scratch, 'peer'))] as const;
      const seconds: Record<string, number[]> = {};
      const side = (name: string, { begin, end, wipe }: Startable): Side => ({
        name,
        async reset() {
          await end();
          if (fromNothing) await wipe();
        },
        async run() {
          const began = performance.now();
          await begin();
          seconds[name] = [...(seconds[name] ?? []), Math.round(performance.now() - began) / 1_000];
          return 1;
        },
      });
      return {
        sides: [side('ours', both[0]), side('initdb, server, Hono', both[1])],
        gate: async () => undefined, // Neither begins without a 200.
        notes: () => ({ seconds }),
        async close() {
          for (const { end } of both) await end();
          await rm(scratch, { recursive: true, force: true });
        },
      };
    },
  };
}

function ours(dataDir: string): Startable {
  let started: Started | null = null;
  return {
    async begin() {
      started = await startServer('start.ts', { DATA_DIR: dataDir }, '/health/ready');
    },
    async end() {
      await started?.stop();
      started = null;
    },
    wipe: () => rm(dataDir, { recursive: true, force: true }),
  };
}

/** The least that could stand in our place, one after the other: initdb (when there is nothing), pg_ctl start, a bare Hono. */
async function peer(folder: string): Promise<Startable> {
  const account = serverAccount();
  const { initdb, postgres } = await findBinaries(account);
  const pgCtl = join(dirname(postgres), 'pg_ctl');
  const data = join(folder, 'pg');
  const command = (program: string, args: string[]) =>
    new Promise<void>((resolve, reject) => {
      spawn(program, args, { ...account, cwd: '/', env: { PATH: process.env.PATH }, stdio: 'ignore' })
        .once('error', reject)
        .once('exit', (status) => (status === 0 ? resolve() : reject(new Error(`${program} ended with ${status}`))));
    });
  const prepare = async () => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    if (account) await chown(folder, account.uid, account.gid);
  };
  await prepare();
  let made = false;
  let hono: Started | null = null;
  return {
    async begin() {
      if (!made) await command(initdb, ['-D', data, '-A', 'trust', '-E', 'UTF8', '--locale=C']);
      made = true;
      await command(pgCtl, [
        'start',
        '-w',
        '-D',
        data,
        '-o',
        `-c listen_addresses='' -k ${folder}`,
        '-l',
        `${data}.log`,
      ]);
      hono = await startServer('bench/start-peer.ts', {}, '/health/ready');
    },
    async end() {
      if (!hono) return;
      await hono.stop();
      hono = null;
      await command(pgCtl, ['stop', '-w', '-m', 'fast', '-D', data]);
    },
    async wipe() {
      await prepare();
      made = false;
    },
  };
}
