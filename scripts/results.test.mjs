import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  resultOfCommand,
  resultOfJest,
  resultOfNodeTest,
  resultOfPlaywright,
  sum,
} from './results.mjs';

const jest = {
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
};
const playwright = {
  stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0 },
  errors: [],
};

test('what passed is counted', () => {
  assert.deepEqual(
    sum([
      resultOfCommand(0),
      resultOfJest(jest, 0),
      resultOfPlaywright(playwright, 0),
      resultOfNodeTest(
        '# pass 4\n# fail 0\n# cancelled 0\n# skipped 0\n# todo 0',
        0,
      ),
    ]),
    { passed: 10, failed: 0 },
  );
});

test('a broken rule turns it red', () => {
  assert.equal(resultOfJest({ ...jest, numFailedTests: 1 }, 1).failed, 1);
  assert.equal(resultOfCommand(2).failed, 1);
  assert.equal(
    resultOfPlaywright(
      { ...playwright, stats: { ...playwright.stats, unexpected: 1 } },
      1,
    ).failed,
    1,
  );
  assert.equal(
    resultOfNodeTest(
      '# pass 4\n# fail 2\n# cancelled 0\n# skipped 0\n# todo 0',
      1,
    ).failed,
    2,
  );
});

test('a suite that could not run, and a stage that crashed, have failed', () => {
  assert.equal(
    resultOfJest({ ...jest, numRuntimeErrorTestSuites: 1 }, 1).failed,
    1,
  );
  assert.equal(resultOfJest(undefined, 1).failed, 1);
  assert.equal(resultOfPlaywright(undefined, 0).failed, 1);
  assert.equal(resultOfNodeTest('', 134).failed, 1);
  assert.equal(resultOfJest(jest, 1).failed, 1);
});

test('tests that were skipped or are missing count as failed', () => {
  assert.equal(resultOfJest({ ...jest, numPendingTests: 2 }, 0).failed, 2);
  assert.equal(resultOfJest({ ...jest, numPassedTests: 0 }, 0).failed, 1);
});
