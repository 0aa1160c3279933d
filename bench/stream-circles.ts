import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { createPerson } from '#storage/accounts.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { migrate } from '#storage/migrate.ts';
import { everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { readStream } from '#storage/stream.ts';
import { median } from './harness.ts';
import { seedCircles } from './stream-circles-world.ts';
import { seedStreamWorld } from './stream-world.ts';

const sizes = {
  smoke: { stories: 20_000, circles: 1_000, times: 60 },
  std: { stories: 100_000, circles: 1_000, times: 300 },
};
/** How much longer a page may take than the same page of who may see everything without being asked (issue 6). */
const mostRatio = 1.5;
const mostMs = 5;

type Times = { p50: number; p95: number };
type CircleFigures = { circles: number; rows: number; pageMs: Times; freeMs: Times; ratio: number; met: boolean };

/** A page of the stream for viewers in few and many circles, against the same page without a predicate; writes bench/results/. */
export async function streamCirclesBench(size: keyof typeof sizes): Promise<boolean> {
  const { stories, circles, times } = sizes[size];
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-circles-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, log: createLog('error') });
  try {
    await migrate(postgres.url);
    const { db } = openDatabase(postgres.url, { max: 1, name: 'bench', onError: () => undefined });
    const person = { name: 'Sanne', email: 'sanne@bench.example', role: 'employee', passwordHash: null } as const;
    const personId = (await createPerson(db, person))!;
    await seedStreamWorld(db, personId, stories);
    const { ids, quiet } = await seedCircles(db, personId, circles);
    const viewers: Record<string, readonly number[]> = {
      'guest in 1 circle': [ids[0]!],
      'guest in 1 quiet circle': [quiet],
      'guest in 20 circles': ids.slice(0, 20),
      'guest in 200 circles': ids.slice(0, 200),
      'colleague in 20 circles': [outsideCircle, everyoneCircle, ...ids.slice(0, 20)],
      'colleague in 200 circles': [outsideCircle, everyoneCircle, ...ids.slice(0, 200)],
    };
    const figures: Record<string, CircleFigures> = {};
    for (const [name, seen] of Object.entries(viewers)) figures[name] = await compare(db, personId, seen, times);
    await db.destroy();
    return await tell(size, { stories, circles }, figures);
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The page as it is asked, and the same threads by their numbers, without asking where they stand, in turn. */
async function compare(
  db: Database,
  personId: number,
  circles: readonly number[],
  times: number,
): Promise<CircleFigures> {
  const page = () => readStream(db, { personId, circles }, circles, {}, null, 50);
  const { rows } = await page();
  const free = () => withoutPredicate(db, personId, rows.length);
  const taken: { page: number[]; free: number[] } = { page: [], free: [] };
  for (let round = -10; round < times; round += 1) {
    for (const which of round % 2 ? (['page', 'free'] as const) : (['free', 'page'] as const)) {
      const began = performance.now();
      await (which === 'page' ? page() : free());
      if (round >= 0) taken[which].push(performance.now() - began);
    }
  }
  const [pageMs, freeMs] = [summary(taken.page), summary(taken.free)];
  const ratio = pageMs.p95 / freeMs.p95;
  const met = ratio <= mostRatio && pageMs.p95 <= mostMs;
  return { circles: circles.length, rows: rows.length, pageMs, freeMs, ratio, met };
}

/** As many rows as the page has, of one list that everybody may see whole. */
async function withoutPredicate(db: Database, personId: number, rows: number): Promise<void> {
  await readStream(db, { personId, circles: [everyoneCircle] }, [everyoneCircle], {}, null, Math.max(1, rows));
}

function summary(list: number[]): Times {
  const sorted = list.toSorted((a, b) => a - b);
  return { p50: median(sorted), p95: sorted[Math.floor(sorted.length * 0.95)]! };
}

async function tell(
  size: string,
  world: { stories: number; circles: number },
  figures: Record<string, CircleFigures>,
): Promise<boolean> {
  const met = Object.values(figures).every((one) => one.met);
  const at = new Date().toISOString();
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] };
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, `stream-circles-${size}-${at.replaceAll(':', '-')}.json`),
    JSON.stringify(
      { schema: 1, bench: 'stream-circles', size, at, machine, ...world, mostRatio, mostMs, figures, met },
      null,
      2,
    ),
  );
  const ms = ({ p50, p95 }: Times) => `${p50.toFixed(1)}/${p95.toFixed(1)}`;
  const lines = Object.entries(figures).map(
    ([name, { rows, pageMs, freeMs, ratio, met }]) =>
      `  ${name.padEnd(26)} ${rows} rows ${ms(pageMs)} ms, without predicate ${ms(freeMs)} ms: ${ratio.toFixed(2)} ${met ? 'met' : 'MISSED'}`,
  );
  process.stdout.write(
    `stream-circles, ${world.stories} stories, ${world.circles} circles (${size}), p50/p95, at most ${mostRatio} and ${mostMs} ms\n${lines.join('\n')}\n`,
  );
  return met;
}
