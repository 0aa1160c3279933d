import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBinaries, serverAccount } from '#platform/postgres-binaries.ts';
import { startServer } from './process-tree.ts';

export type StartTimes = { firstMs: number; warmMs: number };

/** From the spawn of `npm start`'s process to the first 200 on /health/ready: on an empty data folder, and once more on the same. */
export async function ourStart(): Promise<StartTimes> {
  return inScratch(async (dataDir) => {
    const once = async () => {
      const started = await startServer('start.ts', { DATA_DIR: dataDir }, '/health/ready');
      await started.stop();
      return started.readyMs;
    };
    return { firstMs: await once(), warmMs: await once() };
  });
}

/** The same to measure against: initdb, pg_ctl start and a bare Hono one after the other, and once more without the initdb. */
export async function peerStart(): Promise<StartTimes> {
  const account = serverAccount();
  const { initdb, postgres } = await findBinaries(account);
  const pgCtl = join(dirname(postgres), 'pg_ctl');
  const command = (program: string, args: string[]) =>
    new Promise<void>((resolve, reject) => {
      spawn(program, args, { ...account, cwd: '/', env: { PATH: process.env.PATH }, stdio: 'ignore' })
        .once('error', reject)
        .once('exit', (status) => (status === 0 ? resolve() : reject(new Error(`${program} ended with ${status}`))));
    });
  return inScratch(async (folder) => {
    await mkdir(folder, { recursive: true });
    if (account) await chown(folder, account.uid, account.gid);
    const data = join(folder, 'pg');
    const once = async () => {
      const began = performance.now();
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
      const databaseMs = performance.now() - began;
      const hono = await startServer('bench/start-peer.ts', {}, '/health/ready');
      await hono.stop();
      await command(pgCtl, ['stop', '-w', '-m', 'fast', '-D', data]);
      return databaseMs + hono.readyMs;
    };
    const began = performance.now();
    await command(initdb, ['-D', data, '-A', 'trust', '-E', 'UTF8', '--locale=C']);
    const initdbMs = performance.now() - began;
    return { firstMs: initdbMs + (await once()), warmMs: await once() };
  });
}

async function inScratch<Result>(work: (dataDir: string) => Promise<Result>): Promise<Result> {
  const scratch = await mkdtemp(join(tmpdir(), 'bw-start-'));
  await chmod(scratch, 0o755);
  try {
    return await work(join(scratch, 'data'));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
