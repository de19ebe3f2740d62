import type { Reporter, TestModule } from 'vitest/node';
import { NO_REASON, writeTally } from './tally.ts';

type Run = NonNullable<Reporter['onTestRunEnd']>;

/** Counts tests; a file that could not load and an error outside any test count as one failed test each. */
export default class VitestTally implements Reporter {
  onTestRunEnd(...[modules, strayErrors]: Parameters<Run>): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()].map((test) => ({ test, module })));
    const inState = (state: string) => tests.filter(({ test }) => test.result().state === state);
    writeTally({
      passed: inState('passed').length,
      failed: [
        ...modules.filter(brokeOutsideTests).map((module) => `${module.relativeModuleId}: the file itself`),
        ...inState('failed').map(({ test, module }) => `${module.relativeModuleId}: ${test.fullName}`),
        ...inState('pending').map(({ test, module }) => `${module.relativeModuleId}: ${test.fullName} (never ended)`),
        ...strayErrors.map(({ message }) => `outside any test: ${message}`),
      ],
      skipped: inState('skipped').map(({ test, module }) => {
        const result = test.result();
        const note = result.state === 'skipped' ? result.note : undefined;
        return { name: `${module.relativeModuleId}: ${test.fullName}`, reason: note ?? NO_REASON };
      }),
    });
  }
}

function brokeOutsideTests(module: TestModule): boolean {
  return module.errors().length > 0 || [...module.children.allSuites()].some((suite) => suite.errors().length > 0);
}
