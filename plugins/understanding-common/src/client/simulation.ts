import {
  departureResponseSchema,
  graphResponseSchema,
  outageResponseSchema,
  structureResponseSchema,
} from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { search, send } from './requests';
import { Transport } from './Transport';

/** Asks what would be. */
export function simulationOf(transport: Transport) {
  return {
    simulateOutage: request =>
      transport.request(
        outageResponseSchema,
        '/simulations/outage',
        send('POST', request),
      ),
    simulateDeparture: request =>
      transport.request(
        departureResponseSchema,
        '/simulations/departure',
        send('POST', request),
      ),
    getGraph: query =>
      transport.request(graphResponseSchema, `/graph${search(query)}`),
    getStructure: () =>
      transport.request(structureResponseSchema, '/graph/structure'),
  } satisfies Partial<UnderstandingApi>;
}
