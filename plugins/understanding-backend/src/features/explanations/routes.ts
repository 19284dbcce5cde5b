import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  createAssessmentRequestSchema,
  createExplanationRequestSchema,
  listExplanationsQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { parse } from '../../http/parse';
import { ExplanationService } from './ExplanationService';

export function addExplanationRoutes(
  router: Router,
  options: {
    service: ExplanationService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, httpAuth, auditor } = options;

  router.get('/explanations', async (req, res) => {
    const query = parse(listExplanationsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await service.list(query, credentials));
  });

  router.post('/explanations', async (req, res) => {
    const request = parse(createExplanationRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const meta = {
      entityRefs: request.entityRefs.join(' '),
      ...(request.change && { changeUrl: request.change.url }),
    };
    const created = await withAudit(
      { auditor, eventId: 'explanation-create', request: req, meta },
      () => service.create(request, credentials),
    );
    res.status(201).json(created);
  });

  router.get('/explanations/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await service.get(req.params.id, credentials));
  });

  router.post('/explanations/:id/assessments', async (req, res) => {
    const request = parse(createAssessmentRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { id } = req.params;
    const { result } = request;
    const assessed = await withAudit(
      {
        auditor,
        eventId: 'explanation-assess',
        request: req,
        meta: { explanationId: id, result },
      },
      () => service.assess(id, request, credentials),
    );
    res.status(201).json(assessed);
  });
}
