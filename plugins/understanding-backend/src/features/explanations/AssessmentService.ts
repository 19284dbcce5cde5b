import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  ExplanationRecord,
  createAssessmentRequestSchema,
  understandingExplanationAssessPermission,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Clock } from '../../database/instants';
import { Access } from '../../permissions/Access';
import { ExplanationJudge } from './ExplanationJudge';
import { ExplanationService } from './ExplanationService';
import { ExplanationStore } from './ExplanationStore';
import { participantsOf } from './Participants';
import { visibleExplanation } from './visibleExplanation';

export interface AssessmentServiceOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly access: Access;
  readonly explanations: ExplanationStore;
  readonly judge: ExplanationJudge;
  readonly service: ExplanationService;
}

/** Takes what reviewers found on the page of a record. */
export class AssessmentService {
  readonly #options: AssessmentServiceOptions;

  static create(options: AssessmentServiceOptions): AssessmentService {
    return new AssessmentService(options);
  }

  private constructor(options: AssessmentServiceOptions) {
    this.#options = options;
  }

  /**
   * Takes what a reviewer found of the text and the head that stand now.
   *
   * @throws NotAllowedError for whoever had a part in the change or its explanation
   * @throws ConflictError where there is another head by now, or no explanation
   */
  async assess(
    id: string,
    request: z.output<typeof createAssessmentRequestSchema>,
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<ExplanationRecord> {
    const { knex, clock, access, explanations, judge, service } = this.#options;
    await access.require(credentials, understandingExplanationAssessPermission);
    const { entities } = await access.ofLists(credentials);
    const reviewer = credentials.principal.userEntityRef;
    const now = await clock();
    await knex.transaction(async tx => {
      await explanations.lock(tx, { id });
      const stored = await visibleExplanation(tx, explanations, id, entities);
      const { row } = stored;
      const { authors } = await participantsOf(tx, stored);
      if (authors.has(reviewer)) {
        throw new NotAllowedError(
          'You had a part in this change or its explanation; somebody else has to assess it.',
        );
      }
      if (row.digest === null) {
        throw new ConflictError(
          'There is no whole explanation to assess yet; its author has to write one.',
        );
      }
      if (request.headSha !== undefined && request.headSha !== row.head_sha) {
        throw new ConflictError(
          `The head is ${
            row.head_sha ?? 'not known'
          } by now; look at it again, and assess that.`,
        );
      }
      await explanations.addAssessment(tx, {
        id: randomUUID(),
        explanation_id: id,
        login: null,
        person_ref: reviewer,
        bot: false,
        result: request.result,
        at: now,
        head_sha: row.head_sha ?? '',
        digest: row.digest,
        rubric: JSON.stringify(request.rubric),
        note: request.note ?? null,
        withdrawn: false,
        may_review: true,
      });
      await judge.judge(tx, id, now);
    });
    return service.get(id, credentials);
  }
}
