import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { migrate } from '#storage/migrate.ts';
import { startServer, type TreeUse, treeUse } from './process-tree.ts';

export type IdleUse = {
  /** Proportional share of everything below npm at the end of the watch, and the most seen during it. */
  pssMiB: number;
  peakPssMiB: number;
  processes: number;
  /** Of one core, while watched. */
  cpuPercent: number;
  writtenMiB: number;
};

/** P19: what of today and of the goal the whole tree may hold with 1,000 sources, in MiB. */
const target = { now: 320, goal: 200 };

/** Measures P19, prints it and writes it to bench/results/. False: the target of today is missed. */
export async function idleBench(size: 'smoke' | 'std'): Promise<boolean> {
  const seconds = size === 'std' ? 600 : 20;
  const use = await idleUse(1_000, seconds);
  const met = use.pssMiB <= target.now;
  const at = new Date().toISOString();
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, `P19-${size}-${at.replaceAll(':', '-')}.json`),
    JSON.stringify(
      { schema: 1, bench: 'P19', title: 'idle, 1,000 sources', size, at, seconds, use, target, met },
      null,
      2,
    ),
  );
  const word = use.pssMiB <= target.goal ? 'goal met' : met ? 'met' : 'MISSED';
  process.stdout.write(
    `P19 idle with 1,000 sources for ${seconds} s (${size})\n  ${use.pssMiB.toFixed(0)} MiB PSS in ${use.processes} processes (peak ${use.peakPssMiB.toFixed(0)}), ${use.cpuPercent.toFixed(2)} % of a core, ${use.writtenMiB.toFixed(1)} MiB written: now ${target.now}, goal ${target.goal}: ${word}\n`,
  );
  return met;
}

/** What the whole of `npm start` holds and uses while nothing is due: `sources` configured, watched for `seconds` after a quarter of that to settle. */
export async function idleUse(sources: number, seconds: number): Promise<IdleUse> {
  const scratch = await mkdtemp(join(tmpdir(), 'bw-idle-'));
  await chmod(scratch, 0o755);
  const dataDir = join(scratch, 'data');
  try {
    await seed(dataDir, sources);
    const server = await startServer('start.ts', { DATA_DIR: dataDir }, '/health/ready');
    try {
      await sleep((seconds * 1_000) / 4);
      return await watch(server.child.pid ?? 0, seconds);
    } finally {
      await server.stop();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function watch(pid: number, seconds: number): Promise<IdleUse> {
  const before = await treeUse(pid);
  let now: TreeUse = before;
  let peakPssMiB = before.pssMiB;
  for (let passed = 0; passed < seconds; passed += 1) {
    await sleep(1_000);
    now = await treeUse(pid);
    peakPssMiB = Math.max(peakPssMiB, now.pssMiB);
  }
  return {
    pssMiB: now.pssMiB,
    peakPssMiB,
    processes: now.processes,
    cpuPercent: (100 * (now.cpuSeconds - before.cpuSeconds)) / seconds,
    writtenMiB: now.writtenMiB - before.writtenMiB,
  };
}

/** Sources that have been polled and are due tomorrow. */
async function seed(dataDir: string, sources: number): Promise<void> {
  const postgres = await startPostgres({ dataDir, log: createLog('warn') });
  try {
    await migrate(postgres.url);
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(
      `with added as (insert into sources (connector, settings, place, label)
         select 'feed', jsonb_build_object('url', 'https://bron' || n || '.example/feed'), 'https://bron' || n || '.example/feed',
           'Bron ' || n from generate_series(1, $1::int) n returning id)
       insert into source_polls (source_id, host_key, next_poll_at, last_polled_at, last_ok_at)
       select id, 'bron' || id || '.example', now() + interval '1 day', now(), now() from added`,
      [sources],
    );
    await client.end();
  } finally {
    await postgres.stop();
  }
}
