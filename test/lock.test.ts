import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

type LockEntry = { optionalDependencies?: Record<string, string>; resolved?: string };

/** Names of optional dependencies that the lock mentions but does not hold: `npm ci` refuses such a lock on some platforms. */
function missingFrom(packages: Record<string, LockEntry>): string[] {
  return Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => {
        for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
          if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`]) return false;
          if (folder === '') return true;
        }
      })
      .map((name) => `${path || 'the project'} → ${name}`),
  );
}

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
  packages: Record<string, LockEntry>;
};

test('the lock file holds every platform package that it names', () => {
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(missingFrom(lock.packages)).toEqual([]);
});

test('the lock file names no registry', () => {
  expect(Object.values(lock.packages).filter((entry) => entry.resolved?.includes('://'))).toEqual([]);
});

test('the check sees a platform package that is left out', () => {
  const packages = { 'node_modules/a': { optionalDependencies: { b: '1.0.0' } } };
  expect(missingFrom(packages)).toEqual(['node_modules/a → b']);
  expect(missingFrom({ ...packages, 'node_modules/a/node_modules/b': {} })).toEqual([]);
  expect(missingFrom({ ...packages, 'node_modules/b': {} })).toEqual([]);
});
