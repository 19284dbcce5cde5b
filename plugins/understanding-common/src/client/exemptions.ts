import { exemptionSchema, exemptionsSchema } from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { search, send } from './requests';
import { Transport } from './Transport';

/** Reads and writes leave not to explain. */
export function exemptionsOf(transport: Transport) {
  return {
    listExemptions: entity =>
      transport.request(
        exemptionsSchema,
        `/explanations/exemptions${search({ entity })}`,
      ),
    createExemption: request =>
      transport.request(
        exemptionSchema,
        '/explanations/exemptions',
        send('POST', request),
      ),
    endExemption: async id => {
      await transport.fetch(
        `/explanations/exemptions/${encodeURIComponent(id)}`,
        send('DELETE', undefined),
      );
    },
  } satisfies Partial<UnderstandingApi>;
}
