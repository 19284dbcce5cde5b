import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';
import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import {
  ExplanationAssessmentRow,
  ExplanationBypassRow,
  ExplanationRow,
} from '../../database/tables';
import type { ChangeHosts } from '../ingest/ChangeHosts';
import { waitAsked } from '../ingest/changes/waitAsked';
import { ExplanationJudge } from './ExplanationJudge';
import { ExplanationStore } from './ExplanationStore';
import { ofRightsKey } from './rightsKey';

const ASK_MILLIS = 30_000;
/** After how long a host is asked again for what it would not tell. */
const REFUSED_SECONDS = 600;

export interface ReviewRightsOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly hosts: ChangeHosts;
  readonly explanations: ExplanationStore;
  readonly judge: ExplanationJudge;
}

/**
 * Asks hosts whether those who assess, or let a change through, may review there. Until
 * a host has said so, what they say does not count; what it said once holds for what
 * was said until then, also when somebody loses the right later.
 */
export class ReviewRights implements TicketHandler {
  readonly queue = 'review-rights';
  readonly concurrency = 4;
  readonly leaseSeconds = 60;
  readonly #options: ReviewRightsOptions;

  static create(options: ReviewRightsOptions): ReviewRights {
    return new ReviewRights(options);
  }

  private constructor(options: ReviewRightsOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { knex, clock, queue, explanations, judge } = this.#options;
    const { id, login } = ofRightsKey(claim.key);
    const row = await knex<ExplanationRow>('explanations')
      .where({ id })
      .first();
    if (!row?.host || !row.repository) {
      await queue.complete(knex, claim);
      return;
    }
    const { host, repository } = row;
    const answer = await this.#ask({ host, repository, login }, signal);
    const now = await clock();
    if (typeof answer === 'number') {
      await queue.complete(knex, claim, secondsAfter(now, answer));
      return;
    }
    await knex.transaction(async tx => {
      await explanations.lock(tx, { id });
      const of = { explanation_id: id, login };
      await tx<ExplanationAssessmentRow>('explanation_assessments')
        .where(of)
        .whereNull('may_review')
        .update({ may_review: answer });
      await tx<ExplanationBypassRow>('explanation_bypasses')
        .where(of)
        .whereNull('may_review')
        .update({ may_review: answer });
      await judge.judge(tx, id, now);
      await queue.complete(tx, claim);
    });
  }

  /** @returns whether they may, or for how many seconds to wait before asking again */
  async #ask(
    account: { host: string; repository: string; login: string },
    signal: AbortSignal,
  ): Promise<boolean | number> {
    const host = this.#options.hosts.ofInstance(account.host);
    // A host that cannot tell lets whoever may comment.
    if (!host?.mayReview) {
      return true;
    }
    try {
      return await host.mayReview(account, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(ASK_MILLIS)]),
        onRequest: () => {},
      });
    } catch (error) {
      const waitSeconds = waitAsked(error);
      const isGone = (error as ChangeHostError).code === 'not-found';
      return isGone ? false : waitSeconds || REFUSED_SECONDS;
    }
  }
}
