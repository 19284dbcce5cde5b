import { draftResponseSchema } from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { search, send } from './requests';
import { Transport } from './Transport';

const PATH = '/explanations/drafts';

/** Keeps what the caller writes until it is submitted. */
export function draftsOf(transport: Transport) {
  return {
    getDraft: key =>
      transport.request(draftResponseSchema, `${PATH}${search({ key })}`),
    keepDraft: async request => {
      await transport.fetch(PATH, send('PUT', request));
    },
    removeDraft: async key => {
      await transport.fetch(
        `${PATH}${search({ key })}`,
        send('DELETE', undefined),
      );
    },
  } satisfies Partial<UnderstandingApi>;
}
