import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { HostChange } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ChangeHost,
  HostCallOptions,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../../database/instants';
import { Claim, TicketQueue } from '../../../database/TicketQueue';
import { TicketHandler } from '../../../database/TicketWorker';
import type { EntityStore } from '../../entities/EntityStore';
import type { MergeGroupFinder } from '../../explanations/checks/MergeGroupFinder';
import { ChangeHosts } from '../ChangeHosts';
import { InboxStore } from '../deliveries/InboxStore';
import { ChangeReader } from './ChangeReader';
import { ChangeStore } from './ChangeStore';
import { FactWriter } from './FactWriter';
import { HostRepositoryStore, RepositoryProgress } from './HostRepositoryStore';
import { RequestBudget, RequestBudgetUsedUp } from './RequestBudget';
import { waitAsked } from './waitAsked';

const RUN_SECONDS = 60;
/** GitHub keeps deliveries for three days. */
const REDELIVERY_SECONDS = 3 * 24 * 60 * 60;
/** Hosts may list a change some time after its own. */
const OVERLAP_SECONDS = 300;
const AT_A_TIME = 50;

export interface CatchUpOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly hosts: ChangeHosts;
  readonly inbox: InboxStore;
  readonly entities: EntityStore;
  readonly changes: ChangeStore;
  readonly repositories: HostRepositoryStore;
  readonly reader: ChangeReader;
  readonly facts: FactWriter;
  readonly mergeGroups: MergeGroupFinder;
  readonly logger: LoggerService;
  /** Requests that one run may make of one host. */
  readonly requestsPerRun: number;
  /** After how long a repository is asked again for what was missed. */
  readonly sweepSeconds: number;
  /** After how long a settled delivery is forgotten. */
  readonly retentionSeconds: number;
}

/**
 * Finds what no delivery told: what a host could not deliver, changes that were
 * updated since, and the past. One run a minute for each host, each of so many
 * requests; whatever it has done is written at once, and the next run goes on there.
 */
export class CatchUp implements TicketHandler {
  readonly queue = 'host';
  // Without the catalog nobody knows which repositories matter.
  readonly waitsFor = 'catalog';
  readonly concurrency = 2;
  readonly leaseSeconds = 300;
  readonly #options: CatchUpOptions;

  static create(options: CatchUpOptions): CatchUp {
    return new CatchUp(options);
  }

  private constructor(options: CatchUpOptions) {
    this.#options = options;
  }

  async handle(claim: Claim, signal: AbortSignal): Promise<void> {
    const { knex, clock, queue, hosts, inbox, repositories } = this.#options;
    const instance = claim.key;
    const host = hosts.ofInstance(instance);
    if (!host) {
      await queue.complete(knex, claim);
      return;
    }
    await inbox.removeSettledBefore(
      secondsAfter(await clock(), -this.#options.retentionSeconds),
    );
    await repositories.follow(instance);

    const waitSeconds = await this.#run(host, instance, signal);
    await queue.complete(
      knex,
      claim,
      secondsAfter(await clock(), Math.max(RUN_SECONDS, waitSeconds)),
    );
  }

  /** @returns for how many seconds the host asks us to wait */
  async #run(
    host: ChangeHost,
    instance: string,
    signal: AbortSignal,
  ): Promise<number> {
    const timeout = AbortSignal.timeout((this.leaseSeconds - 60) * 1000);
    const budget = new RequestBudget(this.#options.requestsPerRun);
    // What is urgent must not keep the past from being read at all.
    for (const [share, step] of [
      [0.8, this.#redeliver],
      [0.5, this.#sweep],
      [1, this.#readDue],
      [1, this.#backfill],
      [1, this.#readDue],
    ] as const) {
      const options: HostCallOptions = {
        signal: AbortSignal.any([signal, timeout]),
        onRequest: budget.allow(share),
      };
      try {
        const waitSeconds = await step.call(this, host, instance, options);
        if (waitSeconds > 0) {
          return waitSeconds;
        }
      } catch (error) {
        if (!(error instanceof RequestBudgetUsedUp)) {
          const waitSeconds = waitAsked(error);
          if (waitSeconds > 0) {
            return waitSeconds;
          }
          this.#options.logger.warn('A host does not do what it was asked', {
            host: instance,
            error: stringifyError(error),
          });
        }
      }
    }
    await this.#finish(instance);
    return 0;
  }

  async #redeliver(
    host: ChangeHost,
    instance: string,
    options: HostCallOptions,
  ): Promise<number> {
    const { clock, repositories } = this.#options;
    const begun = await clock();
    const since =
      (await repositories.getRedeliveredUntil(instance)) ??
      secondsAfter(begun, -REDELIVERY_SECONDS);
    await host.requestRedelivery?.(
      { host: instance, since: secondsAfter(since, -OVERLAP_SECONDS) },
      options,
    );
    await repositories.setRedeliveredUntil(instance, begun);
    return 0;
  }

  /** Asks for the changes that were updated since the last time. */
  async #sweep(
    host: ChangeHost,
    instance: string,
    options: HostCallOptions,
  ): Promise<number> {
    const { clock, repositories, sweepSeconds } = this.#options;
    const before = secondsAfter(await clock(), -sweepSeconds);
    return this.#forEach(
      () => repositories.listUnswept(instance, before, AT_A_TIME),
      repository => this.#sweepOne(host, repository, options),
    );
  }

  async #sweepOne(
    host: ChangeHost,
    repository: RepositoryProgress,
    options: HostCallOptions,
  ): Promise<void> {
    const { knex, clock, repositories, mergeGroups } = this.#options;
    const begun = await clock();
    const { sweptUntil } = repository;
    const until = sweptUntil && secondsAfter(sweptUntil, -OVERLAP_SECONDS);
    let newest = sweptUntil;
    let cursor: string | undefined;
    do {
      const page = await host.listChanges({ ...repository, cursor }, options);
      const missed = page.changes.filter(
        change => until === undefined || change.updatedAt >= until,
      );
      await this.#write(missed);
      newest = missed.reduce(
        (latest, { updatedAt }) =>
          latest === undefined || updatedAt > latest ? updatedAt : latest,
        newest,
      );
      const isWhole =
        until === undefined || missed.length < page.changes.length;
      cursor = isWhole ? undefined : page.nextCursor;
      if (until === undefined) {
        // Without an instant to go back to, the rest is left to the backfill.
        await this.#setListed(repository, page.nextCursor);
      }
    } while (cursor);
    await repositories.update(knex, repository, {
      swept_at: begun,
      swept_until: newest ?? begun,
      problem: null,
    });
    await mergeGroups.find(host, repository, options);
  }

