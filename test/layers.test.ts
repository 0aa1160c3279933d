import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

/**
 * The house: which folders a folder may import, by the first word of the import. Type imports count too. A folder that is
 * not named here may import everything (the roof: start.ts, demo/, bench/, test/).
 */
const mayImport: Record<string, { values: string[]; types?: string[] }> = {
  platform: { values: [] },
  domain: { values: [] },
  ingest: { values: ['domain', 'platform'] },
  storage: { values: ['domain', 'platform'] },
  search: { values: ['domain', 'platform'] },
  workers: { values: ['ingest', 'storage', 'search', 'domain', 'platform'] },
  api: { values: ['ingest', 'storage', 'search', 'domain', 'platform'] },
  dashboard: { values: ['domain'], types: ['api'] },
};
const root = resolve(import.meta.dirname, '..');
const ignored = new Set(['node_modules', 'dist', 'data', '.git', 'screens', 'test-results', 'playwright-report']);

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (ignored.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.(ts|tsx)$/.test(entry.name) ? [path] : [];
  });
}

const importLine =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?[^;'"]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g;

type Import = { specifier: string; typeOnly: boolean };
/** Every import and re-export of a file, found by pattern: TypeScript 7 has no compiler API to ask. */
function importsOf(source: string): Import[] {
  return [...source.matchAll(importLine)].map((m) => ({ specifier: (m[2] ?? m[3] ?? m[4])!, typeOnly: Boolean(m[1]) }));
}

const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file);

/** Sentences about what `file` (relative to the root) imports that it may not. Tests may also use `test/`. */
function wrongImports(file: string, source: string): string[] {
  const folder = file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
  // The halves' own entry points stand on the roof too: they only call launch.ts.
  const rule = /^(api|workers)\/main\.ts$/.test(file) ? undefined : mayImport[folder];
  return importsOf(source).flatMap(({ specifier, typeOnly }) => {
    if (/^\.\.?\//.test(specifier)) {
      const target = relative(root, resolve(root, dirname(file), specifier));
      const leaves = folder !== '' && !target.startsWith(`${folder}/`);
      if (leaves) return [`${file}: "${specifier}" leaves ${folder}/, say #…`];
      if (!/\.(ts|tsx|js|css|json|woff2|svg)$/.test(specifier)) return [`${file}: "${specifier}" lacks its extension`];
      return [];
    }
    if (!specifier.startsWith('#') || !rule) return [];
    const target = specifier.slice(1, specifier.indexOf('/'));
    if (target === folder || rule.values.includes(target)) return [];
    if (typeOnly && rule.types?.includes(target)) return [];
    if (isTest(file) && target === 'test') return [];
    return [`${file}: may not import "${specifier}"`];
  });
}

test('every import goes down a floor, or stays in its folder', () => {
  const files = sourceFiles(root);
  expect(files.length).toBeGreaterThan(10);
  expect(files.flatMap((file) => wrongImports(relative(root, file), readFileSync(file, 'utf8')))).toEqual([]);
});

test('the check sees what it is for', () => {
  expect(wrongImports('domain/a.ts', "import { x } from '#storage/x.ts';")).toHaveLength(1);
  expect(wrongImports('storage/a.ts', "import type { X } from '#ingest/x.ts';")).toHaveLength(1);
  expect(wrongImports('dashboard/a.tsx', "import type { AppType } from '#api/app.ts';")).toEqual([]);
  expect(wrongImports('dashboard/a.tsx', "import { app } from '#api/app.ts';")).toHaveLength(1);
  expect(wrongImports('api/routes/a.ts', "import {\n  a,\n  b,\n} from '../../workers/x.ts';")).toHaveLength(1);
  expect(wrongImports('api/a.ts', "const x = await import('#workers/x.ts');")).toHaveLength(1);
  expect(wrongImports('storage/a.ts', "export * from '#api/x.ts';")).toHaveLength(1);
});

test('only the guarded client in platform/http.ts talks to the network on its own initiative', () => {
  const allowed = new Set(['platform/http-connect.ts', 'platform/http-exchange.ts']);
  const roof = ['demo/', 'bench/', 'test/'];
  const offenders = sourceFiles(root)
    .map((file) => relative(root, file))
    .filter((file) => !allowed.has(file) && !isTest(file) && !roof.some((folder) => file.startsWith(folder)))
    .filter((file) => !file.startsWith('dashboard/'))
    .filter((file) => {
      const source = readFileSync(join(root, file), 'utf8');
      const banned = importsOf(source).some(
        ({ specifier, typeOnly }) =>
          !typeOnly && /^(undici|axios|got|node-fetch|node:https?|node:tls|node:dns(\/promises)?)$/.test(specifier),
      );
      return banned || /(?<![.\w])fetch\(/.test(source);
    });
  expect(offenders).toEqual([]);
});
