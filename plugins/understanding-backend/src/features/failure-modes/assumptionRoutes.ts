import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  assumptionContentSchema,
  listAssumptionsQuerySchema,
  verifyAssumptionRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { etagOf, versionOf } from '../../http/ifMatch';
import { parse } from '../../http/parse';
import { AssumptionService } from './AssumptionService';

export function addAssumptionRoutes(
  router: Router,
  options: {
    service: AssumptionService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, httpAuth, auditor } = options;

  router.get('/assumptions', async (req, res) => {
    const query = parse(listAssumptionsQuerySchema, req.query);
    res.json(await service.list(query, await httpAuth.credentials(req)));
  });

  router.post('/assumptions', async (req, res) => {
    const content = parse(assumptionContentSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const assumption = await withAudit(
      {
        auditor,
        eventId: 'assumption-create',
        request: req,
        meta: { entityRef: content.entityRef },
      },
      () => service.create(content, credentials),
    );
    res.status(201).set('ETag', etagOf(assumption)).json(assumption);
  });

  router.put('/assumptions/:id', async (req, res) => {
    const { id } = req.params;
    const content = parse(assumptionContentSchema, req.body);
    const version = versionOf(req);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const assumption = await withAudit(
      { auditor, eventId: 'assumption-update', request: req, meta: { id } },
      () => service.update(id, version, content, credentials),
    );
    res.set('ETag', etagOf(assumption)).json(assumption);
  });

  router.get('/assumptions/:id/history', async (req, res) => {
    const { id } = req.params;
    res.json(await service.history(id, await httpAuth.credentials(req)));
  });

  router.post('/assumptions/:id/verifications', async (req, res) => {
    const { id } = req.params;
    const request = parse(verifyAssumptionRequestSchema, req.body);
    const version = versionOf(req);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const assumption = await withAudit(
      { auditor, eventId: 'assumption-verify', request: req, meta: { id } },
      () => service.verify(id, version, request, credentials),
    );
    res.status(201).set('ETag', etagOf(assumption)).json(assumption);
  });
}
