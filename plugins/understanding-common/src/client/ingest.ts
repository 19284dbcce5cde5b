import { deliveryPageSchema, ingestStatusSchema } from '../schemas';
import { UnderstandingApi } from '../UnderstandingApi';
import { search } from './requests';
import { Transport } from './Transport';

/** Asks how ingest is doing. */
export function ingestOf(transport: Transport) {
  return {
    getIngestStatus: () =>
      transport.request(ingestStatusSchema, '/admin/ingest'),
    listDeliveries: query =>
      transport.request(
        deliveryPageSchema,
        `/admin/ingest/deliveries${search(query)}`,
      ),
    replayDelivery: async id => {
      await transport.fetch(
        `/admin/ingest/deliveries/${encodeURIComponent(id)}/replay`,
        { method: 'POST' },
      );
    },
  } satisfies Partial<UnderstandingApi>;
}
