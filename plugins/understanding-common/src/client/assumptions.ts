import {
  assumptionHistorySchema,
  assumptionPageSchema,
  assumptionSchema,
} from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { assumptionPath, search, send } from './requests';
import { Transport } from './Transport';

/** Reads and writes assumptions. */
export function assumptionsOf(transport: Transport) {
  return {
    listAssumptions: query =>
      transport.request(assumptionPageSchema, `/assumptions${search(query)}`),
    createAssumption: content =>
      transport.request(
        assumptionSchema,
        '/assumptions',
        send('POST', content),
      ),
    updateAssumption: (id, version, content) =>
      transport.request(
        assumptionSchema,
        assumptionPath(id),
        send('PUT', content, version),
      ),
    getAssumptionHistory: id =>
      transport.request(
        assumptionHistorySchema,
        `${assumptionPath(id)}/history`,
      ),
    verifyAssumption: (id, version, request) =>
      transport.request(
        assumptionSchema,
        `${assumptionPath(id)}/verifications`,
        send('POST', request, version),
      ),
  } satisfies Partial<UnderstandingApi>;
}
