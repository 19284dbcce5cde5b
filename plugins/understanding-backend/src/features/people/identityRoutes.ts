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
  // They hold addresses.
  const audited = <T>(request: Request, list: string, run: () => Promise<T>) =>
    withAudit(
      { auditor, eventId: 'identities-read', request, meta: { list } },
      run,
    );

  router.get('/identities/candidates', async (req, res) => {
    const query = parse(listIdentitiesQuerySchema, req.query);
    const credentials = await userOf(req);
    const page = await audited(req, 'candidates', () =>
      service.listCandidates(query, credentials),
    );
    res.json(page);
  });

  router.get('/identities/links', async (req, res) => {
    const query = parse(listIdentitiesQuerySchema, req.query);
    const credentials = await userOf(req);
    const page = await audited(req, 'links', () =>
      service.listLinks(query, credentials),
    );
    res.json(page);
  });

  router.get('/identities/contradictions', async (req, res) => {
    const query = parse(listIdentitiesQuerySchema, req.query);
    const credentials = await userOf(req);
    const page = await audited(req, 'contradictions', () =>
      service.listContradictions(query, credentials),
    );
    res.json(page);
  });

  router.get('/identities/leavers', async (req, res) => {
    const query = parse(listIdentitiesQuerySchema, req.query);
    const credentials = await userOf(req);
    const page = await audited(req, 'leavers', () =>
      service.listLeavers(query, credentials),
    );
    res.json(page);
  });

  router.get('/identities/bots', async (req, res) => {
    const query = parse(listIdentitiesQuerySchema, req.query);
    const credentials = await userOf(req);
    const page = await audited(req, 'bots', () =>
      service.listBots(query, credentials),
    );
    res.json(page);
  });

  router.get('/identities/mine', async (req, res) => {
    res.json(await service.listMine(await userOf(req)));
  });

  router.post('/identities/mailmap', async (req, res) => {
    const request = parse(readMailmapRequestSchema, req.body);
    const credentials = await userOf(req);
    const reading = await audited(req, 'mailmap', () =>
      service.readMailmap(request, credentials),
    );
    res.json(reading);
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
