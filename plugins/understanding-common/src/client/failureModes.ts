import {
  commentSchema,
  commentsSchema,
  failureModeFileResponseSchema,
  failureModeHistorySchema,
  failureModePageSchema,
  failureModeSchema,
} from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { modePath, search, send } from './requests';
import { Transport } from './Transport';

/** Reads and writes failure modes. */
export function failureModesOf(transport: Transport) {
  return {
    listFailureModes: query =>
      transport.request(
        failureModePageSchema,
        `/failure-modes${search(query)}`,
      ),
    createFailureMode: content =>
      transport.request(
        failureModeSchema,
        '/failure-modes',
        send('POST', content),
      ),
    updateFailureMode: (id, version, content) =>
      transport.request(
        failureModeSchema,
        modePath(id),
        send('PUT', content, version),
      ),
    removeFailureMode: async (id, version) => {
      await transport.fetch(modePath(id), send('DELETE', undefined, version));
    },
    getFailureModeHistory: id =>
      transport.request(failureModeHistorySchema, `${modePath(id)}/history`),
    listComments: failureModeId =>
      transport.request(commentsSchema, `${modePath(failureModeId)}/comments`),
    addComment: (failureModeId, text) =>
      transport.request(
        commentSchema,
        `${modePath(failureModeId)}/comments`,
        send('POST', { text }),
      ),
    getFailureModeFile: entityRef =>
      transport.request(
        failureModeFileResponseSchema,
        `/failure-modes/file${search({ entity: entityRef })}`,
      ),
    exportFailureModes: async entityRef => {
      const path = `/failure-modes/export${search({ entity: entityRef })}`;
      return (await transport.fetch(path)).text();
    },
  } satisfies Partial<UnderstandingApi>;
}
