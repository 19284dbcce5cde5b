import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  departureRequestSchema,
  graphQuerySchema,
  outageRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { parse } from '../../http/parse';
import { DepartureService } from './DepartureService';
import { SimulationService } from './SimulationService';

export function addSimulationRoutes(
  router: Router,
  options: {
    service: SimulationService;
    departures: DepartureService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, departures, httpAuth, auditor } = options;

  router.post('/simulations/outage', async (req, res) => {
    const request = parse(outageRequestSchema, req.body);
    res.json(await service.outage(request, await httpAuth.credentials(req)));
  });

  router.post('/simulations/departure', async (req, res) => {
    const request = parse(departureRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req);
    const answer = await withAudit(
      {
        auditor,
        eventId: 'departure-simulate',
        request: req,
        meta: { people: request.people.join(' ') },
      },
      () => departures.simulate(request, credentials),
    );
    res.json(answer);
  });

  router.get('/graph', async (req, res) => {
    const query = parse(graphQuerySchema, req.query);
    res.json(await service.graph(query, await httpAuth.credentials(req)));
  });

  router.get('/graph/structure', async (req, res) => {
    res.json(await service.structure(await httpAuth.credentials(req)));
  });
}
