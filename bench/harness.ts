import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { join } from 'node:path';

/** Two or more sides that do the same work; ours first. Absolute figures are context, only ratios are judged (performance.md 3.1). */
export type Bench = {
  id: string;
  title: string;
  /** What one unit is: 'entries', 'polls'. */
  unit: string;
  /** A target is met only by the worse end of the interval. */
  targets: { peer: string; now: number; goal: number; is: 'at-least' | 'at-most' }[];
  /** Where one round takes very much longer, or very much less, than of other benchmarks. */
  rounds?: Record<Size, Rounds>;
  /** Prepares everything and answers the sides; `close` undoes it. */
  open: (size: Size) => Promise<{
    sides: Side[];
    /** The same answer on both sides, or the figure is void: throws with what differs. */
    gate: () => Promise<void>;
    close: () => Promise<void>;
    /** Whatever belongs beside the figures: stages, counts. */
    notes?: () => Record<string, unknown>;
  }>;
};
export type Size = 'smoke' | 'std';
export type Side = {
  name: string;
  /** Brings the side to its start, not timed. */
  reset: () => Promise<void>;
  /** Does the work; answers how many units. */
  run: () => Promise<number>;
};

type Rate = { perSecond: number; seconds: number; units: number };
export type Rounds = { warm: number; timed: number };
const rounds: Record<Size, Rounds> = { smoke: { warm: 1, timed: 3 }, std: { warm: 2, timed: 7 } };

/** Runs one benchmark in interleaved rounds and writes its figures to bench/results/. False: a target of today is missed. */
export async function runBench(bench: Bench, size: Size): Promise<boolean> {
  const loadBefore = loadavg()[0]!;
  const { sides, gate, close, notes } = await bench.open(size);
  try {
    const rates = new Map<string, Rate[]>(sides.map(({ name }) => [name, []]));
    const { warm, timed } = (bench.rounds ?? rounds)[size];
    for (let round = 0; round < warm + timed; round++) {
      for (const side of sides) {
        await side.reset();
        globalThis.gc?.();
        const begin = performance.now();
        const units = await side.run();
        const seconds = (performance.now() - begin) / 1000;
        if (round >= warm) rates.get(side.name)!.push({ perSecond: units / seconds, seconds, units });
      }
      if (round === 0) await gate();
    }
    const ours = rates.get(sides[0]!.name)!;
    const ratios = sides.slice(1).map(({ name }) => ({ peer: name, ...compare(ours, rates.get(name)!) }));
    const verdicts = bench.targets.map((target) => {
      const ratio = ratios.find(({ peer }) => peer === target.peer)!;
      const end = target.is === 'at-least' ? ratio.low : ratio.high;
      const meets = (bar: number) => (target.is === 'at-least' ? end >= bar : end <= bar);
      return {
        ...target,
        ratio: ratio.median,
        low: ratio.low,
        high: ratio.high,
        met: meets(target.now),
        goalMet: meets(target.goal),
      };
    });
    const result = {
      schema: 1,
      bench: bench.id,
      title: bench.title,
      unit: bench.unit,
      size,
      at: new Date().toISOString(),
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, kernel: release(), loadBefore, loadAfter: loadavg()[0] },
      versions: { node: process.version, commit: commit() },
      rounds: { warm, timed },
      sides: Object.fromEntries([...rates].map(([name, list]) => [name, { ...summary(list), rounds: list }])),
      verdicts,
      notes: notes?.() ?? {},
    };
    const folder = join(import.meta.dirname, 'results');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, `${bench.id}-${size}-${result.at.replaceAll(':', '-')}.json`),
      JSON.stringify(result, null, 2),
    );
    print(result, bench.unit);
    return verdicts.every(({ met }) => met);
  } finally {
    await close();
  }
}

function summary(list: Rate[]) {
  return { perSecond: median(list.map(({ perSecond }) => perSecond)), units: list[0]?.units ?? 0 };
}

/** Median of the ratios of rounds that stood side by side, with its 95 % bootstrap interval (seeded: the same figures, the same interval). */
export function compare(ours: readonly Rate[], theirs: readonly Rate[]): { median: number; low: number; high: number } {
  const ratios = ours.map((rate, index) => rate.perSecond / theirs[index]!.perSecond);
  const random = seeded(1);
  const medians = Array.from({ length: 2_000 }, () =>
    median(Array.from(ratios, () => ratios[Math.floor(random() * ratios.length)]!)),
  ).sort((a, b) => a - b);
  return { median: median(ratios), low: medians[50]!, high: medians[1_949]! };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}

function print(
  result: {
    bench: string;
    title: string;
    size: string;
    sides: Record<string, { perSecond: number }>;
    verdicts: {
      peer: string;
      ratio: number;
      low: number;
      high: number;
      now: number;
      goal: number;
      met: boolean;
      goalMet: boolean;
    }[];
    notes: object;
  },
  unit: string,
): void {
  const lines = [`${result.bench} ${result.title} (${result.size})`];
  for (const [name, { perSecond }] of Object.entries(result.sides)) {
    lines.push(`  ${name.padEnd(24)} ${perSecond.toFixed(0).padStart(8)} ${unit}/s`);
  }
  for (const one of result.verdicts) {
    const word = one.goalMet ? 'goal met' : one.met ? 'met' : 'MISSED';
    lines.push(
      `  against ${one.peer}: ${one.ratio.toFixed(2)} [${one.low.toFixed(2)}, ${one.high.toFixed(2)}], now ${one.now}, goal ${one.goal}: ${word}`,
    );
  }
  if (Object.keys(result.notes).length > 0) lines.push(`  ${JSON.stringify(result.notes)}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}
