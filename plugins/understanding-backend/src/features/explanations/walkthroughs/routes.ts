import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  assessWalkthroughRequestSchema,
  readingRequestSchema,
  writeWalkthroughRequestSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import express, { Router } from 'express';
import { withAudit } from '../../../http/audit';
import { ENTITY_PATH, entityRefOf } from '../../../http/entityRef';
import { parse } from '../../../http/parse';
import { ReadingService } from './ReadingService';
import { WalkthroughService } from './WalkthroughService';

/** What walkthroughs offer to callers. */
export interface WalkthroughServices {
  readonly walkthroughs: WalkthroughService;
  readonly readings: ReadingService;
}

/** Sixty answers of 20,000 characters, each of which may take some bytes. */
const LIMIT = '4mb';

export function addWalkthroughRoutes(
  router: Router,
  options: WalkthroughServices & {
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): void {
  const { auditor, httpAuth, readings, walkthroughs } = options;
  const path = `${ENTITY_PATH}/walkthrough`;
  router.use(path, express.json({ limit: LIMIT }));

  router.get(path, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const credentials = await httpAuth.credentials(req);
    res.json(await walkthroughs.get(entityRef, credentials));
  });

  router.post(`${path}/versions`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const request = parse(writeWalkthroughRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const written = await withAudit(
      {
        auditor,
        eventId: 'walkthrough-write',
        request: req,
        meta: { entityRef },
      },
      () => walkthroughs.write(entityRef, request, credentials),
    );
    res.status(201).json(written);
  });

  router.post(`${path}/assessments`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const request = parse(assessWalkthroughRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const { result } = request;
    const assessed = await withAudit(
      {
        auditor,
        eventId: 'walkthrough-assess',
        request: req,
        meta: { entityRef, result },
      },
      () => walkthroughs.assess(entityRef, request, credentials),
    );
    res.status(201).json(assessed);
  });

  router.put(`${path}/reading`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const { helped } = parse(readingRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    // Who said so is nobody's business, an auditor's included.
    res.json(await walkthroughs.read(entityRef, helped, credentials));
  });

  router.get(`${ENTITY_PATH}/reading-path`, async (req, res) => {
    const entityRef = entityRefOf(req.params);
    const credentials = await httpAuth.credentials(req);
    res.json(await readings.path(entityRef, credentials));
  });

  router.get('/explanations/:id/reading', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await readings.get(req.params.id, credentials));
  });

  router.put('/explanations/:id/reading', async (req, res) => {
    const { helped } = parse(readingRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    res.json(await readings.read(req.params.id, helped, credentials));
  });
}
