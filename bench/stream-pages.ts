import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { createPerson } from '#storage/accounts.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { migrate } from '#storage/migrate.ts';
import { everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { readStream } from '#storage/stream.ts';
import type { StreamPosition } from '#storage/stream-page.ts';
import { median } from './harness.ts';
import { streamFilters } from './stream-filters.ts';
import { seedStreamWorld } from './stream-world.ts';

const circles = [outsideCircle, everyoneCircle];
const sizes = { smoke: { stories: 20_000, times: 60 }, std: { stories: 100_000, times: 300 } };
/** The page that is held against the first, and how much longer its slowest twentieth may take. */
const latePage = 200;
const mostRatio = 1.2;

type PageFigures = { page: number; firstMs: Times; lateMs: Times; ratio: number; met: boolean };
type Times = { p50: number; p95: number };

/** A page of the stream late in the list against the first, for every filter that has so many; writes bench/results/. */
export async function streamPagesBench(size: 'smoke' | 'std'): Promise<boolean> {
  const { stories, times } = sizes[size];
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-pages-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, log: createLog('error') });
  try {
    await migrate(postgres.url);
    const { db } = openDatabase(postgres.url, { max: 1, name: 'bench', onError: () => undefined });
    const person = { name: 'Sanne', email: 'sanne@bench.example', role: 'employee', passwordHash: null } as const;
    const personId = (await createPerson(db, person))!;
    await seedStreamWorld(db, personId, stories);
    const { rows } = await sql<{ id: number }>`select min(id) as id from sources`.execute(db);
    const filters = Object.entries(streamFilters(circles, rows[0]!.id, Date.now()));
    const figures: Record<string, PageFigures> = {};
    for (const [name, one] of filters) figures[name] = await compare(db, personId, one, times);
    await db.destroy();
    return await tell(size, stories, figures);
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** First and late page in turn, so that whatever else the machine does meets both. */
async function compare(
  db: Database,
  personId: number,
  { listed, filter }: ReturnType<typeof streamFilters>[string],
  times: number,
): Promise<PageFigures> {
  const read = (after: StreamPosition | null) => readStream(db, { personId, circles }, listed, filter, after, 50);
  let late: StreamPosition | null = null;
  let page = 1;
  for (; page < latePage; page += 1) {
    const { next }: { next: StreamPosition | null } = await read(late);
    if (!next) break;
    late = next;
  }
  const taken: { first: number[]; late: number[] } = { first: [], late: [] };
  for (let round = -10; round < times; round += 1) {
    for (const which of round % 2 ? (['first', 'late'] as const) : (['late', 'first'] as const)) {
      const began = performance.now();
      await read(which === 'first' ? null : late);
      if (round >= 0) taken[which].push(performance.now() - began);
    }
  }
  const [firstMs, lateMs] = [summary(taken.first), summary(taken.late)];
  const ratio = lateMs.p95 / firstMs.p95;
  return { page, firstMs, lateMs, ratio, met: ratio <= mostRatio };
}

function summary(list: number[]): Times {
  const sorted = list.toSorted((a, b) => a - b);
  return { p50: median(sorted), p95: sorted[Math.floor(sorted.length * 0.95)]! };
}

async function tell(size: string, stories: number, figures: Record<string, PageFigures>): Promise<boolean> {
  const met = Object.values(figures).every((one) => one.met);
  const at = new Date().toISOString();
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] };
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, `stream-pages-${size}-${at.replaceAll(':', '-')}.json`),
    JSON.stringify({ schema: 1, bench: 'stream-pages', size, at, machine, stories, mostRatio, figures, met }, null, 2),
  );
  const lines = Object.entries(figures).map(([name, { page, firstMs, lateMs, ratio, met }]) => {
    const ms = ({ p50, p95 }: Times) => `${p50.toFixed(1)}/${p95.toFixed(1)}`;
    const word = met ? 'met' : 'MISSED';
    return `  ${name.padEnd(24)} page 1 ${ms(firstMs)} ms, page ${page} ${ms(lateMs)} ms: ${ratio.toFixed(2)} ${word}`;
  });
  process.stdout.write(
    `stream-pages, ${stories} stories (${size}), p50/p95, at most ${mostRatio}\n${lines.join('\n')}\n`,
  );
  return met;
}
