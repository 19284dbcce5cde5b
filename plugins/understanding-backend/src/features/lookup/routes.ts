import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { whoUnderstandsQuerySchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { parse } from '../../http/parse';
import { LookupService } from './LookupService';

export function addLookupRoutes(
  router: Router,
  options: {
    service: LookupService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, httpAuth, auditor } = options;

  router.get('/who-understands', async (req, res) => {
    const { query } = parse(whoUnderstandsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    const answer = await withAudit(
      { auditor, eventId: 'who-understands', request: req, meta: { query } },
      () => service.whoUnderstands(query, credentials),
    );
    res.json(answer);
  });
}
