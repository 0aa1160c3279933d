import { defineConfig } from '@playwright/test';
import { findChromium } from './test/chromium.ts';

const executablePath = findChromium();

/** Browser tests: `test/browser/*.spec.ts`, against whatever server each of them starts. */
export default defineConfig({
  testDir: 'test/browser',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // Two of anything is what our machines carry.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  reporter: process.env.CLOSING_LINE_FILE ? [['dot'], ['./test/reporters/playwright-tally.ts']] : [['list']],
  use: { launchOptions: executablePath ? { executablePath } : {}, trace: 'retain-on-failure' },
});
