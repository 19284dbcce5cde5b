import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  draftQuerySchema,
  keepDraftRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { parse } from '../../../http/parse';
import { DraftService } from './DraftService';

/** The drafts of whoever asks; nobody can ask for those of others. */
export function addDraftRoutes(
  router: Router,
  options: { drafts: DraftService; httpAuth: HttpAuthService },
): void {
  const { drafts, httpAuth } = options;

  router.get('/explanations/drafts', async (req, res) => {
    const { key } = parse(draftQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    res.json(await drafts.get(key, credentials));
  });

  router.put('/explanations/drafts', async (req, res) => {
    const request = parse(keepDraftRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await drafts.keep(request, credentials);
    res.status(204).end();
  });

  router.delete('/explanations/drafts', async (req, res) => {
    const { key } = parse(draftQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await drafts.remove(key, credentials);
    res.status(204).end();
  });
}
