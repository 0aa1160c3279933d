import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notSight, predicates, sameWithout, signs } from './mutants-predicates.ts';
import { likelyTests, rounds } from './mutants-tests.ts';

/**
 * Z7: one mutant for each predicate by which a query keeps to what its reader may see; each takes one away, and a test must notice. They are
 * found by how such a predicate reads (test/mutants-predicates.ts), so that a new query has its mutant by itself.
 * `node test/mutants.ts [file…]` runs them one after the other, says what noticed each, and prints survivors.
 */
export type Mutant = { file: string; at: number; was: string; becomes: string };

const root = join(import.meta.dirname, '..');
const folders = [
  'storage',
  'search',
  'search/postgres',
  'search/elasticsearch',
  'api',
  'api/live',
  'api/routes',
  'workers',
];

export function mutantsIn(file: string, source: string): Mutant[] {
  return predicates
    .flatMap(([pattern, becomes]) =>
      [...source.matchAll(pattern)].map((found) => {
        const text = becomes.replace(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? '');
        return { file, at: found.index, was: found[0], becomes: text };
      }),
    )
    .sort((a, b) => a.at - b.at);
}

/** The lines on which a source speaks of what a reader may see, and on which there is neither a mutant nor a reason for there being none. */
export function unguarded(file: string, source: string): string[] {
  const mutants = mutantsIn(file, source);
  return [...source.matchAll(signs)].flatMap(({ index }) => {
    const line = source.slice(
      source.lastIndexOf('\n', index) + 1,
      (source.indexOf('\n', index) + 1 || source.length + 1) - 1,
    );
    // A table of circles is not kept to by being asked for: its condition follows, and what it does not say of sight it says of other acts.
    const [table] = source.slice(index).match(/^(?:standingsOf|circlesWhere)[^;]{0,260}/) ?? [''];
    const isCovered =
      mutants.some(({ at, was }) => at <= index + table.length && index < at + was.length) ||
      table.includes("holds('") ||
      /^\s*(\/\/|\/?\*|import |export (async )?function |(async )?function |const \w+ = \()/.test(line) ||
      notSight.some((known) => known.file === file && line.includes(known.words));
    return isCovered ? [] : [`${file}: ${line.trim()}`];
  });
}

export type Source = { file: string; source: string };
export function sources(): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => ({ file: `${folder}/${name}`, source: readFileSync(join(root, folder, name), 'utf8') })),
  );
}

/** All of them but those that change no answer. */
export const allMutants = (): Mutant[] =>
  sources().flatMap(({ file, source }) =>
    mutantsIn(file, source).filter(({ at }) => {
      const line = source.slice(source.lastIndexOf('\n', at) + 1, source.indexOf('\n', at));
      return !sameWithout.some((known) => known.file === file && line.includes(known.words));
    }),
  );

/** The source with the mutant in it. */
export const mutated = (source: string, { at, was, becomes }: Mutant): string =>
  source.slice(0, at) + becomes + source.slice(at + was.length);

type Verdict = { caught: boolean; by: string };
const answers = join(tmpdir(), `mutants-${process.pid}.json`);

function tests(mutant: Mutant, paths: readonly string[]): Promise<Verdict> {
  const child = spawn(
    process.execPath,
    [
      ...['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/mutants.config.ts', '--bail', '1'],
      ...['--reporter', 'json', '--outputFile', answers, ...paths],
    ],
    { cwd: root, stdio: 'ignore', env: { ...process.env, FULL: '', MUTANT: JSON.stringify(mutant) } },
  );
  return new Promise((resolve) =>
    child.on('exit', (code) => resolve({ caught: code !== 0, by: code === 0 ? '' : whatFailed() })),
  );
}

function whatFailed(): string {
  if (!existsSync(answers)) return 'nothing ran';
  const { testResults } = JSON.parse(readFileSync(answers, 'utf8')) as {
    testResults: {
      name: string;
      message: string;
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
    }[];
  };
  for (const { name, message, assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed');
    const why = (failed?.failureMessages[0] ?? message).split('\n')[0]!.slice(0, 120);
    if (failed || message) return `${name.slice(root.length + 1)}: ${failed?.fullName ?? ''} (${why})`;
  }
  return 'nothing named';
}

async function run(wanted: readonly string[]): Promise<void> {
  const mutants = allMutants().filter(({ file }) => wanted.length === 0 || wanted.includes(file));
  // With the same words put back every test passes, or what fails says nothing of mutants.
  for (const paths of rounds) {
    const { caught, by } = await tests({ ...mutants[0]!, becomes: mutants[0]!.was }, paths);
    if (caught) throw new Error(`Not green as it is: ${by}`);
  }
  let survivors = 0;
  for (const mutant of mutants) {
    let verdict: Verdict = { caught: false, by: '' };
    for (const paths of [likelyTests(mutant.file), ...rounds])
      if (!verdict.caught) verdict = await tests(mutant, paths);
    survivors += Number(!verdict.caught);
    const line = readFileSync(join(root, mutant.file), 'utf8').slice(0, mutant.at).split('\n').length;
    process.stdout.write(
      `${verdict.caught ? 'caught  ' : 'SURVIVES'}  ${mutant.file}:${line}  ${mutant.was}  ${verdict.by}\n`,
    );
  }
  process.stdout.write(`${mutants.length} mutants, ${mutants.length - survivors} caught\n`);
  process.exitCode = survivors === 0 ? 0 : 1;
}

if (import.meta.main) await run(process.argv.slice(2));
