import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  correctRequestSchema,
  eraseRequestSchema,
  proposeEvidenceRequestSchema,
  suggestedRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Router } from 'express';
import { withAudit } from '../../http/audit';
import { ENTITY_PATH, entityRefOf } from '../../http/entityRef';
import { parse } from '../../http/parse';
import { AboutMeService } from './AboutMeService';
import { ErasureService } from './ErasureService';
import { StatementService } from './StatementService';

export function addPeopleRoutes(
  router: Router,
  options: {
    statements: StatementService;
    aboutMe: AboutMeService;
    erasures: ErasureService;
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { statements, aboutMe, erasures, httpAuth, auditor } = options;

  router.get('/me', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    res.json(await aboutMe.get(credentials));
  });

  router.post('/admin/erasures', async (req, res) => {
    const { personRef } = parse(eraseRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await withAudit(
      { auditor, eventId: 'person-erase', request: req, meta: { personRef } },
      () => erasures.erase(personRef, credentials),
    );
    res.status(202).end();
  });

  router.put('/me/suggestions', async (req, res) => {
    const { suggested } = parse(suggestedRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await statements.setSuggested(suggested, credentials);
    res.status(204).end();
  });

  router.get('/evidence', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    res.json(await statements.list(credentials));
  });

  router.post('/evidence', async (req, res) => {
    const proposal = parse(proposeEvidenceRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { entityRef, kind, personRef } = proposal;
    const evidence = await withAudit(
      {
        auditor,
        eventId: 'evidence-propose',
        request: req,
        meta: { entityRef, kind, personRef },
      },
      () => statements.propose(proposal, credentials),
    );
    res.status(201).json(evidence);
  });

  router.post('/evidence/:id/confirmation', async (req, res) => {
    const { id } = req.params;
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const evidence = await withAudit(
      { auditor, eventId: 'evidence-confirm', request: req, meta: { id } },
      () => statements.confirm(id, credentials),
    );
    res.json(evidence);
  });

  router.post('/evidence/:id/refusal', async (req, res) => {
    const { id } = req.params;
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const evidence = await withAudit(
      { auditor, eventId: 'evidence-decline', request: req, meta: { id } },
      () => statements.decline(id, credentials),
    );
    res.json(evidence);
  });

  router.delete('/evidence/:id', async (req, res) => {
    const { id } = req.params;
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await withAudit(
      { auditor, eventId: 'evidence-withdraw', request: req, meta: { id } },
      () => statements.withdraw(id, credentials),
    );
    res.status(204).end();
  });

  router.put(`${ENTITY_PATH}/correction`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const correction = parse(correctRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await withAudit(
      {
        auditor,
        eventId: 'understanding-correct',
        request: req,
        meta: { entityRef, type: correction.type },
      },
      () => statements.correct(entityRef, correction, credentials),
    );
    res.status(204).end();
  });

  router.delete(`${ENTITY_PATH}/correction`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    await withAudit(
      {
        auditor,
        eventId: 'understanding-correct',
        request: req,
        meta: { entityRef, type: 'withdrawn' },
      },
      () => statements.withdrawCorrection(entityRef, credentials),
    );
    res.status(204).end();
  });
}
