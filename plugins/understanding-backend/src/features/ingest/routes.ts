import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { listDeliveriesQuerySchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { parse } from '../../http/parse';
import { IngestService } from './IngestService';

export function addIngestRoutes(
  router: Router,
  options: {
    service: IngestService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
    /** Whether the workers of this process go round. */
    isWorking: () => boolean;
  },
): void {
  const { service, httpAuth, auditor, isWorking } = options;

  // Without a caller, for probes; it tells nothing but yes or no.
  router.get('/health', async (_req, res) => {
    const moving = isWorking() && (await service.isMoving().catch(() => false));
    res.status(moving ? 200 : 503).json({ status: moving ? 'ok' : 'stuck' });
  });

  router.get('/admin/ingest', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await service.status(credentials, isWorking()));
  });

  router.get('/admin/ingest/deliveries', async (req, res) => {
    const query = parse(listDeliveriesQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await service.listDeliveries(query, credentials));
  });

  router.post('/admin/ingest/deliveries/:id/replay', async (req, res) => {
    const { id } = req.params;
    const credentials = await httpAuth.credentials(req);
    await withAudit(
      { auditor, eventId: 'delivery-replay', request: req, meta: { id } },
      () => service.replay(id, credentials),
    );
    res.status(204).end();
  });
}