  /** Goes on with the past of repositories, from their last change to their first. */
  async #backfill(
    host: ChangeHost,
    instance: string,
    options: HostCallOptions,
  ): Promise<number> {
    const { repositories } = this.#options;
    return this.#forEach(
      () => repositories.listUnlisted(instance, AT_A_TIME),
      async repository => {
        const page = await host.listChanges(
          { ...repository, cursor: repository.backfillCursor },
          options,
        );
        await this.#write(page.changes);
        await this.#setListed(repository, page.nextCursor);
      },
    );
  }

  async #setListed(
    repository: RepositoryProgress,
    nextCursor: string | undefined,
  ): Promise<void> {
    const { knex, clock, repositories } = this.#options;
    await repositories.update(knex, repository, {
      backfill_cursor: nextCursor ?? null,
      listed_at: nextCursor ? null : await clock(),
    });
  }

  /**
   * Where all of the past has been read, reviews are collected from now on, which
   * changes what an entity needs to be understood.
   */
  async #finish(instance: string): Promise<void> {
    const { knex, clock, queue, entities, repositories } = this.#options;
    const now = await clock();
    for (const repository of await repositories.listFilled(instance)) {
      await knex.transaction(async tx => {
        await repositories.update(tx, repository, { backfilled_at: now });
        const sources = await entities.sourcesIn(tx, repository);
        await queue.mark(
          tx,
          'entity',
          sources.map(one => one.entityRef),
          now,
        );
      });
    }
  }

  /** Asks for the changes that nobody has asked for yet, the last updated first. */
  async #readDue(
    _host: ChangeHost,
    instance: string,
    options: HostCallOptions,
  ): Promise<number> {
    const { changes, reader } = this.#options;
    for (;;) {
      const due = await changes.listReadDue(instance, AT_A_TIME);
      if (due.length === 0) {
        return 0;
      }
      for (const change of due) {
        const waitSeconds = await reader.read(change, options, async () => {});
        if (waitSeconds > 0) {
          return waitSeconds;
        }
      }
    }
  }

  /**
   * Does one repository after the other until none is left. What is wrong with one
   * does not keep the others.
   */
  async #forEach(
    list: () => Promise<RepositoryProgress[]>,
    run: (repository: RepositoryProgress) => Promise<void>,
  ): Promise<number> {
    const { knex, clock, reader, repositories } = this.#options;
    for (;;) {
      const some = await list();
      if (some.length === 0) {
        return 0;
      }
      for (const repository of some) {
        try {
          await run(repository);
        } catch (error) {
          // Its turn comes again after all others, whatever is wrong with it.
          if (!(error instanceof RequestBudgetUsedUp)) {
            await repositories.update(knex, repository, {
              swept_at: await clock(),
            });
          }
          const waitSeconds = await reader.setProblem(repository, error);
          if (waitSeconds > 0) {
            return waitSeconds;
          }
        }
      }
    }
  }

  async #write(changes: readonly HostChange[]): Promise<void> {
    const { knex, clock, facts } = this.#options;
    const now = await clock();
    for (const change of changes) {
      await knex.transaction(tx =>
        facts.writeChange(tx, change, { asked: true }, now),
      );
    }
  }
}
