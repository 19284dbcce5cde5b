import { Knex } from 'knex';
import { Clock } from '../../../database/instants';
import { Claim, TicketQueue } from '../../../database/TicketQueue';
import { TicketHandler } from '../../../database/TicketWorker';
import { ChangeStore } from './ChangeStore';
import { FactWriter } from './FactWriter';
import { ofKey } from './HostRepositoryStore';

export interface AttributionOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly changes: ChangeStore;
  readonly facts: FactWriter;
}

/**
 * Works out anew whom the changes of a repository affect, whenever the entities that
 * name it, or their paths, have changed.
 */
export class Attribution implements TicketHandler {
  readonly queue = 'attribution';
  // Half of a catalog would take changes from entities that are only not read yet.
  readonly waitsFor = 'catalog';
  readonly concurrency = 1;
  readonly leaseSeconds = 600;
  readonly #options: AttributionOptions;

  static create(options: AttributionOptions): Attribution {
    return new Attribution(options);
  }

  private constructor(options: AttributionOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { knex, clock, queue, changes, facts } = this.#options;
    const repository = ofKey(claim.key);
    for await (const ids of changes.idsOf(repository)) {
      signal.throwIfAborted();
      const now = await clock();
      await knex.transaction(async tx => facts.attribute(tx, ids, now));
    }
    const now = await clock();
    await knex.transaction(async tx => {
      // Also of entities from which all changes have gone elsewhere.
      await facts.refreshEvidence(tx, repository, now);
      await queue.complete(tx, claim);
    });
  }
}
