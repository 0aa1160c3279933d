import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const folder = import.meta.dirname;
const storage = join(folder, '..', 'storage');
/** What only those may see who see its circle. */
const protectedTables = [
  'threads',
  'placements',
  'placement_sources',
  'mentions',
  'mention_texts',
  'sightings',
  'joined',
  'join_keys',
  'replies',
  'reply_references',
  'attention',
  'cases',
  'thread_events',
  'tips',
].join('|');
const named = new RegExp(
  `\\b(from|join|into|update|using)\\s+(${protectedTables})\\b|(selectFrom|insertInto|updateTable|deleteFrom|Join)\\(\\s*['"\`](${protectedTables})\\b`,
  'i',
);
/** What is followed and how much it brought, which everybody may know. */
const tellsNobodysWords = ['source-list', 'sources'];

const sourcesIn = (of: string) =>
  readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
const protectedModules = sourcesIn(storage)
  .filter((file) => named.test(readFileSync(file, 'utf8')))
  .map((file) => relative(storage, file).replace(/\.ts$/, ''))
  .filter((module) => !tellsNobodysWords.includes(module));

const typeImport = /import type [^;]+;/g;
/** Whether a file does what only access*.ts may: read or write what is protected. */
function goesAround(source: string): boolean {
  const imported = [...source.replace(typeImport, '').matchAll(/'#storage\/([a-z-]+)\.ts'/g)].map(
    ([, module]) => module!,
  );
  return named.test(source) || imported.some((module) => protectedModules.includes(module));
}

test('only access*.ts reads and writes what circles protect', () => {
  const files = sourcesIn(folder);
  expect(files.length).toBeGreaterThan(20);
  const around = files.filter((file) => goesAround(readFileSync(file, 'utf8'))).map((file) => relative(folder, file));
  expect(around.filter((file) => !/^access(-[a-z]+)*\.ts$/.test(file))).toEqual([]);
  expect(around).toContain('access.ts');
});

test('the check sees what it is for', () => {
  expect(protectedModules).toEqual(expect.arrayContaining(['threads', 'stream', 'stream-filter', 'attention-counts']));
  for (const source of [
    "import { readThread } from '#storage/threads.ts';",
    "import { type StreamRow, readStream } from '#storage/stream.ts';",
    'sql`select 1 from mentions`',
    'sql`select from installation join placements p on true`',
    'sql`delete from people using replies`',
    "db.selectFrom('mention_texts')",
  ])
    expect(goesAround(source)).toBe(true);
  expect(goesAround("import type { StreamRow } from '#storage/stream.ts';")).toBe(false);
});
