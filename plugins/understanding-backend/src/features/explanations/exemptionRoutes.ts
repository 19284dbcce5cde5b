import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  createExemptionRequestSchema,
  listExemptionsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { parse } from '../../http/parse';
import { ExemptionService } from './ExemptionService';

export function addExemptionRoutes(
  router: Router,
  options: {
    exemptions: ExemptionService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { exemptions, httpAuth, auditor } = options;

  router.get('/explanations/exemptions', async (req, res) => {
    const { entity } = parse(listExemptionsQuerySchema, req.query);
    res.json(await exemptions.list(entity, await httpAuth.credentials(req)));
  });

  router.post('/explanations/exemptions', async (req, res) => {
    const request = parse(createExemptionRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { entityRef, until } = request;
    const created = await withAudit(
      {
        auditor,
        eventId: 'explanation-exempt',
        request: req,
        meta: { entityRef, until },
      },
      () => exemptions.create(request, credentials),
    );
    res.status(201).json(created);
  });

  router.delete('/explanations/exemptions/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { id } = req.params;
    await withAudit(
      {
        auditor,
        eventId: 'explanation-exempt-end',
        request: req,
        meta: { exemptionId: id },
      },
      () => exemptions.end(id, credentials),
    );
    res.status(204).end();
  });
}
