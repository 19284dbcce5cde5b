import { readingPathSchema, walkthroughSchema } from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { pathOf, send } from './requests';
import { Transport } from './Transport';

/** Reads and writes explanations of whole entities. */
export function walkthroughsOf(transport: Transport) {
  return {
    getWalkthrough: async entityRef =>
      transport.request(walkthroughSchema, `${pathOf(entityRef)}/walkthrough`),
    writeWalkthrough: async (entityRef, request) =>
      transport.request(
        walkthroughSchema,
        `${pathOf(entityRef)}/walkthrough/versions`,
        send('POST', request),
      ),
    assessWalkthrough: async (entityRef, request) =>
      transport.request(
        walkthroughSchema,
        `${pathOf(entityRef)}/walkthrough/assessments`,
        send('POST', request),
      ),
    readWalkthrough: async (entityRef, helped) =>
      transport.request(
        walkthroughSchema,
        `${pathOf(entityRef)}/walkthrough/reading`,
        send('PUT', { helped }),
      ),
    getReadingPath: async entityRef =>
      transport.request(readingPathSchema, `${pathOf(entityRef)}/reading-path`),
  } satisfies Partial<UnderstandingApi>;
}
