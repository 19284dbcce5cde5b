import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  entitiesByRefsRequestSchema,
  entityRefSchema,
  listEntitiesQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { parse } from '../../http/parse';
import { EntityService } from './EntityService';

export function addEntityRoutes(
  router: Router,
  options: { service: EntityService; httpAuth: HttpAuthService },
): void {
  const { service, httpAuth } = options;

  router.get('/entities', async (req, res) => {
    const query = parse(listEntitiesQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await service.list(query, credentials));
  });

  router.get('/entities/facets', async (req, res) => {
    res.json(await service.facets(await httpAuth.credentials(req)));
  });

  router.post('/entities/by-refs', async (req, res) => {
    const request = parse(entitiesByRefsRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req);
    res.json(await service.byRefs(request, credentials));
  });

  router.get('/entities/by-name/:kind/:namespace/:name', async (req, res) => {
    const { kind, namespace, name } = req.params;
    const entityRef = parse(
      entityRefSchema,
      `${kind}:${namespace}/${name}`.toLowerCase(),
    );
    const credentials = await httpAuth.credentials(req);
    res.json(await service.get(entityRef, credentials));
  });
}
