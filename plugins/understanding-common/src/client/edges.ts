import { coverageResponseSchema, edgePageSchema, edgeSchema } from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { pathOf, search, send } from './requests';
import { Transport } from './Transport';

/** Asks for dependencies, and answers them. */
export function edgesOf(transport: Transport) {
  return {
    listEdges: async entityRef =>
      transport.request(edgePageSchema, `${pathOf(entityRef)}/edges`),
    classifyEdge: async (entityRef, version, request) =>
      transport.request(
        edgeSchema,
        `${pathOf(entityRef)}/edges`,
        send('PUT', request, version),
      ),
    acceptRisk: async (entityRef, version, request) => {
      const path = `${pathOf(entityRef)}/edges/acceptances`;
      await transport.fetch(path, send('PUT', request, version));
    },
    withdrawAcceptance: async (entityRef, version, query) => {
      const path = `${pathOf(entityRef)}/edges/acceptances${search(query)}`;
      await transport.fetch(path, send('DELETE', undefined, version));
    },
    getCoverage: query =>
      transport.request(
        coverageResponseSchema,
        `/entities/coverage${search(query)}`,
      ),
  } satisfies Partial<UnderstandingApi>;
}
