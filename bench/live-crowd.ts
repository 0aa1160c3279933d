import { type ChildProcess, fork } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog } from '#platform/log.ts';
import { startPostgres } from '#platform/postgres.ts';
import { recordChanges } from '#storage/changes.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { enter, leave } from '#storage/memberships.ts';
import { migrate } from '#storage/migrate.ts';
import { median } from './harness.ts';
import type { Asked, Happened, Report } from './live-crowd-clients.ts';
import { type CrowdPlace, type CrowdWorld, classes, seedCrowd } from './live-crowd-world.ts';
import { freePort, startServer, treeUse } from './process-tree.ts';

const sizes = {
  smoke: { clients: 500, rounds: 1, seconds: 4, idleSeconds: 8 },
  std: { clients: 5_000, rounds: 3, seconds: 8, idleSeconds: 65 },
};
const rates = [10, 50] as const;
const changesPerSecond = 5;
const bars = { ratio: 1.5, goal: 1.3, kB: 20, idleShare: 0.02 };

type Figures = Report & { cpuMicrosPerFrame: number };
type Player = {
  pid: number;
  /** Lets one thing happen. */
  tell: (place: CrowdPlace, to: number[]) => Promise<void>;
  /** People who come and go meanwhile. */
  change: (() => Promise<void>) | null;
};

/**
 * P17: how long after something happened those who may see it have heard, for a crowd of live clients in 40 classes of circles,
 * against a bare broadcaster that writes as many bytes to as many; what a client costs; and whether any of it is lost to who was away.
 */
export async function liveCrowdBench(size: keyof typeof sizes): Promise<boolean> {
  const { clients: count, rounds, seconds, idleSeconds } = sizes[size];
  const dataDir = await mkdtemp(join(tmpdir(), 'bench-crowd-'));
  // As root the server runs as another account, which has to come in.
  await chmod(dataDir, 0o755);
  const postgres = await startPostgres({ dataDir, log: createLog('error') });
  const stops: (() => unknown)[] = [];
  try {
    await migrate(postgres.url);
    const { db } = openDatabase(postgres.url, { max: 4, name: 'bench', onError: () => undefined });
    stops.push(() => db.destroy());
    const world = await seedCrowd(db, count);
    const server = await startServer('api/main.ts', { DATABASE_URL: postgres.url }, '/health/ready');
    stops.push(server.stop);
    const crowd = clientsApart();
    stops.push(crowd.stop);
    const before = await rssKb(server.child.pid!);
    const port = Number(new URL(server.url).port);
    const ours = world.clients.map((client) => ({ header: `Cookie: ${client.cookie}`, class: client.class }));
    const openedAt = performance.now();
    await crowd.ask({ ask: 'open', side: 'ours', crowd: { port, clients: ours } });
    const openMs = performance.now() - openedAt;
    const idle = await idleUse(server.child.pid!, idleSeconds);
    const kB = (idle.rssKb - before) / count;
    const bare = await startPeer();
    stops.push(bare.stop);
    const bareBefore = await rssKb(bare.child.pid!);
    const theirs = world.clients.map((client) => ({ header: `X-Class: ${client.class}`, class: client.class }));
    await crowd.ask({ ask: 'open', side: 'bare', crowd: { port: bare.port, clients: theirs } });
    const bareKb = ((await rssKb(bare.child.pid!)) - bareBefore) / count;

    const players: Record<string, Player> = {
      ours: { pid: server.child.pid!, tell: (place) => tellOurs(db, place), change: comingAndGoing(db, world) },
      bare: {
        pid: bare.child.pid!,
        tell: async ({ publicId }, to) => void bare.child.send({ thread: publicId, to }),
        change: null,
      },
    };
    const figures: { rate: number; ours: Figures; bare: Figures }[] = [];
    for (let round = 0; round < rounds; round += 1)
      for (const rate of rates) {
        const played: Record<string, Figures> = {};
        for (const side of round % 2 ? ['bare', 'ours'] : ['ours', 'bare'])
          played[side] = await play(crowd, world, side, players[side]!, { rate, seconds });
        figures.push({ rate, ours: played.ours!, bare: played.bare! });
      }
    // A fifth breaks off in the middle and comes back.
    const killed = await play(crowd, world, 'ours', players.ours!, { rate: 50, seconds, killEach: 5 });
    return await tell(size, { count, openMs, kB, bareKb, idleShare: idle.share }, figures, killed);
  } finally {
    for (const stop of stops.reverse()) await stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function clientsApart() {
  const child = fork(join(import.meta.dirname, 'live-crowd-clients.ts'));
  const ask = (asked: Asked): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const ended = () => reject(new Error('the clients ended'));
      child.once('exit', ended);
      child.once('message', ({ answered }: { answered: unknown }) => {
        child.off('exit', ended);
        resolve(answered);
      });
      child.send(asked);
    });
  return { ask, stop: () => child.kill() };
}

