import {
  HostComment,
  HostPress,
  HostReview,
  assessmentCommand,
  breakGlassCommand,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { fingerprint } from '../../database/shadow';
import { BypassStore } from './checks/BypassStore';
import { ExplanationStore } from './ExplanationStore';

const PRESS = 'press ';

/** Whether an assessment was made by a button of the host. */
export function isPress({ id }: { readonly id: string }): boolean {
  return id.startsWith(PRESS);
}

export interface AssessmentWriterOptions {
  readonly explanations: ExplanationStore;
  readonly bypasses: BypassStore;
}

/** Reads assessments out of the comments and reviews that change hosts tell of. */
export class AssessmentWriter {
  readonly #explanations: ExplanationStore;
  readonly #bypasses: BypassStore;

  static create(options: AssessmentWriterOptions): AssessmentWriter {
    return new AssessmentWriter(options);
  }

  private constructor(options: AssessmentWriterOptions) {
    this.#explanations = options.explanations;
    this.#bypasses = options.bypasses;
  }

  /**
   * Others than its author can edit and delete a comment, and hosts do not tell who
   * did. So an edit may return an explanation, but never accepts one.
   */
  async addComment(tx: Knex, id: string, comment: HostComment): Promise<void> {
    const { createdAt, updatedAt, deleted, author } = comment;
    const command = assessmentCommand(comment.body);
    const reason = breakGlassCommand(comment.body);
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
      may_review: null,
    };
    if (!isFirst || reason !== undefined) {
      await this.#bypasses.add(tx, {
        id: `comment ${comment.id}`,
        explanation_id: id,
        source: 'command',
        login: author?.login ?? null,
        bot: author?.bot ?? true,
        reason: reason ?? '',
        at: createdAt,
        head_sha: null,
        withdrawn: !isFirst,
      });
    }
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

  /** It is of the head and the text that the check was of, whatever stands there now. */
  async addPress(
    tx: Knex,
    id: string,
    press: HostPress,
    now: string,
  ): Promise<void> {
    await this.#explanations.addAssessment(tx, {
      // Hosts name a press after its account, which may have to be forgotten.
      id: `${PRESS}${fingerprint([press.id, id])}`,
      explanation_id: id,
      login: press.author?.login ?? null,
      person_ref: null,
      bot: press.author?.bot ?? false,
      result: press.result,
      note: null,
      at: now,
      head_sha: press.headSha,
      digest: press.explanation,
      rubric: null,
      may_review: null,
      withdrawn: false,
    });
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
      may_review: null,
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
