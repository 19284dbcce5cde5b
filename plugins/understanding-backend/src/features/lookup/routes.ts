import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { whoUnderstandsQuerySchema } from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { parse } from '../../http/parse';
import { LookupService } from './LookupService';
import { SuggestionService } from './SuggestionService';

export function addLookupRoutes(
  router: Router,
  options: {
    service: LookupService;
    suggestions: SuggestionService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, suggestions, httpAuth, auditor } = options;

  router.get('/who-understands', async (req, res) => {
    const { query } = parse(whoUnderstandsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    const answer = await withAudit(
      { auditor, eventId: 'who-understands', request: req, meta: { query } },
      () => service.whoUnderstandsAsJson(query, credentials),
    );
    // Not by `json`, which makes a digest of it for caches; none may keep this.
    res.type('json').end(answer);
  });

  // Nobody is named, so that typing leaves no trace.
  router.get('/who-understands/suggestions', async (req, res) => {
    const { query } = parse(whoUnderstandsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await suggestions.suggest(query, credentials));
  });
}
