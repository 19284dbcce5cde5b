import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  coverageQuerySchema,
  entitiesByRefsRequestSchema,
  listEntitiesQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { ENTITY_PATH, entityRefOf } from '../../http/entityRef';
import { parse } from '../../http/parse';
import { EntityService } from './EntityService';

export function addEntityRoutes(
  router: Router,
  options: {
    service: EntityService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, httpAuth, auditor } = options;

  router.get('/entities', async (req, res) => {
    const query = parse(listEntitiesQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await service.list(query, credentials));
  });

  router.get('/entities/facets', async (req, res) => {
    res.json(await service.facets(await httpAuth.credentials(req)));
  });

  router.get('/entities/coverage', async (req, res) => {
    const { by } = parse(coverageQuerySchema, req.query);
    res.json(await service.coverage(by, await httpAuth.credentials(req)));
  });

  router.post('/entities/by-refs', async (req, res) => {
    const request = parse(entitiesByRefsRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req);
    res.json(await service.byRefs(request, credentials));
  });

  router.get(ENTITY_PATH, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const credentials = await httpAuth.credentials(req);
    const known = await withAudit(
      {
        auditor,
        eventId: 'entity-understanding',
        request: req,
        meta: { entityRef },
      },
      () => service.get(entityRef, credentials),
    );
    res.json(known);
  });
}
