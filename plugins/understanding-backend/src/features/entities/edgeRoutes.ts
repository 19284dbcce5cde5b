import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { classifyEdgeRequestSchema } from '@understanding-dev/backstage-plugin-understanding-common';
import express, { Router } from 'express';
import { withAudit } from '../../http/audit';
import { ENTITY_PATH, entityRefOf } from '../../http/entityRef';
import { versionOf } from '../../http/ifMatch';
import { parse } from '../../http/parse';
import { EdgeService } from './EdgeService';

const METRICS_LIMIT = '5mb';

export function addEdgeRoutes(
  router: Router,
  options: {
    service: EdgeService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, httpAuth, auditor } = options;

  router.get(`${ENTITY_PATH}/edges`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    res.json(await service.list(entityRef, await httpAuth.credentials(req)));
  });

  router.put(`${ENTITY_PATH}/edges`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const request = parse(classifyEdgeRequestSchema, req.body);
    const version = versionOf(req);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { targetRef, criticality } = request;
    const edge = await withAudit(
      {
        auditor,
        eventId: 'edge-classify',
        request: req,
        meta: { entityRef, targetRef, criticality },
      },
      () => service.classify(entityRef, version, request, credentials),
    );
    res.json(edge);
  });

  router.post(
    '/edges/observations',
    express.text({
      type: ['text/plain', 'application/openmetrics-text'],
      limit: METRICS_LIMIT,
    }),
    async (req, res) => {
      const credentials = await httpAuth.credentials(req, {
        allow: ['user', 'service'],
      });
      if (typeof req.body !== 'string') {
        throw new InputError(
          'Send the metrics as text, with Content-Type: text/plain.',
        );
      }
      res.json(await service.observe(req.body, credentials));
    },
  );
}
