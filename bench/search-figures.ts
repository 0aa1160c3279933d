import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { median } from './harness.ts';

export type Times = { p50: number; p95: number };

export function summary(list: readonly number[]): Times {
  const sorted = list.toSorted((a, b) => a - b);
  return { p50: median(sorted), p95: sorted[Math.floor(sorted.length * 0.95)]! };
}

/** Writes and prints what a benchmark of search found; answers whether it met its target. */
export async function tell(
  { bench, size, mentions }: { bench: string; size: string; mentions: number },
  figures: Record<string, Times>,
  verdict: { met: boolean; [name: string]: number | boolean },
): Promise<boolean> {
  const at = new Date().toISOString();
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] };
  const folder = join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, `${bench}-${size}-${at.replaceAll(':', '-')}.json`),
    JSON.stringify({ schema: 1, bench, size, at, machine, mentions, figures, verdict }, null, 2),
  );
  const lines = Object.entries(figures).map(
    ([name, { p50, p95 }]) => `  ${name.padEnd(12)} p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}`,
  );
  process.stdout.write(
    `${bench}, ${mentions} mentions (${size}), ms\n${lines.join('\n')}\n  ${JSON.stringify(verdict)}\n`,
  );
  return verdict.met;
}
