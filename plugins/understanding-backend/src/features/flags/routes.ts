import { HttpAuthService } from '@backstage/backend-plugin-api';
import { listFlagsQuerySchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { parse } from '../../http/parse';
import { FlagService } from './FlagService';

export function addFlagRoutes(
  router: Router,
  options: { service: FlagService; httpAuth: HttpAuthService },
): void {
  const { service, httpAuth } = options;

  router.get('/flags', async (req, res) => {
    const query = parse(listFlagsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await service.list(query, credentials));
  });
}
