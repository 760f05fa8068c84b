/** Prints, as the very last line, how many tests passed and failed over all projects. A run without a test fails. */
import { writeSync } from 'node:fs';
import type { SerializedError } from 'vitest';
import type { Reporter, TestModule } from 'vitest/node';

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    // What breaks outside of a test (a file, a suite's hook, a stray promise) is a failure, too.
    const broken = modules.flatMap((module) => [module, ...module.children.allSuites()]).flatMap((one) => one.errors());
    const failed = tests.filter((test) => test.result().state === 'failed').length + broken.length + unhandled.length;
    if (failed > 0 || passed === 0) process.exitCode = 1;
    process.once('exit', () => writeSync(1, `${passed} passed, ${failed} failed\n`));
  }
}
