import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = join(import.meta.dirname, '..');

/** A port that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export type Started = { child: ChildProcess; url: string; readyMs: number; stop: () => Promise<void> };

/**
 * Spawns a server (a file of ours, run by this Node) and waits for the first 200 on `path`; `readyMs` counts from the spawn.
 * Throws when it ends before, or after 60 s.
 */
export async function startServer(file: string, env: Record<string, string>, path: string): Promise<Started> {
  const flags = startedWith(file);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [...flags, join(root, file)], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'warn', ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  while (performance.now() - began < 60_000) {
    if (child.exitCode !== null) throw new Error(`${file} ended with ${child.exitCode}`);
    const status = await fetch(url + path).then(
      (answer) => answer.body?.cancel().then(() => answer.status),
      () => 0,
    );
    if (status === 200) return { child, url, readyMs: performance.now() - began, stop };
    await sleep(5);
  }
  await stop();
  throw new Error(`${file} did not become ready`);
}

/** The flags of Node that package.json starts this file with. */
function startedWith(file: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const script = Object.values(scripts).find((one) => one.endsWith(` ${file}`)) ?? '';
  return script.split(' ').filter((word) => word.startsWith('--'));
}

export type TreeUse = { pssMiB: number; processes: number; cpuSeconds: number; writtenMiB: number };

/** What a process and all below it hold in memory (proportional share), and have used since they began. Linux only. */
export async function treeUse(pid: number): Promise<TreeUse> {
  const stats = await processStats();
  const pids = [pid];
  for (const parent of pids) for (const [child, stat] of stats) if (stat.parent === parent) pids.push(child);
  const use = { pssMiB: 0, processes: pids.length, cpuSeconds: 0, writtenMiB: 0 };
  for (const each of pids) {
    const rollup = await readFile(`/proc/${each}/smaps_rollup`, 'utf8').catch(() => '');
    const io = await readFile(`/proc/${each}/io`, 'utf8').catch(() => '');
    use.pssMiB += Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1_024;
    use.writtenMiB += Number(/^write_bytes: (\d+)/m.exec(io)?.[1] ?? 0) / 1_048_576;
    // In ticks of 10 ms, on every Linux that Node runs on.
    use.cpuSeconds += (stats.get(each)?.ticks ?? 0) / 100;
  }
  return use;
}

async function processStats(): Promise<Map<number, { parent: number; ticks: number }>> {
  const found = new Map<number, { parent: number; ticks: number }>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const text = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => null);
    if (text === null) continue;
    // After the name, which may hold anything: state, parent, …; user and system time are the 12th and 13th from there.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    found.set(Number(name), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
  }
  return found;
}
