import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');

test('one file knows better-auth, and loads it with the first password only', async () => {
  const knowing: string[] = [];
  for await (const file of glob('{api,domain,ingest,platform,storage,workers}/**/*.ts', { cwd: root }))
    if (!/\.test\.ts$/.test(file) && /from '(@?better-auth)|import\('better-auth/.test(read(file))) knowing.push(file);
  expect(knowing).toEqual(['api/auth-engine.ts']);
  expect(read('api/auth-engine.ts').match(/^import (?!type ).*better-auth/gm)).toBeNull();
});

const read = (file: string) => readFileSync(join(root, file), 'utf8');
