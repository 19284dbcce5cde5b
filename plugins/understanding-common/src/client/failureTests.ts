import { failureTestSchema, failureTestsSchema } from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { modePath, send, testPath } from './requests';
import { Transport } from './Transport';

/** Reads and writes tests of failure modes. */
export function failureTestsOf(transport: Transport) {
  return {
    listTests: failureModeId =>
      transport.request(failureTestsSchema, `${modePath(failureModeId)}/tests`),
    recordTest: (failureModeId, test) =>
      transport.request(
        failureTestSchema,
        `${modePath(failureModeId)}/tests`,
        send('POST', test),
      ),
    rewriteTest: (failureModeId, testId, version, test) =>
      transport.request(
        failureTestSchema,
        testPath(failureModeId, testId),
        send('PUT', test, version),
      ),
    confirmTest: (failureModeId, testId) => {
      const path = `${testPath(failureModeId, testId)}/confirmations`;
      return transport.request(failureTestSchema, path, { method: 'POST' });
    },
    getTestCalendar: async (failureModeId, testId) => {
      const path = `${testPath(failureModeId, testId)}/calendar.ics`;
      return (await transport.fetch(path)).text();
    },
  } satisfies Partial<UnderstandingApi>;
}
