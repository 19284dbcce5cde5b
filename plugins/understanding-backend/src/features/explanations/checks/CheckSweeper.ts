import { ExplanationGate } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../../database/instants';
import { Claim, TicketQueue } from '../../../database/TicketQueue';
import { TicketHandler } from '../../../database/TicketWorker';
import { CheckStore } from './CheckStore';
import { MergeGroupStore } from './MergeGroupStore';

const SWEEP_SECONDS = 60;
/** After how long a check that should be final, or other, is looked at again. */
const UNWRITTEN_SECONDS = 120;
/** After how long every open change is looked at again, whatever happened. */
const UNLOOKED_SECONDS = 15 * 60;
/** After how long a host is asked whether it still shows a check. */
const UNVERIFIED_SECONDS = 60 * 60;
/** So many requests a minute that takes; of GitHub's 5,000 an hour, a quarter. */
const VERIFIED_AT_A_TIME = 20;
/** After how long what a merge queue tried is forgotten. */
const FORGOTTEN_SECONDS = 7 * 24 * 60 * 60;
const AT_A_TIME = 1000;

export interface CheckSweeperOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly checks: CheckStore;
  readonly mergeGroups: MergeGroupStore;
  /** Where an entity does not say it. */
  readonly gate: ExplanationGate;
}

/**
 * Has checks looked at that may be missing or wrong for whatever reason: of changes that
 * no delivery told of, of which a ticket was lost, or whose time has come; and hosts
 * asked whether they show what was written, which somebody may have changed there.
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
    const { knex, clock, queue, checks, mergeGroups, gate } = this.#options;
    const now = await clock();
    const options = {
      now,
      gate,
      unlookedSince: secondsAfter(now, -UNLOOKED_SECONDS),
      unwrittenSince: secondsAfter(now, -UNWRITTEN_SECONDS),
      limit: AT_A_TIME,
    };
    const doubtful = [
      ...(await checks.listDoubtful(options)),
      ...(await checks.doubtSome({
        verifiedBefore: secondsAfter(now, -UNVERIFIED_SECONDS),
        limit: VERIFIED_AT_A_TIME,
      })),
      ...(await mergeGroups.listDoubtful(options)),
    ];
    await mergeGroups.removeBefore(secondsAfter(now, -FORGOTTEN_SECONDS));
    await knex.transaction(async tx => {
      await queue.mark(tx, 'check', doubtful, now);
      await queue.complete(tx, claim, secondsAfter(now, SWEEP_SECONDS));
    });
  }
}
