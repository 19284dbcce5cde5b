import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import express, { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { EdgeService } from './features/entities/EdgeService';
import { addEdgeRoutes } from './features/entities/edgeRoutes';
import { EntityService } from './features/entities/EntityService';
import { addEntityRoutes } from './features/entities/routes';
import {
  ExplanationServices,
  addExplanationRoutes,
} from './features/explanations/routes';
import {
  WalkthroughServices,
  addWalkthroughRoutes,
} from './features/explanations/walkthroughs/routes';
import { AnswerService } from './features/failure-modes/AnswerService';
import { AssumptionService } from './features/failure-modes/AssumptionService';
import { addAssumptionRoutes } from './features/failure-modes/assumptionRoutes';
import { FailureModeService } from './features/failure-modes/FailureModeService';
import { SidesService } from './features/failure-modes/SidesService';
import { addSidesRoutes } from './features/failure-modes/sidesRoutes';
import { addFailureModeRoutes } from './features/failure-modes/routes';
import { FlagService } from './features/flags/FlagService';
import { addFlagRoutes } from './features/flags/routes';
import { IngestService } from './features/ingest/IngestService';
import { addIngestRoutes } from './features/ingest/routes';
import { LookupService } from './features/lookup/LookupService';
import { SuggestionService } from './features/lookup/SuggestionService';
import { addLookupRoutes } from './features/lookup/routes';
import { addIdentityRoutes } from './features/people/identityRoutes';
import { addPeopleRoutes } from './features/people/routes';
import { AboutMeService } from './features/people/AboutMeService';
import { ErasureService } from './features/people/ErasureService';
import { IdentityService } from './features/people/IdentityService';
import { TeamService } from './features/people/TeamService';
import { addTeamRoutes } from './features/people/teamRoutes';
import { StatementService } from './features/people/StatementService';
import { DepartureService } from './features/simulation/DepartureService';
import { SimulationService } from './features/simulation/SimulationService';
import { addSimulationRoutes } from './features/simulation/routes';

/** The HTTP API below `/api/understanding`. */
export function createRouter(options: {
  entities: EntityService;
  explanations: ExplanationServices;
  walkthroughs: WalkthroughServices;
  edges: EdgeService;
  failureModes: FailureModeService;
  answers: AnswerService;
  assumptions: AssumptionService;
  sides: SidesService;
  simulations: SimulationService;
  departures: DepartureService;
  flags: FlagService;
  ingest: IngestService;
  lookup: LookupService;
  suggestions: SuggestionService;
  statements: StatementService;
  teams: TeamService;
  aboutMe: AboutMeService;
  erasures: ErasureService;
  identities: IdentityService;
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  /** Whether the workers of this process go round. */
  isWorking: () => boolean;
}): Router {
  const {
    entities,
    edges,
    explanations,
    failureModes,
    answers,
    flags,
    ingest,
    lookup,
    httpAuth,
    auditor,
    isWorking,
  } = options;
  const router = PromiseRouter();
  // Asked the most, and without a body: before all that others need.
  addLookupRoutes(router, {
    service: lookup,
    suggestions: options.suggestions,
    httpAuth,
    auditor,
  });
  // Five sections of 20,000 characters, each of which may take some bytes.
  router.use('/explanations', express.json({ limit: '1mb' }));
  const { walkthroughs } = options;
  addWalkthroughRoutes(router, { ...walkthroughs, httpAuth, auditor });
  // A `.mailmap`, or the decisions that follow from one.
  router.use('/identities', express.json({ limit: '1mb' }));
  router.use(express.json({ limit: '100kb' }));
  addEntityRoutes(router, { service: entities, httpAuth, auditor });
  addEdgeRoutes(router, { service: edges, httpAuth, auditor });
  addFailureModeRoutes(router, {
    service: failureModes,
    answers,
    httpAuth,
    auditor,
  });
  addAssumptionRoutes(router, {
    service: options.assumptions,
    httpAuth,
    auditor,
  });
  addSidesRoutes(router, { service: options.sides, httpAuth, auditor });
  addExplanationRoutes(router, { ...explanations, httpAuth, auditor });
  addFlagRoutes(router, { service: flags, httpAuth });
  addIngestRoutes(router, { service: ingest, httpAuth, auditor, isWorking });
  addSimulationRoutes(router, {
    service: options.simulations,
    departures: options.departures,
    httpAuth,
    auditor,
  });
  addIdentityRoutes(router, {
    service: options.identities,
    httpAuth,
    auditor,
  });
  addTeamRoutes(router, { service: options.teams, httpAuth });
  addPeopleRoutes(router, {
    statements: options.statements,
    aboutMe: options.aboutMe,
    erasures: options.erasures,
    httpAuth,
    auditor,
  });
  return router;
}