async function startPeer(): Promise<{ child: ChildProcess; port: number; stop: () => void }> {
  const port = await freePort();
  const child = fork(join(import.meta.dirname, 'live-crowd-peer.ts'), {
    env: { PATH: process.env.PATH, PORT: String(port) },
  });
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', reject);
  });
  return { child, port, stop: () => child.kill() };
}

const tellOurs = (db: Database, { threadId, circleId }: CrowdPlace) =>
  db
    .transaction()
    .execute((trx) =>
      recordChanges(trx, circleId === null ? { threads: [threadId] } : { inside: [{ threadId, circleId }] }),
    );

/** Somebody comes into a circle in which nothing is said, or leaves it again, through what the routes do it with. */
function comingAndGoing(db: Database, { clients, door }: CrowdWorld): () => Promise<void> {
  const inside: number[] = [];
  let next = 0;
  return () =>
    db.transaction().execute(async (trx) => {
      if (inside.length >= 10) {
        const personId = inside.shift()!;
        await leave(trx, { circleId: door, personId, by: personId });
        return;
      }
      const { personId } = clients[(next++ * 37) % clients.length]!;
      inside.push(personId);
      await enter(trx, { circle: { id: door, kind: 'closed' }, people: [personId], by: null });
    });
}

async function play(
  crowd: ReturnType<typeof clientsApart>,
  world: CrowdWorld,
  side: string,
  { pid, tell, change }: Player,
  { rate, seconds, killEach }: { rate: number; seconds: number; killEach?: number },
): Promise<Figures> {
  await crowd.ask({ ask: 'begin', side });
  const cpuBefore = (await treeUse(pid)).cpuSeconds;
  const happened: Happened[] = [];
  const begin = performance.now();
  const until = begin + seconds * 1_000;
  const every = async (perSecond: number, act: () => Promise<void>) => {
    const waiting: Promise<void>[] = [];
    for (let due = begin; due < until; due += 1_000 / perSecond) {
      await sleep(Math.max(0, due - performance.now()));
      waiting.push(act());
    }
    await Promise.all(waiting);
  };
  const event = async () => {
    const place = world.nextPlace();
    const to = Array.from({ length: classes }, (_, n) => n).filter(
      (n) => place.circleId === null || world.circlesOf[n]!.includes(place.circleId),
    );
    happened.push({ publicId: place.publicId, sentAt: performance.timeOrigin + performance.now(), classes: to });
    await tell(place, to);
  };
  await Promise.all([
    // Not in step with the ten frames a second.
    every(rate * 0.97, event),
    change && every(changesPerSecond, change),
    killEach && sleep(seconds * 400).then(() => crowd.ask({ ask: 'kill', side, each: killEach })),
  ]);
  await sleep(3_000);
  const cpu = (await treeUse(pid)).cpuSeconds - cpuBefore;
  const report = await settled(async () => (await crowd.ask({ ask: 'report', side, happened })) as Report);
  return { ...report, cpuMicrosPerFrame: (cpu * 1e6) / report.frames };
}

