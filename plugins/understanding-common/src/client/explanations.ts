import {
  createExplanationResponseSchema,
  explanationPageSchema,
  explanationPolicyResponseSchema,
  explanationRecordSchema,
  explanationVersionTextSchema,
  readingsSchema,
} from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { readingPathOf, search, send } from './requests';
import { Transport } from './Transport';

/** Reads and writes explanations of changes. */
export function explanationsOf(transport: Transport) {
  return {
    listExplanations: query =>
      transport.request(explanationPageSchema, `/explanations${search(query)}`),
    listMyExplanations: query =>
      transport.request(
        explanationPageSchema,
        `/explanations/mine${search(query)}`,
      ),
    getExplanation: id =>
      transport.request(
        explanationRecordSchema,
        `/explanations/${encodeURIComponent(id)}`,
      ),
    getExplanationText: (id, textId) =>
      transport.request(
        explanationVersionTextSchema,
        `/explanations/${encodeURIComponent(id)}/texts/${encodeURIComponent(
          textId,
        )}`,
      ),
    createExplanation: request =>
      transport.request(
        createExplanationResponseSchema,
        '/explanations',
        send('POST', request),
      ),
    assessExplanation: (id, request) =>
      transport.request(
        explanationRecordSchema,
        `/explanations/${encodeURIComponent(id)}/assessments`,
        send('POST', request),
      ),
    getReadings: explanationId =>
      transport.request(readingsSchema, readingPathOf(explanationId)),
    readExplanation: (explanationId, helped) =>
      transport.request(
        readingsSchema,
        readingPathOf(explanationId),
        send('PUT', { helped }),
      ),
    getExplanationPolicy: query =>
      transport.request(
        explanationPolicyResponseSchema,
        `/explanations/policy${search(query)}`,
      ),
  } satisfies Partial<UnderstandingApi>;
}
