import { Knex } from 'knex';
import { Clock } from '../../database/instants';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import { ExemptionStore, holdsAt } from './ExemptionStore';

export interface ExemptionHandlerOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly exemptions: ExemptionStore;
}

/** Has the open changes of an entity judged anew when an exemption of it begins or ends. */
export class ExemptionHandler implements TicketHandler {
  readonly queue = 'exemption';
  readonly concurrency = 1;
  readonly leaseSeconds = 60;
  readonly #options: ExemptionHandlerOptions;

  static create(options: ExemptionHandlerOptions): ExemptionHandler {
    return new ExemptionHandler(options);
  }

  private constructor(options: ExemptionHandlerOptions) {
    this.#options = options;
  }

  async handle(claim: Claim): Promise<void> {
    const { knex, clock, queue, exemptions } = this.#options;
    const now = await clock();
    const row = await exemptions.get(knex, claim.key);
    const ids: string[] = row
      ? await knex('explanation_entities')
          .join(
            'explanations',
            'explanations.id',
            'explanation_entities.explanation_id',
          )
          .where('entity_ref', row.entity_ref)
          .whereNull('merged_at')
          .pluck('explanations.id')
      : [];
    await knex.transaction(async tx => {
      await queue.mark(tx, 'judge', ids, now);
      await queue.complete(
        tx,
        claim,
        row && holdsAt(row, now) ? row.until : undefined,
      );
    });
  }
}
