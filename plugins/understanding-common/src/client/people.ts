import {
  aboutMeSchema,
  handEvidenceListSchema,
  handEvidenceSchema,
} from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { evidencePath, pathOf, send } from './requests';
import { Transport } from './Transport';

/** Reads and writes what is stored about the caller. */
export function peopleOf(transport: Transport) {
  return {
    getAboutMe: () => transport.request(aboutMeSchema, '/me'),
    setSuggested: async request => {
      await transport.fetch('/me/suggestions', send('PUT', request));
    },
    listHandEvidence: () =>
      transport.request(handEvidenceListSchema, '/evidence'),
    proposeEvidence: request =>
      transport.request(handEvidenceSchema, '/evidence', send('POST', request)),
    decideEvidence: (id, decision) =>
      transport.request(
        handEvidenceSchema,
        `${evidencePath(id)}/${decision}`,
        send('POST', undefined),
      ),
    withdrawEvidence: async id => {
      await transport.fetch(evidencePath(id), send('DELETE', undefined));
    },
    correctUnderstanding: async (entityRef, request) => {
      await transport.fetch(
        `${pathOf(entityRef)}/correction`,
        send('PUT', request),
      );
    },
    withdrawCorrection: async entityRef => {
      await transport.fetch(
        `${pathOf(entityRef)}/correction`,
        send('DELETE', undefined),
      );
    },
  } satisfies Partial<UnderstandingApi>;
}
