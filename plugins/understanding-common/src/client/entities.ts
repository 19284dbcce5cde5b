import {
  entitiesByRefsResponseSchema,
  entityFacetsSchema,
  entitySummaryPageSchema,
  entityUnderstandingSchema,
} from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { pathOf, search, send } from './requests';
import { Transport } from './Transport';

/** Asks for entities. */
export function entitiesOf(transport: Transport) {
  return {
    listEntities: query =>
      transport.request(entitySummaryPageSchema, `/entities${search(query)}`),
    getFacets: () => transport.request(entityFacetsSchema, '/entities/facets'),
    getEntitiesByRefs: request =>
      transport.request(
        entitiesByRefsResponseSchema,
        '/entities/by-refs',
        send('POST', request),
      ),
    getEntity: async entityRef =>
      transport.request(entityUnderstandingSchema, pathOf(entityRef)),
  } satisfies Partial<UnderstandingApi>;
}
