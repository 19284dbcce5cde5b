import { sidesResponseSchema } from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { pathOf, send } from './requests';
import { Transport } from './Transport';

/** Reads and writes what both sides of a dependency count on. */
export function sidesOf(transport: Transport) {
  return {
    getSides: async entityRef =>
      transport.request(sidesResponseSchema, `${pathOf(entityRef)}/sides`),
    setExpectation: async (entityRef, version, request) =>
      transport.request(
        sidesResponseSchema,
        `${pathOf(entityRef)}/sides/expectation`,
        send('PUT', request, version),
      ),
    setPromise: async (entityRef, version, promise) =>
      transport.request(
        sidesResponseSchema,
        `${pathOf(entityRef)}/sides/promise`,
        send('PUT', promise, version),
      ),
  } satisfies Partial<UnderstandingApi>;
}
