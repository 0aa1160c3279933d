import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { type Mutant, mutated } from './mutants.ts';

const mutant = JSON.parse(process.env.MUTANT ?? 'null') as Mutant | null;

const root = join(import.meta.dirname, '..');

/** Integration tests with one predicate taken away (MUTANT, test/mutants.ts), which exists only in what they load. */
export default defineConfig({
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      // What was kept of the file without the mutant, or with another, is not what is asked for.
      configureVitest: ({ defineCacheKeyGenerator: keyOf }) =>
        keyOf(({ id }) => (id.split('?')[0] === join(root, mutant?.file ?? '') ? false : undefined)),
      load: (id) =>
        id.split('?')[0] === join(root, mutant?.file ?? '')
          ? mutated(readFileSync(join(root, mutant!.file), 'utf8'), mutant!)
          : null,
    },
  ],
  root,
  test: {
    experimental: { viteModuleRunner: true },
    include: ['**/*.integration.test.ts'],
    exclude: ['node_modules/**'],
    globalSetup: ['./test/integration-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
