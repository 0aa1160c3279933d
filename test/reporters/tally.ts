import { readFileSync, writeFileSync } from 'node:fs';

/** What one runner did; `skipped` names the tests. */
export type Tally = { passed: number; failed: number; skipped: string[] };

/** Hands a runner's tally to test/run.ts, which adds runners up; without CLOSING_LINE_FILE nobody asked. */
export function writeTally(tally: Tally): void {
  const file = process.env.CLOSING_LINE_FILE;
  if (file) writeFileSync(file, JSON.stringify(tally));
}

/** The tally a runner left in a file; null when it died before it could. */
export function readTally(file: string): Tally | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Tally;
  } catch {
    return null;
  }
}
