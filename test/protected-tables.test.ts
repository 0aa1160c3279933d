import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/**
 * Rows that belong to circles (design section 8, "Rights inside queries"): their tables are named in SQL only in storage/,
 * and of the API only access*.ts comes near what reads them there, directly or through another file. Whoever adds a table
 * of the inside adds it here.
 */
const protectedTables = [
  'threads',
  'placements',
  'placement_sources',
  'mentions',
  'mention_texts',
  'mention_keys',
  'sightings',
  'joined',
  'join_keys',
  'replies',
  'reply_references',
  'attention',
  'circle_readings',
  'cases',
  'thread_events',
  'tips',
  'search_documents',
  'mention_topics',
  'placement_topics',
  'topic_run_removed',
  'saved_searches',
  'search_feeds',
  'circles',
  'circle_frames',
  'circle_states',
  'frame_acknowledgements',
  'memberships',
  'invitations',
  'mention_authors',
  'thread_moves',
  'thread_move_answers',
  'notices',
  'notice_levels',
  'audit_log',
].join('|');
const inSql = new RegExp(
  `\\b(?:from|join|into|update|using|table|truncate)\\s+(?:only\\s+)?"?(?:${protectedTables})\\b`,
  'i',
);
const inBuilder = new RegExp(
  `(?:selectFrom|insertInto|updateTable|deleteFrom|using|[jJ]oin|sql\\.table)\\(\\s*['"\`](?:${protectedTables})\\b`,
);
const root = resolve(import.meta.dirname, '..');
const ignored = new Set(['node_modules', 'dist', 'data', '.git', 'screens', 'test-results', 'playwright-report']);
/** Where tests, measurements and the demo make worlds of their own. */
const roof = new Set(['storage', 'test', 'bench', 'demo']);
/** The engine that answers from the database; its every question holds the circles of who asks (search/postgres/places.ts). */
const engine = 'search/postgres/';
/** What is followed and how much it brought, which everybody may know; where a new colleague begins to read; and what makes a viewer, and whose day has come. */
const open = new Set(['source-list', 'sources', 'source-polls', 'accounts', 'standings', 'day-changes']);

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (ignored.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return /\.tsx?$/.test(entry.name) && !/\.(test|spec)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Comments may speak of tables. */
const codeOf = (source: string) => source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*(?:\/\/|\*|--).*$/gm, '');
const namesTables = (source: string) => {
  const code = codeOf(source);
  return inSql.test(code) || inBuilder.test(code);
};

/** Files of storage/ that a file needs at run time, by name: of types nothing is left by then. */
function storageImports(source: string): string[] {
  const values = source.replaceAll(/(?:import|export)\s+type\s[^;]+;/g, '');
  return [...values.matchAll(/['"](?:#storage|\.)\/([a-z-]+)\.ts['"]/g)].map(([, name]) => name!);
}

/** Files of storage/ that read or write what is protected, themselves or through another. */
function protectedFiles(): Set<string> {
  const sources = new Map(
    filesIn(join(root, 'storage')).map((file) => [
      relative(join(root, 'storage'), file).replace(/\.ts$/, ''),
      readFileSync(file, 'utf8'),
    ]),
  );
  const found = new Set([...sources].filter(([, source]) => namesTables(source)).map(([name]) => name));
  for (const name of open) found.delete(name);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [name, source] of sources)
      if (!open.has(name) && storageImports(source).some((one) => found.has(one))) found.add(name);
  }
  return found;
}

test('what belongs to circles is named in SQL only in storage/, and by the engine that searches it', () => {
  const files = filesIn(root).map((file) => relative(root, file));
  const around = files.filter((file) => !roof.has(file.slice(0, file.indexOf('/'))) && !file.startsWith(engine));
  expect(around.length).toBeGreaterThan(100);
  expect(around.filter((file) => namesTables(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});

test('of the API only access*.ts comes near it, however far round', () => {
  const closed = protectedFiles();
  expect(closed.size).toBeGreaterThan(20);
  const around = filesIn(join(root, 'api'))
    .map((file) => relative(join(root, 'api'), file))
    .filter((file) => !/^access(?:-[a-z]+)*\.ts$/.test(file))
    .flatMap((file) =>
      [
        ...readFileSync(join(root, 'api', file), 'utf8')
          .replaceAll(/import type [^;]+;/g, '')
          .matchAll(/'#storage\/([a-z-]+)\.ts'/g),
      ]
        .filter(([, name]) => closed.has(name!))
        .map(([, name]) => `${file}: ${name}`),
    );
  expect(around).toEqual([]);
});

test('every table with a circle, a thread or a mention in it is on the list', () => {
  const migrations = readdirSync(join(root, 'storage', 'migrations'))
    .map((file) => readFileSync(join(root, 'storage', 'migrations', file), 'utf8'))
    .join('\n');
  const tables = [...migrations.matchAll(/create table (\w+) \(([\s\S]*?)\n\)/g)].filter(([, , columns]) =>
    /^\s+(?:circle_id|thread_id|mention_id)\s/m.test(columns!),
  );
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.map(([, name]) => name).filter((name) => !protectedTables.split('|').includes(name!))).toEqual([]);
});

test('the check sees what it is for', () => {
  for (const source of [
    'sql`select 1 from replies`',
    'sql`select from people p\n  join attention a on true`',
    'sql`delete from people using "tips"`',
    "db.selectFrom('mention_texts')",
    "db.selectFrom('people').innerJoin('replies', 'x', 'y')",
    'sql`truncate threads`',
  ])
    expect(namesTables(source), source).toBe(true);
  for (const source of ['// from replies we learn', '/** Takes it from threads. */', 'const from = threads;'])
    expect(namesTables(source), source).toBe(false);
  expect(storageImports("import type { A } from '#storage/replies.ts';\nimport { b } from './threads.ts';")).toEqual([
    'threads',
  ]);
});
