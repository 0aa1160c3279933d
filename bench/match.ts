import { deepStrictEqual } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { SearchDocument } from '#domain/search-document.ts';
import { createStanding, type Standing } from '#search/match/standing.ts';
import { type Bench, median, type Side, type Size } from './harness.ts';
import { hasLucene, startLucene } from './match-lucene.ts';
import { matchNaively } from './match-naive.ts';
import { startPostgresScan } from './match-postgres.ts';
import { type MatchWorld, matchWorld, prepared } from './match-world.ts';

const naive = 'naive loop';
const scan = 'tsquery scan in PostgreSQL';
const monitor = 'Lucene Monitor';
const queryCount = { smoke: 1_000, std: 10_000 };
/** Documents of a round, fewer on the slower sides; ours never meets one twice. */
const perRound = { ours: 1_000, naive: 100, scan: 30, monitor: 200 };
const mostRounds = 10;

/** P10: standing queries with phrases and proximity, three of which hold of each document of 300 words. */
export const matchBench: Bench = {
  id: 'P10',
  title: hasLucene
    ? 'standing queries'
    : 'standing queries (not beside Lucene Monitor: LUCENE_MONITOR_JARS names no folder with its jars)',
  unit: 'documents',
  targets: [
    { peer: scan, now: 40, goal: 50, is: 'at-least' },
    { peer: naive, now: 12, goal: 15, is: 'at-least' },
    ...(hasLucene ? [{ peer: monitor, now: 1, goal: 2, is: 'at-least' } as const] : []),
  ],
  async open(size) {
    const world = matchWorld(queryCount[size], perRound.ours * mostRounds);
    const standing = createStanding(world.queries);
    const postgres = await startPostgresScan(world.queries);
    const lucene = hasLucene ? await startLucene(world) : null;
    const next = cursorOver(world);
    const loop = (count: number) =>
      world.documents.slice(0, count).map(({ text, terms }) => matchNaively(world.queries, text, terms));
    const scanned: number[][] = [];
    let slice: SearchDocument[] = [];
    let found = 0;
    let matched = 0;
    const sides: Side[] = [
      {
        name: 'buitenwacht',
        reset: async () => {
          slice = next(perRound.ours);
        },
        run: async () => {
          for (const document of slice) found += standing.match(document).length;
          matched += slice.length;
          return slice.length;
        },
      },
      { name: naive, reset: async () => undefined, run: async () => loop(perRound.naive).length },
      {
        name: scan,
        reset: async () => {
          slice = world.documents.slice(0, perRound.scan).map(prepared);
          scanned.length = 0;
        },
        run: async () => {
          for (const document of slice) scanned.push(await postgres.match(document));
          return slice.length;
        },
      },
    ];
    if (lucene) {
      const run = async () => (await lucene.match(0, perRound.monitor)).length;
      sides.push({ name: monitor, reset: async () => undefined, run });
    }
    return {
      sides,
      async gate() {
        const expected = loop(perRound.monitor);
        deepStrictEqual(
          world.documents.slice(0, perRound.monitor).map((one) => standing.match(prepared(one))),
          expected,
        );
        deepStrictEqual(scanned, expected.slice(0, perRound.scan));
        if (lucene) deepStrictEqual(await lucene.match(0, perRound.monitor), expected);
      },
      async close() {
        lucene?.close();
        await postgres.close();
      },
      notes: () => ({ queries: world.queries.length, matchesEach: found / matched, wordsEach: 300, hasLucene }),
    };
  },
};

/** The next documents of a world, prepared; from the first again when there are no more. */
function cursorOver({ documents }: MatchWorld): (count: number) => SearchDocument[] {
  let at = 0;
  return (count) => {
    if (at + count > documents.length) at = 0;
    at += count;
    return documents.slice(at - count, at).map(prepared);
  };
}

const steps = [100, 1_000, 10_000, 100_000];
const mostExponent = 0.25;
/** Documents that each index has met before it is measured, and of each of the rounds. */
const growth = { smoke: { met: 2_000, each: 500, rounds: 3 }, std: { met: 8_000, each: 500, rounds: 9 } };

/**
 * How the cost of a document grows from 100 to 100,000 standing queries while three hold of it, as the exponent of a power law.
 * In processor time of this process, the sizes taking turns, so that neighbours on the machine matter little. Writes bench/results/.
 */
export async function matchGrowthBench(size: Size): Promise<boolean> {
  const { met, each, rounds } = growth[size];
  const sides = steps.map((count) => {
    const world = matchWorld(count, met + each * rounds);
    const standing = createStanding(world.queries);
    const next = cursorOver(world);
    for (let done = 0; done < met; done += each) matchAll(standing, next(each));
    return { count, standing, next, costs: [] as number[], matches: 0 };
  });
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) {
      const documents = side.next(each);
      globalThis.gc?.();
      const begin = process.cpuUsage();
      side.matches += matchAll(side.standing, documents);
      const { user, system } = process.cpuUsage(begin);
      side.costs.push((user + system) / each);
    }
  }
  const figures = sides.map(({ count, costs, matches }) => ({
    queries: count,
    microseconds: median(costs),
    matchesEach: matches / (each * rounds),
  }));
  const ratios = sides[0]!.costs.map((first, round) => sides.at(-1)!.costs[round]! / first);
  const exponent = Math.log10(median(ratios)) / Math.log10(steps.at(-1)! / steps[0]!);
  const verdict = exponent <= mostExponent;
  const result = {
    schema: 1,
    bench: 'P10-growth',
    size,
    at: new Date().toISOString(),
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] },
    versions: { node: process.version },
    figures,
    exponent,
    mostExponent,
    met: verdict,
  };
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, `P10-growth-${size}-${result.at.replaceAll(':', '-')}.json`),
    JSON.stringify(result, null, 2),
  );
  const lines = figures.map(
    ({ queries, microseconds, matchesEach }) =>
      `  ${String(queries).padStart(8)} queries ${microseconds.toFixed(1).padStart(8)} µs a document, ${matchesEach.toFixed(2)} matches`,
  );
  process.stdout.write(
    `P10-growth (${size})\n${lines.join('\n')}\n  exponent ${exponent.toFixed(3)}, at most ${mostExponent}: ${verdict ? 'met' : 'MISSED'}\n`,
  );
  return verdict;
}

function matchAll(standing: Standing, documents: readonly SearchDocument[]): number {
  let found = 0;
  for (const document of documents) found += standing.match(document).length;
  return found;
}
