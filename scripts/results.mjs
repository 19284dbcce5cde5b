/** Counts what a stage of the tests printed; a stage that proves nothing has failed. */

/** @typedef {{ passed: number, failed: number, notes: string[] }} Result */

/** @returns {Result} of a stage that is one check as a whole */
export function resultOfCommand(code) {
  return code === 0
    ? { passed: 1, failed: 0, notes: [] }
    : { passed: 0, failed: 1, notes: [`ended with code ${code}`] };
}

/** @returns {Result} of Jest's `--json` report */
export function resultOfJest(report, code) {
  if (!report) {
    return noReport(code);
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } =
    report;
  // A suite that could not even run has no tests to count.
  const brokenSuites = report.numRuntimeErrorTestSuites ?? 0;
  return judged(
    numPassedTests,
    numFailedTests + brokenSuites,
    numPendingTests + numTodoTests,
    code,
  );
}

/** @returns {Result} of Playwright's JSON report */
export function resultOfPlaywright(report, code) {
  if (!report?.stats) {
    return noReport(code);
  }
  const { expected, unexpected, flaky, skipped } = report.stats;
  return judged(
    expected,
    unexpected + flaky + report.errors.length,
    skipped,
    code,
  );
}

/** @returns {Result} of what `node --test` prints in TAP */
export function resultOfNodeTest(output, code) {
  const count = name =>
    Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? NaN);
  const passed = count('pass');
  if (Number.isNaN(passed)) {
    return noReport(code);
  }
  return judged(
    passed,
    count('fail') + count('cancelled'),
    count('skipped') + count('todo'),
    code,
  );
}

/** @returns {{ passed: number, failed: number }} */
export function sum(results) {
  return results.reduce(
    (all, { passed, failed }) => ({
      passed: all.passed + passed,
      failed: all.failed + failed,
    }),
    { passed: 0, failed: 0 },
  );
}

function judged(passed, failed, skipped, code) {
  const notes = [];
  let failures = failed;
  if (skipped > 0) {
    failures += skipped;
    notes.push(`${skipped} tests were skipped, which counts as failed`);
  }
  if (passed + failed === 0) {
    failures += 1;
    notes.push('no test ran');
  }
  if (code !== 0 && failures === 0) {
    failures += 1;
    notes.push(`ended with code ${code}`);
  }
  return { passed, failed: failures, notes };
}

function noReport(code) {
  return {
    passed: 0,
    failed: 1,
    notes: [`ended with code ${code} and no report`],
  };
}
