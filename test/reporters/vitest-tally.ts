import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Writes how many tests passed, failed and were skipped to the file named by CLOSING_LINE_FILE; test/run.ts adds runners up. */
export default class VitestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tally = { passed: 0, failed: errors.length, skipped: 0 };
    for (const module of modules) {
      let failed = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') tally.passed += 1;
        else if (state === 'failed') failed += 1;
        else tally.skipped += 1;
      }
      // A file that could not be imported has no failed test of its own.
      tally.failed += module.state() === 'failed' && failed === 0 ? 1 : failed;
    }
    const file = process.env.CLOSING_LINE_FILE;
    if (file) writeFileSync(file, JSON.stringify(tally));
  }
}
