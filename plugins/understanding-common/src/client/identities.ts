import {
  botPageSchema,
  contradictionPageSchema,
  identityCandidatePageSchema,
  identityLinkPageSchema,
  leaverPageSchema,
  mailmapReadingSchema,
  myIdentitiesSchema,
} from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { search, send } from './requests';
import { Transport } from './Transport';

/** Asks and says who is who. */
export function identitiesOf(transport: Transport) {
  return {
    listIdentityCandidates: query =>
      transport.request(
        identityCandidatePageSchema,
        `/identities/candidates${search(query)}`,
      ),
    listIdentityLinks: query =>
      transport.request(
        identityLinkPageSchema,
        `/identities/links${search(query)}`,
      ),
    listContradictions: query =>
      transport.request(
        contradictionPageSchema,
        `/identities/contradictions${search(query)}`,
      ),
    listLeavers: query =>
      transport.request(
        leaverPageSchema,
        `/identities/leavers${search(query)}`,
      ),
    listBots: query =>
      transport.request(botPageSchema, `/identities/bots${search(query)}`),
    getMyIdentities: () =>
      transport.request(myIdentitiesSchema, '/identities/mine'),
    readMailmap: request =>
      transport.request(
        mailmapReadingSchema,
        '/identities/mailmap',
        send('POST', request),
      ),
    decideIdentities: async request => {
      await transport.fetch('/identities/links', send('POST', request));
    },
    undoIdentity: async query => {
      await transport.fetch(
        `/identities/links${search(query)}`,
        send('DELETE', undefined),
      );
    },
  } satisfies Partial<UnderstandingApi>;
}