/** Late is not lost: waits up to half a minute for what is still on its way. */
async function settled(report: () => Promise<Report>): Promise<Report> {
  for (let second = 0; ; second += 2) {
    const found = await report();
    if (found.lost === 0 || second >= 30) return found;
    await sleep(2_000);
  }
}

async function rssKb(pid: number): Promise<number> {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))![1]);
}

async function idleUse(pid: number, seconds: number): Promise<{ share: number; rssKb: number }> {
  const before = (await treeUse(pid)).cpuSeconds;
  const rss: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    await sleep(1_000);
    rss.push(await rssKb(pid));
  }
  return { share: ((await treeUse(pid)).cpuSeconds - before) / seconds, rssKb: median(rss) };
}

async function tell(
  size: string,
  cost: { count: number; openMs: number; kB: number; bareKb: number; idleShare: number },
  figures: { rate: number; ours: Figures; bare: Figures }[],
  killed: Figures,
): Promise<boolean> {
  const spread = (list: number[], digits = 0) =>
    `${median(list).toFixed(digits)} [${Math.min(...list).toFixed(digits)}, ${Math.max(...list).toFixed(digits)}]`;
  const lines: string[] = [];
  let met = cost.kB <= bars.kB && cost.idleShare <= bars.idleShare;
  for (const rate of rates) {
    const at = figures.filter((one) => one.rate === rate);
    const ratios = at.map(({ ours, bare }) => ours.p95 / bare.p95);
    met &&= median(ratios) <= bars.ratio;
    const word = median(ratios) <= bars.goal ? 'goal met' : median(ratios) <= bars.ratio ? 'met' : 'MISSED';
    lines.push(
      `${rate} events/s: p95 ${spread(at.map(({ ours }) => ours.p95))} ms against ${spread(at.map(({ bare }) => bare.p95))} ms: ${spread(ratios, 2)}, at most ${bars.ratio} (goal ${bars.goal}): ${word}`,
      `  p50 ${spread(at.map(({ ours }) => ours.p50))} against ${spread(at.map(({ bare }) => bare.p50))} ms; CPU per frame ${spread(at.map(({ ours }) => ours.cpuMicrosPerFrame))} against ${spread(at.map(({ bare }) => bare.cpuMicrosPerFrame))} µs`,
    );
  }
  const all = [...figures.map(({ ours }) => ours), killed];
  const sum = (of: (one: Figures) => number) => all.reduce((total, one) => total + of(one), 0);
  const [lost, leaked] = [sum((one) => one.lost), sum((one) => one.leaked)];
  met &&= lost === 0 && leaked === 0;
  lines.push(
    `${sum(({ ended }) => ended)} streams ended or broke and came back, ${killed.ended} of them at once: ${lost} lost, ${leaked} told to who may not see, ${sum(({ twice }) => twice)} twice, ${sum(({ resyncs }) => resyncs)} asked to load again`,
    `memory ${cost.kB.toFixed(1)} kB a client (bare ${cost.bareKb.toFixed(1)}), at most ${bars.kB}: ${cost.kB <= bars.kB ? 'met' : 'MISSED'}; opened in ${(cost.openMs / 1_000).toFixed(1)} s`,
    `idle ${(100 * cost.idleShare).toFixed(2)} % of a core, at most ${100 * bars.idleShare}: ${cost.idleShare <= bars.idleShare ? 'met' : 'MISSED'}`,
  );
  const at = new Date().toISOString();
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] };
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, `P17-${size}-${at.replaceAll(':', '-')}.json`),
    JSON.stringify({ schema: 1, bench: 'P17', size, at, machine, bars, cost, figures, killed, met }, null, 2),
  );
  process.stdout.write(
    `P17 ${cost.count} live clients in ${classes} classes (${size})\n${lines.map((line) => `  ${line}\n`).join('')}`,
  );
  return met;
}
