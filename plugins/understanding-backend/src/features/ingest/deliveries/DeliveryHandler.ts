import { stringifyError } from '@backstage/errors';
import { ParsedDelivery } from '@understanding-dev/backstage-plugin-understanding-node';
import { Knex } from 'knex';
import { Clock } from '../../../database/instants';
import { Claim, TicketQueue } from '../../../database/TicketQueue';
import { TicketHandler } from '../../../database/TicketWorker';
import { IngestMetrics } from '../../../telemetry/IngestMetrics';
import { ChangeHosts } from '../ChangeHosts';
import { FactWriter } from '../changes/FactWriter';
import { InboxStore, WaitingDelivery } from './InboxStore';

/** After so many attempts, about an hour and a half, a delivery is a dead letter. */
export const MAX_DELIVERY_ATTEMPTS = 12;

export interface DeliveryHandlerOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly hosts: ChangeHosts;
  readonly inbox: InboxStore;
  readonly facts: FactWriter;
  readonly metrics: IngestMetrics;
}

/**
 * Reads what waits in the inbox. Whatever a delivery leads to is written in one
 * transaction, with its own settlement: all of it happens, or it happens later.
 */
export class DeliveryHandler implements TicketHandler {
  readonly queue = 'delivery';
  // Each holds a connection, of which what arrives meanwhile needs one as well.
  readonly concurrency = 4;
  // Short: it takes milliseconds, and what a dead process held waits for that long.
  readonly leaseSeconds = 15;
  readonly #options: DeliveryHandlerOptions;

  static create(options: DeliveryHandlerOptions): DeliveryHandler {
    return new DeliveryHandler(options);
  }

  private constructor(options: DeliveryHandlerOptions) {
    this.#options = options;
  }

  async handle(claim: Claim): Promise<void> {
    const { knex, clock, queue, inbox, metrics } = this.#options;
    const delivery = await inbox.getPending(claim.key);
    if (!delivery) {
      await queue.complete(knex, claim);
      return;
    }
    const now = await clock();
    const parsed = this.#parse(delivery);
    const outcome = await knex
      .transaction(async tx => {
        const settled = await this.#apply(tx, parsed, now);
        await inbox.settle(tx, delivery.id, settled, now);
        await queue.complete(tx, claim);
        return settled;
      })
      .catch(error => this.#giveUp(delivery, claim, error));
    metrics.settled(delivery.host, outcome.state, delivery.receivedAt, now);
  }

  #parse(delivery: WaitingDelivery): ParsedDelivery {
    const host = this.#options.hosts.get(delivery.host);
    if (!host) {
      return {
        type: 'not-understood',
        reason: `The change host "${delivery.host}" is not installed any more`,
      };
    }
    try {
      return host.parse(delivery);
    } catch (error) {
      // A mistake of ours, which an upgrade may mend; another attempt does not.
      return {
        type: 'not-understood',
        reason: `It could not be parsed (${(error as Error).name})`,
      };
    }
  }

  async #apply(tx: Knex, parsed: ParsedDelivery, now: string) {
    switch (parsed.type) {
      case 'not-understood':
        return { state: 'dead', reason: parsed.reason } as const;
      case 'ignored':
        return { state: 'ignored', reason: parsed.reason } as const;
      default: {
        const unused = await this.#options.facts.write(tx, parsed.facts, now);
        return unused === undefined
          ? ({ state: 'done' } as const)
          : ({ state: 'ignored', reason: unused } as const);
      }
    }
  }

  async #giveUp(delivery: WaitingDelivery, claim: Claim, error: unknown) {
    const { knex, clock, queue, inbox, metrics } = this.#options;
    if (claim.attempts < MAX_DELIVERY_ATTEMPTS) {
      metrics.retried(delivery.host);
      throw error;
    }
    const outcome = {
      state: 'dead',
      reason: `Given up after ${claim.attempts} attempts: ${stringifyError(
        error,
      )}`,
    } as const;
    const now = await clock();
    await knex.transaction(async tx => {
      await inbox.settle(tx, delivery.id, outcome, now);
      await queue.complete(tx, claim);
    });
    return outcome;
  }
}
