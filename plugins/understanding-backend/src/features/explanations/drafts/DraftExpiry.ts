import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../../database/instants';
import { Claim, TicketQueue } from '../../../database/TicketQueue';
import { TicketHandler } from '../../../database/TicketWorker';
import { DraftStore } from './DraftStore';

const DAY_SECONDS = 24 * 60 * 60;

/** The one key of the queue. */
export const DRAFTS_KEY = 'drafts';

export interface DraftExpiryOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly drafts: DraftStore;
  /** How long a draft is kept after it was last saved. */
  readonly draftRetentionSeconds: number;
}

/** Once a day, removes drafts that nobody has gone on with. */
export class DraftExpiry implements TicketHandler {
  readonly queue = 'draft-retention';
  readonly concurrency = 1;
  readonly leaseSeconds = 600;
  readonly #options: DraftExpiryOptions;

  static create(options: DraftExpiryOptions): DraftExpiry {
    return new DraftExpiry(options);
  }

  private constructor(options: DraftExpiryOptions) {
    this.#options = options;
  }

  async handle(claim: Claim): Promise<void> {
    const { knex, clock, queue, drafts, draftRetentionSeconds } = this.#options;
    const now = await clock();
    await knex.transaction(async tx => {
      await drafts.removeBefore(tx, secondsAfter(now, -draftRetentionSeconds));
      await queue.complete(tx, claim, secondsAfter(now, DAY_SECONDS));
    });
  }
}
