import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  decideIdentitiesRequestSchema,
  listIdentitiesQuerySchema,
  readMailmapRequestSchema,
  undoIdentityQuerySchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Request, Router } from 'express';
import { withAudit } from '../../http/audit';
import { parse } from '../../http/parse';
import { IdentityService } from './IdentityService';

export function addIdentityRoutes(
  router: Router,
  options: {
    service: IdentityService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { service, httpAuth, auditor } = options;
  const userOf = (request: Request) =>
    httpAuth.credentials(request, { allow: ['user'] });

  router.get('/identities/candidates', async (req, res) => {
    const query = parse(listIdentitiesQuerySchema, req.query);
    res.json(await service.listCandidates(query, await userOf(req)));
  });

  router.get('/identities/links', async (req, res) => {
    const query = parse(listIdentitiesQuerySchema, req.query);
    res.json(await service.listLinks(query, await userOf(req)));
  });

  router.get('/identities/contradictions', async (req, res) => {
    const query = parse(listIdentitiesQuerySchema, req.query);
    res.json(await service.listContradictions(query, await userOf(req)));
  });

  router.get('/identities/leavers', async (req, res) => {
    const query = parse(listIdentitiesQuerySchema, req.query);
    res.json(await service.listLeavers(query, await userOf(req)));
  });

  router.get('/identities/bots', async (req, res) => {
    const query = parse(listIdentitiesQuerySchema, req.query);
    res.json(await service.listBots(query, await userOf(req)));
  });

  router.get('/identities/mine', async (req, res) => {
    res.json(await service.listMine(await userOf(req)));
  });

  router.post('/identities/mailmap', async (req, res) => {
    const request = parse(readMailmapRequestSchema, req.body);
    res.json(await service.readMailmap(request, await userOf(req)));
  });

  router.post('/identities/links', async (req, res) => {
    const { decisions } = parse(decideIdentitiesRequestSchema, req.body);
    const credentials = await userOf(req);
    await withAudit(
      {
        auditor,
        eventId: 'identity-decide',
        request: req,
        meta: {
          decisions: decisions
            .slice(0, 50)
            .map(
              ({ state, identifier, personRef }) =>
                `${state} ${identifier.value} ${personRef}`,
            )
            .join(', '),
          count: String(decisions.length),
        },
      },
      () => service.decide(decisions, credentials),
    );
    res.status(204).end();
  });

  router.delete('/identities/links', async (req, res) => {
    const { type, value, personRef } = parse(
      undoIdentityQuerySchema,
      req.query,
    );
    const credentials = await userOf(req);
    await withAudit(
      {
        auditor,
        eventId: 'identity-undo',
        request: req,
        meta: { value, personRef },
      },
      () => service.undo({ type, value }, personRef, credentials),
    );
    res.status(204).end();
  });
}
