import { defineConfig } from 'vitest/config';

/** Three projects: pure code (fast, shared workers), components in a DOM, and everything that talks to a real server. */
export default defineConfig({
  test: {
    reporters: process.env.CLOSING_LINE_FILE ? ['dot', './test/reporters/vitest-tally.ts'] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: ['**/*.integration.test.ts', 'node_modules/**', 'dashboard/**'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'dom', include: ['dashboard/**/*.test.{ts,tsx}'], environment: 'happy-dom', isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: ['node_modules/**'],
          globalSetup: ['./test/integration-setup.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
