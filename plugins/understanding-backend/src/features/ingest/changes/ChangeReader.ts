import { HostRepository } from '@understanding-dev/backstage-plugin-understanding-common';
import { HostCallOptions } from '@understanding-dev/backstage-plugin-understanding-node';
import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../../database/instants';
import { Claim, TicketQueue } from '../../../database/TicketQueue';
import { TicketHandler } from '../../../database/TicketWorker';
import { ChangeHosts } from '../ChangeHosts';
import { ChangeAddress, ChangeStore } from './ChangeStore';
import { FactWriter } from './FactWriter';
import { HostRepositoryStore } from './HostRepositoryStore';
import { waitAsked } from './waitAsked';

/** A host that is asked for one change answers within that time, or another time. */
const READ_MILLIS = 45_000;

export interface ChangeReaderOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly hosts: ChangeHosts;
  readonly changes: ChangeStore;
  readonly repositories: HostRepositoryStore;
  readonly facts: FactWriter;
}

/**
 * Asks hosts for what no delivery tells of a change: its files, its commits, and what
 * holds where two deliveries differ. However many deliveries of a change come at once,
 * it is read once after them.
 */
export class ChangeReader implements TicketHandler {
  readonly queue = 'change';
  readonly concurrency = 4;
  readonly leaseSeconds = 60;
  readonly #options: ChangeReaderOptions;

  static create(options: ChangeReaderOptions): ChangeReader {
    return new ChangeReader(options);
  }

  private constructor(options: ChangeReaderOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { knex, clock, queue, changes } = this.#options;
    const change = await changes.getReadDue(claim.key);
    if (!change) {
      await queue.complete(knex, claim);
      return;
    }
    const waitSeconds = await this.read(
      change,
      { signal, onRequest: () => {} },
      async tx => queue.complete(tx, claim),
    );
    if (waitSeconds > 0) {
      await queue.complete(
        knex,
        claim,
        secondsAfter(await clock(), waitSeconds),
      );
    }
  }

  /**
   * Reads one change. Where the host will not let us, its repository has a problem,
   * and the change waits for that to end.
   *
   * @param alongside - written in the same transaction, whatever the host answers
   * @returns for how many seconds the host asks us to wait; 0 unless it does, and
   * nothing is written if it does
   * @throws ChangeHostError where the host gives no answer
   */
  async read(
    change: ChangeAddress,
    options: HostCallOptions,
    alongside: (tx: Knex) => Promise<void>,
  ): Promise<number> {
    const { knex, clock, hosts, changes, facts } = this.#options;
    const host = hosts.ofInstance(change.host);
    if (!host) {
      await knex.transaction(alongside);
      return 0;
    }
    try {
      const reading = await host.readChange(change, {
        ...options,
        signal: AbortSignal.any([
          options.signal,
          AbortSignal.timeout(READ_MILLIS),
        ]),
      });
      const now = await clock();
      await knex.transaction(async tx => {
        if (reading) {
          await facts.writeReading(tx, reading, now);
        } else {
          await changes.setGone(tx, change.id);
        }
        await alongside(tx);
      });
      return 0;
    } catch (error) {
      const waitSeconds = await this.setProblem(change, error);
      if (waitSeconds === 0) {
        await knex.transaction(alongside);
      }
      return waitSeconds;
    }
  }

  /**
   * Notes that a host will not let us read a repository.
   *
   * @returns for how many seconds it only asks us to wait; 0 unless it does
   * @throws what is neither
   */
  async setProblem(
    repository: HostRepository,
    error: unknown,
  ): Promise<number> {
    const waitSeconds = waitAsked(error);
    if (waitSeconds === 0) {
      const { knex, repositories } = this.#options;
      await repositories.update(knex, repository, {
        problem: (error as Error).message,
      });
    }
    return waitSeconds;
  }
}
