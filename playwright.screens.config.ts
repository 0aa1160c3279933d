import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './test/chromium.ts';

const executablePath = findChromium();
const wide = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1.5 };
const phone = { ...devices['Pixel 7'], viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };
const shapes = [
  ['light', { ...wide, colorScheme: 'light' }],
  ['dark', { ...wide, colorScheme: 'dark' }],
  ['phone', { ...phone, colorScheme: 'light' }],
  ['phone-dark', { ...phone, colorScheme: 'dark' }],
] as const;
const languages = [
  ['nl', 'nl-NL'],
  ['en', 'en-GB'],
] as const;

/** `npm run screens`: every screen of the demo as a picture, to hold beside the drawn ones. Tests nothing. */
export default defineConfig({
  testDir: 'test/browser',
  testMatch: 'screens.ts',
  outputDir: 'test-results/screens',
  workers: 1,
  timeout: 120_000,
  reporter: 'list',
  use: { launchOptions: executablePath ? { executablePath } : {}, timezoneId: 'Europe/Amsterdam' },
  projects: languages.flatMap(([language, locale]) =>
    shapes.map(([name, use]) => ({ name: `${language}-${name}`, use: { ...use, locale } })),
  ),
});
