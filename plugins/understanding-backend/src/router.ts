import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { EntityService } from './features/entities/EntityService';
import { addEntityRoutes } from './features/entities/routes';
import { ExplanationService } from './features/explanations/ExplanationService';
import { addExplanationRoutes } from './features/explanations/routes';
import { FlagService } from './features/flags/FlagService';
import { addFlagRoutes } from './features/flags/routes';
import { IngestService } from './features/ingest/IngestService';
import { addIngestRoutes } from './features/ingest/routes';
import { LookupService } from './features/lookup/LookupService';
import { addLookupRoutes } from './features/lookup/routes';

/** The HTTP API below `/api/understanding`. */
export function createRouter(options: {
  entities: EntityService;
  explanations: ExplanationService;
  flags: FlagService;
  ingest: IngestService;
  lookup: LookupService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** Whether the workers of this process go round. */
  isWorking: () => boolean;
}): Router {
  const { entities, explanations, flags, ingest, lookup } = options;
  const { httpAuth, auditor, isWorking } = options;
  const router = PromiseRouter();
  // Five sections of 20,000 characters, each of which may take some bytes.
  router.use('/explanations', express.json({ limit: '1mb' }));
  router.use(express.json({ limit: '100kb' }));
  addEntityRoutes(router, { service: entities, httpAuth });
  addExplanationRoutes(router, { service: explanations, httpAuth, auditor });
  addFlagRoutes(router, { service: flags, httpAuth });
  addIngestRoutes(router, { service: ingest, httpAuth, auditor, isWorking });
  addLookupRoutes(router, { service: lookup, httpAuth, auditor });
  return router;
}
