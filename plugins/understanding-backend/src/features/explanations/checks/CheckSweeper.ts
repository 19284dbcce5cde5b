import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../../database/instants';
import { Claim, TicketQueue } from '../../../database/TicketQueue';
import { TicketHandler } from '../../../database/TicketWorker';
import { CheckStore } from './CheckStore';

const SWEEP_SECONDS = 60;
/** After how long a check that should be final, or other, is looked at again. */
const UNWRITTEN_SECONDS = 120;
/** After how long every open change is looked at again, whatever happened. */
const UNLOOKED_SECONDS = 15 * 60;
const AT_A_TIME = 1000;

export interface CheckSweeperOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly checks: CheckStore;
}

/**
 * Has checks looked at that may be missing or wrong for whatever reason: of changes that
 * no delivery told of, of which a ticket was lost, or whose time has come.
 */
export class CheckSweeper implements TicketHandler {
  readonly queue = 'check-sweep';
  readonly concurrency = 1;
  readonly leaseSeconds = 60;
  readonly #options: CheckSweeperOptions;

  static create(options: CheckSweeperOptions): CheckSweeper {
    return new CheckSweeper(options);
  }

  private constructor(options: CheckSweeperOptions) {
    this.#options = options;
  }

  async handle(claim: Claim): Promise<void> {
    const { knex, clock, queue, checks } = this.#options;
    const now = await clock();
    const doubtful = await checks.listDoubtful({
      unlookedSince: secondsAfter(now, -UNLOOKED_SECONDS),
      unwrittenSince: secondsAfter(now, -UNWRITTEN_SECONDS),
      limit: AT_A_TIME,
    });
    await knex.transaction(async tx => {
      await queue.mark(tx, 'check', doubtful, now);
      await queue.complete(tx, claim, secondsAfter(now, SWEEP_SECONDS));
    });
  }
}
