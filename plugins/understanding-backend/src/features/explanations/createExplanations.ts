import { Knex } from 'knex';
import { UnderstandingConfig } from '../../config';
import { Clock } from '../../database/instants';
import { Access } from '../../permissions/Access';
import type { SummaryStore } from '../entities/SummaryStore';
import { AssessmentService } from './AssessmentService';
import { AssessmentWriter } from './AssessmentWriter';
import { DebtService } from './DebtService';
import { DebtStore } from './DebtStore';
import { ExplanationJudge } from './ExplanationJudge';
import { ExplanationList } from './ExplanationList';
import { ExplanationService } from './ExplanationService';
import { ExplanationStore } from './ExplanationStore';
import { ExplanationTextStore } from './ExplanationTextStore';
import { ExplanationWriter } from './ExplanationWriter';
import { PolicyService } from './PolicyService';
import { ExplanationServices } from './routes';
import { SubmissionService } from './SubmissionService';

export interface CreateExplanationsOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly config: UnderstandingConfig;
  readonly access: Access;
  readonly summaries: SummaryStore;
}

/** Puts together what reads explanations out of changes, and what callers are offered. */
export function createExplanations(options: CreateExplanationsOptions): {
  writer: ExplanationWriter;
  services: ExplanationServices;
} {
  const { knex, config, access, summaries } = options;
  const explanations = ExplanationStore.create();
  const texts = ExplanationTextStore.create();
  const debts = DebtStore.create({ knex });
  const judge = ExplanationJudge.create({
    ...config.explanations,
    explanations,
    debts,
  });
  const writer = ExplanationWriter.create({
    ...config.explanations,
    explanations,
    texts,
    assessments: AssessmentWriter.create({ explanations }),
    judge,
  });
  const list = ExplanationList.create({ knex });
  const service = ExplanationService.create({
    knex,
    access,
    explanations,
    list,
  });
  const writing = { ...options, explanations, judge, service };
  return {
    writer,
    services: {
      records: service,
      submissions: SubmissionService.create({ ...writing, texts, writer }),
      assessments: AssessmentService.create(writing),
      debts: DebtService.create({ access, debts, summaries }),
      policy: PolicyService.create({ knex, access, ...config.explanations }),
    },
  };
}
