import type { Reporter, TestModule } from 'vitest/node';
import { writeTally } from './tally.ts';

/** Tells test/run.ts how many tests passed, failed and were skipped. */
export default class VitestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tally = { passed: 0, failed: errors.length, skipped: [] as string[] };
    for (const module of modules) {
      let failed = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') tally.passed += 1;
        else if (state === 'failed') failed += 1;
        else tally.skipped.push(`${module.relativeModuleId} > ${test.fullName}`);
      }
      // A file that could not be imported has no failed test of its own.
      tally.failed += module.state() === 'failed' && failed === 0 ? 1 : failed;
    }
    writeTally(tally);
  }
}
