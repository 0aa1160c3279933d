import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { inDays } from './days.ts';

const root = resolve(import.meta.dirname, '..');

test('a day is that of the organisation, on both sides of its midnight and over a change of the clock', () => {
  expect(inDays(0, new Date('2026-11-24T22:59:59Z'))).toBe('2026-11-24');
  expect(inDays(0, new Date('2026-11-24T23:00:00Z'))).toBe('2026-11-25');
  expect(inDays(-1, new Date('2026-06-30T22:00:00Z'))).toBe('2026-06-30');
  // The clock goes back: two days on is two days, though 48 hours are not.
  expect(inDays(2, new Date('2026-10-23T22:30:00Z'))).toBe('2026-10-26');
});

test('no test counts days in UTC', () => {
  const files = globSync('{api,demo,ingest,search,storage,workers,test}/**/*.ts', {
    cwd: root,
  });
  const tests = files.filter((file) => file.startsWith('test/') || /\.(test|spec)\.ts$/.test(file));
  expect(tests.length).toBeGreaterThan(200);
  const inUtc = tests.filter((file) => /toISOString\(\)\.slice\(0, 10\)/.test(readFileSync(join(root, file), 'utf8')));
  expect(inUtc).toEqual([]);
});
