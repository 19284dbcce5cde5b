import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import { ExplanationJudge } from './ExplanationJudge';
import { ExplanationStore } from './ExplanationStore';

export interface JudgeHandlerOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly explanations: ExplanationStore;
  readonly judge: ExplanationJudge;
}

/** Judges explanations anew of which something else changed than what a host tells. */
export class JudgeHandler implements TicketHandler {
  readonly queue = 'judge';
  readonly concurrency = 1;
  readonly leaseSeconds = 60;
  readonly #options: JudgeHandlerOptions;

  static create(options: JudgeHandlerOptions): JudgeHandler {
    return new JudgeHandler(options);
  }

  private constructor(options: JudgeHandlerOptions) {
    this.#options = options;
  }

  async handle(claim: Claim): Promise<void> {
    const { knex, clock, queue, explanations, judge } = this.#options;
    const now = await clock();
    await knex.transaction(async tx => {
      await explanations.lock(tx, { id: claim.key });
      await judge.judge(tx, claim.key, now);
      await queue.complete(tx, claim);
    });
  }
}
