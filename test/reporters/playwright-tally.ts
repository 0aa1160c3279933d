import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';
import { type Tally, writeTally } from './tally.ts';

/** Tells test/run.ts how many browser tests passed, failed and were skipped. */
export default class PlaywrightTally implements Reporter {
  #suite: Suite | undefined;
  #errors = 0;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  /** An error outside any test: a file that cannot be loaded, a server that does not start. */
  onError(): void {
    this.#errors += 1;
  }

  onEnd(result: FullResult): void {
    const tally: Tally = { passed: 0, failed: this.#errors, skipped: [] };
    for (const test of this.#suite?.allTests() ?? []) {
      const outcome = test.outcome();
      // A test that passed only when repeated did fail.
      if (outcome === 'expected') tally.passed += 1;
      else if (outcome === 'skipped') tally.skipped.push(test.titlePath().filter(Boolean).join(' > '));
      else tally.failed += 1;
    }
    if (result.status !== 'passed' && tally.failed === 0) tally.failed = 1;
    writeTally(tally);
  }
}
