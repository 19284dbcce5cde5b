import {
  HostComment,
  HostReview,
  assessmentCommand,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { ExplanationStore } from './ExplanationStore';

/** Reads assessments out of the comments and reviews that change hosts tell of. */
export class AssessmentWriter {
  readonly #explanations: ExplanationStore;

  static create(options: { explanations: ExplanationStore }): AssessmentWriter {
    return new AssessmentWriter(options.explanations);
  }

  private constructor(explanations: ExplanationStore) {
    this.#explanations = explanations;
  }

  /**
   * Others than its author can edit and delete a comment, and hosts do not tell who
   * did. So an edit may return an explanation, but never accepts one.
   */
  async addComment(tx: Knex, id: string, comment: HostComment): Promise<void> {
    const { createdAt, updatedAt, deleted, author } = comment;
    const command = assessmentCommand(comment.body);
    const edited = updatedAt !== createdAt;
    const isFirst = !edited && !deleted;
    const row = {
      explanation_id: id,
      login: author?.login ?? null,
      person_ref: null,
      bot: author?.bot ?? false,
      head_sha: null,
      digest: null,
      rubric: null,
    };
    if (isFirst && command) {
      await this.#explanations.addAssessment(tx, {
        ...row,
        id: `comment ${comment.id}`,
        result: command.result,
        note: command.note ?? null,
        at: createdAt,
        withdrawn: false,
      });
    }
    if (!isFirst) {
      await this.#explanations.withdraw(tx, {
        ...row,
        id: `comment ${comment.id}`,
        result: 'not-assessable',
        note: null,
        at: createdAt,
        withdrawn: true,
      });
    }
    if (edited && !deleted && command?.result === 'surface') {
      await this.#explanations.addAssessment(tx, {
        ...row,
        id: `comment ${comment.id} ${updatedAt}`,
        result: command.result,
        note: command.note ?? null,
        at: updatedAt,
        withdrawn: false,
      });
    }
  }

  /** Once it said something else, it was edited, and accepts nothing. */
  async addReview(tx: Knex, id: string, review: HostReview): Promise<void> {
    const command = assessmentCommand(review.body);
    const row = {
      explanation_id: id,
      login: review.reviewer?.login ?? null,
      person_ref: null,
      bot: review.reviewer?.bot ?? false,
      at: review.submittedAt,
      head_sha: review.headSha ?? null,
      digest: null,
      rubric: null,
    };
    if (command) {
      await this.#explanations.addAssessment(tx, {
        ...row,
        id: `review ${review.id} ${command.result}`,
        result: command.result,
        note: command.note ?? null,
        withdrawn: review.verdict === 'dismissed',
      });
    }
    if (command?.result !== 'genuine') {
      await this.#explanations.withdraw(tx, {
        ...row,
        id: `review ${review.id} genuine`,
        result: 'not-assessable',
        note: null,
        withdrawn: true,
      });
    }
  }
}
