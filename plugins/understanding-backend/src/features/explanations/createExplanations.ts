import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { UnderstandingConfig } from '../../config';
import { Clock } from '../../database/instants';
import { TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import { Access } from '../../permissions/Access';
import type { KnownEntityReader } from '../entities/KnownEntityReader';
import type { SummaryStore } from '../entities/SummaryStore';
import type { ChangeHosts } from '../ingest/ChangeHosts';
import type { PathStore } from '../lookup/PathStore';
import type { OwnerStore } from '../people/OwnerStore';
import type { PeopleStore } from '../people/PeopleStore';
import type { RenameStore } from '../people/RenameStore';
import type { StatementStore } from '../people/StatementStore';
import { AssessmentService } from './AssessmentService';
import { AssessmentWriter } from './AssessmentWriter';
import { BypassStore } from './checks/BypassStore';
import { CheckPlanner } from './checks/CheckPlanner';
import { CheckReconciler } from './checks/CheckReconciler';
import { CheckStore } from './checks/CheckStore';
import { CheckSweeper } from './checks/CheckSweeper';
import { MergeGroupPlanner } from './checks/MergeGroupPlanner';
import { MergeGroupStore } from './checks/MergeGroupStore';
import { DebtService } from './DebtService';
import { DebtStore } from './DebtStore';
import { DraftExpiry } from './drafts/DraftExpiry';
import { DraftService } from './drafts/DraftService';
import { DraftStore } from './drafts/DraftStore';
import { ExemptionHandler } from './ExemptionHandler';
import { ExemptionService } from './ExemptionService';
import { ExemptionStore } from './ExemptionStore';
import { ExplainedEdgeStore } from './ExplainedEdgeStore';
import { ExplainedEvidence } from './ExplainedEvidence';
import { ExplanationJudge } from './ExplanationJudge';
import { ExplanationList } from './ExplanationList';
import { ExplanationService } from './ExplanationService';
import { ExplanationStore } from './ExplanationStore';
import { ExplanationTextStore } from './ExplanationTextStore';
import { ExplanationWriter } from './ExplanationWriter';
import { JudgeHandler } from './JudgeHandler';
import { ReviewerSuggestions } from './ReviewerSuggestions';
import { ReviewRights } from './ReviewRights';
import { PolicyService } from './PolicyService';
import { ExplanationServices } from './routes';
import { SessionService } from './SessionService';
import { SubmissionService } from './SubmissionService';

export interface CreateExplanationsOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly hosts: ChangeHosts;
  readonly config: UnderstandingConfig;
  readonly access: Access;
  readonly summaries: SummaryStore;
  readonly known: KnownEntityReader;
  readonly owners: OwnerStore;
  readonly people: PeopleStore;
  readonly paths: PathStore;
  readonly statements: StatementStore;
  readonly debts: DebtStore;
  readonly drafts: DraftStore;
  readonly renames: RenameStore;
  readonly auditor: AuditorService;
  readonly logger: LoggerService;
  readonly jitter: () => number;
}

/** Puts together what reads explanations out of changes, and what callers are offered. */
export function createExplanations(options: CreateExplanationsOptions): {
  writer: ExplanationWriter;
  checks: CheckStore;
  mergeGroups: MergeGroupStore;
  services: ExplanationServices;
  handlers: TicketHandler[];
} {
  const { knex, config, access, debts, summaries } = options;
  const explanations = ExplanationStore.create();
  const texts = ExplanationTextStore.create();
  const exemptions = ExemptionStore.create();
  const edges = ExplainedEdgeStore.create();
  const judge = ExplanationJudge.create({
    ...config.explanations,
    ...options,
    explanations,
    exemptions,
    edges,
    evidence: ExplainedEvidence.create(options),
  });
  const bypasses = BypassStore.create({ knex });
  const checks = CheckStore.create({ knex });
  const mergeGroups = MergeGroupStore.create(options);
  const writer = ExplanationWriter.create({
    ...config.explanations,
    explanations,
    texts,
    assessments: AssessmentWriter.create({ explanations, bypasses }),
    bypasses,
    judge,
  });
  const list = ExplanationList.create({ knex });
  const suggestions = ReviewerSuggestions.create({
    ...options,
    ...config.people,
    hasPermissions: config.hasPermissions,
  });
  const planner = CheckPlanner.create({
    ...config,
    ...config.explanations,
    ...{ knex, explanations, checks, bypasses, suggestions },
  });
  const service = ExplanationService.create({
    knex,
    access,
    explanations,
    edges,
    list,
    checks,
    bypasses,
    suggestions,
  });
  const writing = { ...options, explanations, judge, service };
  return {
    writer,
    checks,
    mergeGroups,
    handlers: [
      DraftExpiry.create({ ...options, ...config.explanations }),
      ExemptionHandler.create({ ...options, exemptions }),
      JudgeHandler.create({ ...options, explanations, judge }),
      ReviewRights.create({ ...options, explanations, judge }),
      CheckReconciler.create({
        ...options,
        ...{ checks, bypasses, planner, mergeGroups },
        groups: MergeGroupPlanner.create({
          ...config,
          ...{ checks, planner },
          groups: mergeGroups,
        }),
      }),
      CheckSweeper.create({
        ...options,
        ...{ checks, mergeGroups },
        gate: config.explanations.gate,
      }),
    ],
    services: {
      records: service,
      submissions: SubmissionService.create({ ...writing, texts, writer }),
      assessments: AssessmentService.create(writing),
      sessions: SessionService.create(writing),
      debts: DebtService.create({ access, debts, summaries }),
      exemptions: ExemptionService.create({ ...options, exemptions }),
      drafts: DraftService.create(options),
      policy: PolicyService.create({ knex, access, ...config.explanations }),
    },
  };
}
