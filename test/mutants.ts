import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Z7: one mutant for each predicate by which a query keeps to what its reader may see; each takes one away, and a test must notice. They are
 * found by how such a predicate reads, so that a new query has its mutant by itself. `node test/mutants.ts [file…]` runs them and prints survivors.
 */
export type Mutant = { file: string; at: number; was: string; becomes: string };

const root = join(import.meta.dirname, '..');
const folders = ['storage', 'search/postgres'];

/** How a predicate of sight reads, and what is left of it when it no longer keeps anything. */
const predicates: readonly [RegExp, string][] = [
  [/([\w.]+) = any\(\$\{circles\}::int\[\]\)/g, '$1 is not null'],
  [/([\w.]+) = any\(\$\{circlesWhere\('\w+', personId\)\}\)/g, '$1 is not null'],
  [/join seen on seen\.id = [\w.]+/g, 'cross join (select) seen'],
  [/ and o\.circle_id in \(select id from seen\)/g, ''],
  [/where s\.standing in \(\$\{sql\.join\(rowsWith\(act\)/g, "where 'x' not in (${sql.join(rowsWith(act)"],
];

export function mutantsIn(file: string, source: string): Mutant[] {
  return predicates
    .flatMap(([pattern, becomes]) =>
      [...source.matchAll(pattern)].map((found) => {
        const text = found[0].replace(new RegExp(pattern.source), becomes);
        return { file, at: found.index, was: found[0], becomes: text };
      }),
    )
    .sort((a, b) => a.at - b.at);
}

export function allMutants(): Mutant[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => mutantsIn(`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8'))),
  );
}

/** The source with the mutant in it. */
export const mutated = (source: string, { at, was, becomes }: Mutant): string =>
  source.slice(0, at) + becomes + source.slice(at + was.length);

/** The quickest that notices most first: one test that fails is enough. */
const rounds = [
  ['test/foreign-ids', 'test/non-interference'],
  ['test/circle-', 'test/talk', 'test/desk-only', 'test/moves', 'api/desk', 'api/tips'],
  ['api/inbox', 'api/guests', 'api/circle', 'api/attention', 'api/search', 'api/figures', 'api/people'],
  [
    'storage/stream',
    'storage/figures',
    'storage/search',
    'api/live',
    'api/routes',
    'test/topics',
    'test/search-engines',
  ],
];

function passes(mutant: Mutant, paths: readonly string[]): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/mutants.config.ts', '--bail', '1', ...paths],
    { cwd: root, stdio: 'ignore', env: { ...process.env, FULL: '', MUTANT: JSON.stringify(mutant) } },
  );
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
}

async function run(wanted: readonly string[]): Promise<void> {
  const mutants = allMutants().filter(({ file }) => wanted.length === 0 || wanted.includes(file));
  // With the same words put back every test passes, or what fails says nothing of mutants.
  for (const paths of rounds)
    if (!(await passes({ ...mutants[0]!, becomes: mutants[0]!.was }, paths)))
      throw new Error(`Not green as it is: ${paths.join(' ')}`);
  let survivors = 0;
  for (const mutant of mutants) {
    let survives = true;
    for (const paths of rounds) if (survives) survives = await passes(mutant, paths);
    survivors += Number(survives);
    process.stdout.write(`${survives ? 'SURVIVES' : 'caught'}  ${mutant.file}:${mutant.at}  ${mutant.was}\n`);
  }
  process.stdout.write(`${mutants.length} mutants, ${survivors} survive\n`);
  process.exitCode = survivors === 0 ? 0 : 1;
}

if (import.meta.main) await run(process.argv.slice(2));
