import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const folder = import.meta.dirname;
const protectedTables = [
  'threads',
  'placements',
  'placement_sources',
  'mentions',
  'mention_texts',
  'sightings',
  'joined',
  'join_keys',
];
const protectedImports = /from '#storage\/(threads|stream)\.ts'/;
const typeImport = /import type [^;]+ from '#storage\/(threads|stream)\.ts'/g;
const named = new RegExp(
  `\\b(from|join|into|update)\\s+(${protectedTables.join('|')})\\b|(selectFrom|insertInto|updateTable|deleteFrom|Join)\\(\\s*['"\`](${protectedTables.join('|')})\\b`,
  'i',
);

/** What a file does that only access.ts may. */
function goesAround(source: string): boolean {
  const code = source.replace(typeImport, '');
  return protectedImports.test(code) || named.test(code);
}

test('only access.ts reads threads and mentions', () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  expect(files.length).toBeGreaterThan(20);
  const around = files.filter((file) => goesAround(readFileSync(join(folder, file), 'utf8')));
  expect(around).toEqual(['access.ts']);
});

test('the check sees what it is for', () => {
  for (const source of [
    "import { readThread } from '#storage/threads.ts';",
    "import { type StreamRow, readStream } from '#storage/stream.ts';",
    'sql`select 1 from mentions`',
    'sql`select from installation join placements p on true`',
    "db.selectFrom('mention_texts')",
  ])
    expect(goesAround(source)).toBe(true);
  expect(goesAround("import type { StreamRow } from '#storage/stream.ts';")).toBe(false);
});
