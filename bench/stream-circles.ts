import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Agent, request } from 'undici';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { createPerson } from '#storage/accounts.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { migrate } from '#storage/migrate.ts';
import { everyoneCircle, outsideCircle } from '#storage/schema.ts';
import { readStream } from '#storage/stream.ts';
import { median } from './harness.ts';
import { startServer } from './process-tree.ts';
import { type SignedIn, seedSignedIn } from './signed-in.ts';
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
type CircleFigures = { rows: number; page: Compared; sql: Compared; met: boolean };
/** Ours beside the same without a predicate. */
type Compared = { ms: Times; freeMs: Times; ratio: number };
type Viewer = SignedIn & { circles: readonly number[] };

/**
 * A page of the stream as the API answers it to viewers in few and many circles, against the page of who is in one circle in which
 * everything stands, asked in turn; and what its SQL takes. Writes bench/results/.
 */
export async function streamCirclesBench(size: keyof typeof sizes): Promise<boolean> {
  const { stories, circles, times } = sizes[size];
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-circles-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, log: createLog('error') });
  const agent = new Agent({ connections: 1 });
  try {
    await migrate(postgres.url);
    const { db } = openDatabase(postgres.url, { max: 1, name: 'bench', onError: () => undefined });
    const { viewers, free } = await seedViewers(db, stories, circles);
    const server = await startServer('api/main.ts', { DATABASE_URL: postgres.url }, '/health/ready');
    const pageOf = async ({ cookie }: Viewer) => {
      const answer = await request(`${server.url}/api/stream?limit=50`, { headers: { cookie }, dispatcher: agent });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`the stream answered ${answer.statusCode}: ${text}`);
      return text;
    };
    const rowsOf = async ({ personId, circles }: Viewer) =>
      readStream(db, { personId, circles }, circles, {}, null, 50);
    const figures: Record<string, CircleFigures> = {};
    for (const [name, viewer] of Object.entries(viewers)) {
      const rows = JSON.parse(await pageOf(viewer)).threads.length as number;
      const page = await compare(pageOf, viewer, free, times);
      const sqlOnly = await compare(rowsOf, viewer, free, times);
      const met = page.ratio <= mostRatio && sqlOnly.ms.p95 <= mostMs;
      figures[name] = { rows, page, sql: sqlOnly, met };
    }
    await server.stop();
    await db.destroy();
    return await tell(size, { stories, circles }, figures);
  } finally {
    await agent.destroy();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function seedViewers(db: Database, stories: number, count: number) {
  const person = { name: 'Sanne', email: 'sanne@bench.example', role: 'employee', passwordHash: null } as const;
  const writer = (await createPerson(db, person))!;
  await seedStreamWorld(db, writer, stories);
  const { ids, quiet, all } = await seedCircles(db, writer, count);
  const closed: Record<string, readonly number[]> = {
    'guest in 1 circle': [ids[0]!],
    'guest in 1 quiet circle': [quiet],
    'guest in 20 circles': ids.slice(0, 20),
    'guest in 200 circles': ids.slice(0, 200),
    'colleague in 20 circles': ids.slice(0, 20),
    'colleague in 200 circles': ids.slice(0, 200),
  };
  const guests = await seedSignedIn(db, 'customer', 5);
  const colleagues = await seedSignedIn(db, 'employee', 2);
  const enter = async (one: SignedIn | undefined, circles: readonly number[]) =>
    await sql`insert into memberships (circle_id, person_id, until)
      select c.id, ${one!.personId}, current_date + 90 from unnest(${circles}::int[]) c (id)`.execute(db);
  const viewers: Record<string, Viewer> = {};
  for (const [name, circles] of Object.entries(closed)) {
    const isGuest = name.startsWith('guest');
    const one = (isGuest ? guests : colleagues).shift()!;
    await enter(one, circles);
    viewers[name] = { ...one, circles: isGuest ? circles : [outsideCircle, everyoneCircle, ...circles] };
  }
  const free: Viewer = { ...guests.shift()!, circles: [all] };
  await enter(free, free.circles);
  await sql`vacuum analyze memberships`.execute(db);
  return { viewers, free };
}

/** Both in turn, so that what else the machine does meets both. */
async function compare(
  ask: (viewer: Viewer) => Promise<unknown>,
  viewer: Viewer,
  free: Viewer,
  times: number,
): Promise<Compared> {
  const taken = new Map<Viewer, number[]>([
    [viewer, []],
    [free, []],
  ]);
  for (let round = -20; round < times; round += 1) {
    for (const who of round % 2 ? [viewer, free] : [free, viewer]) {
      const began = performance.now();
      await ask(who);
      if (round >= 0) taken.get(who)!.push(performance.now() - began);
    }
  }
  const [ms, freeMs] = [summary(taken.get(viewer)!), summary(taken.get(free)!)];
  return { ms, freeMs, ratio: ms.p95 / freeMs.p95 };
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
  const compared = ({ ms: ours, freeMs, ratio }: Compared) =>
    `${ms(ours)} against ${ms(freeMs)} ms: ${ratio.toFixed(2)}`;
  const lines = Object.entries(figures).map(
    ([name, { rows, page, sql: sqlOnly, met }]) =>
      `  ${name.padEnd(26)} ${rows} rows, page ${compared(page)}, SQL ${compared(sqlOnly)} ${met ? 'met' : 'MISSED'}`,
  );
  process.stdout.write(
    `stream-circles, ${world.stories} stories, ${world.circles} circles (${size}), p50/p95, at most ${mostRatio} and ${mostMs} ms\n${lines.join('\n')}\n`,
  );
  return met;
}
