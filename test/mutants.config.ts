import { defineConfig } from 'vitest/config';
import { type Mutant, mutated } from './mutants.ts';

const mutant = JSON.parse(process.env.MUTANT ?? 'null') as Mutant | null;

/** Integration tests with one predicate taken away (MUTANT, test/mutants.ts), which exists only in what they load. */
export default defineConfig({
  plugins: [
    {
      name: 'mutant',
      enforce: 'pre',
      transform: (code, id) => (mutant && id.endsWith(`/${mutant.file}`) ? mutated(code, mutant) : null),
    },
  ],
  test: {
    include: ['**/*.integration.test.ts'],
    exclude: ['node_modules/**'],
    globalSetup: ['./test/integration-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
