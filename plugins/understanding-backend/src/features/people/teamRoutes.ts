import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  absenceQuerySchema,
  teamEntitiesQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { entityRefOf } from '../../http/entityRef';
import { parse } from '../../http/parse';
import { TeamService } from './TeamService';

export function addTeamRoutes(
  router: Router,
  options: { service: TeamService; httpAuth: HttpAuthService },
): void {
  const { service, httpAuth } = options;

  router.get('/absence-factors', async (req, res) => {
    const { by } = parse(absenceQuerySchema, req.query);
    res.json(await service.listAbsence(by, await httpAuth.credentials(req)));
  });

  router.get(
    '/absence-factors/by-name/:kind/:namespace/:name',
    async (req, res) => {
      const ref = entityRefOf(req.params);
      res.json(await service.getAbsence(ref, await httpAuth.credentials(req)));
    },
  );

  router.get(
    '/teams/by-name/:kind/:namespace/:name/entities',
    async (req, res) => {
      const ref = entityRefOf(req.params);
      const query = parse(teamEntitiesQuerySchema, req.query);
      const credentials = await httpAuth.credentials(req);
      res.json(await service.listEntities(ref, query, credentials));
    },
  );
}
