import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  graphQuerySchema,
  outageRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { parse } from '../../http/parse';
import { SimulationService } from './SimulationService';

export function addSimulationRoutes(
  router: Router,
  options: { service: SimulationService; httpAuth: HttpAuthService },
): void {
  const { service, httpAuth } = options;

  router.post('/simulations/outage', async (req, res) => {
    const request = parse(outageRequestSchema, req.body);
    res.json(await service.outage(request, await httpAuth.credentials(req)));
  });

  router.get('/graph', async (req, res) => {
    const query = parse(graphQuerySchema, req.query);
    res.json(await service.graph(query, await httpAuth.credentials(req)));
  });

  router.get('/graph/structure', async (req, res) => {
    res.json(await service.structure(await httpAuth.credentials(req)));
  });
}
