import type { FullConfig, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { NO_REASON, writeTally } from './tally.ts';

/** Counts tests; one that passed only when tried again counts as failed. */
export default class PlaywrightTally implements Reporter {
  private tests: TestCase[] = [];
  private readonly strayErrors: string[] = [];

  onBegin(_config: FullConfig, suite: Suite): void {
    this.tests = suite.allTests();
  }

  onError(error: TestError): void {
    this.strayErrors.push(`outside any test: ${error.message}`);
  }

  onEnd(): void {
    const ofOutcome = (...outcomes: string[]) => this.tests.filter((test) => outcomes.includes(test.outcome()));
    writeTally({
      passed: ofOutcome('expected').length,
      failed: [...ofOutcome('unexpected', 'flaky').map(nameOf), ...this.strayErrors],
      skipped: ofOutcome('skipped').map((test) => ({ name: nameOf(test), reason: reasonOf(test) })),
    });
  }
}

function nameOf(test: TestCase): string {
  return test.titlePath().filter(Boolean).join(' > ');
}

function reasonOf({ annotations }: TestCase): string {
  return annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? NO_REASON;
}
