import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './test/chromium.ts';

const executablePath = findChromium();
const desktop = { viewport: { width: 1440, height: 900 }, timezoneId: 'Europe/Amsterdam' };
/** What differs by language, theme or width is tried in each; what does not, once. */
const everywhere = [
  'every-screen.spec.ts',
  'main-path.spec.ts',
  'erase-author.spec.ts',
  'day-of-an-employee.spec.ts',
  'day-of-a-manager.spec.ts',
  'topics.spec.ts',
];

/** Browser tests: `test/browser/*.spec.ts`, each worker against a real server of its own (test/browser/fixtures.ts). */
export default defineConfig({
  testDir: 'test/browser',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  // Two of anything is what our machines carry.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  // Machines that build and test at once are slow, not wrong.
  expect: { timeout: 10_000 },
  reporter: process.env.CLOSING_LINE_FILE ? [['dot'], ['./test/reporters/playwright-tally.ts']] : [['list']],
  use: { launchOptions: executablePath ? { executablePath } : {}, trace: 'retain-on-failure' },
  projects: [
    { name: 'nl-light', use: { ...desktop, locale: 'nl-NL', colorScheme: 'light' } },
    {
      name: 'en-dark',
      testMatch: [...everywhere, 'day-at-the-desk.spec.ts'],
      use: { ...desktop, locale: 'en-GB', colorScheme: 'dark' },
    },
    {
      name: 'phone',
      testMatch: [...everywhere, 'stream.spec.ts'],
      use: { ...devices['Pixel 7'], locale: 'nl-NL', timezoneId: 'Europe/Amsterdam' },
    },
  ],
});
