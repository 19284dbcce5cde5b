import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { HostRepository } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ChangeHost,
  ChangeHostError,
  HostCallOptions,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { Knex } from 'knex';
import { Clock } from '../../../database/instants';
import { MergeGroupStore } from './MergeGroupStore';

export interface MergeGroupFinderOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly mergeGroups: MergeGroupStore;
  readonly logger: LoggerService;
}

/** Finds what merge queues wait for, and no delivery told of. */
export class MergeGroupFinder {
  readonly #options: MergeGroupFinderOptions;

  static create(options: MergeGroupFinderOptions): MergeGroupFinder {
    return new MergeGroupFinder(options);
  }

  private constructor(options: MergeGroupFinderOptions) {
    this.#options = options;
  }

  /**
   * Asks for the queues of a repository that may hold a change.
   *
   * @throws ChangeHostError where the host asks us to wait, and what `onRequest` throws
   */
  async find(
    host: ChangeHost,
    repository: HostRepository,
    options: HostCallOptions,
  ): Promise<void> {
    const { knex, clock, mergeGroups, logger } = this.#options;
    if (!host.listMergeGroups) {
      return;
    }
    try {
      for (const branch of await mergeGroups.branchesOf(repository)) {
        const query = { ...repository, branch };
        const groups = await host.listMergeGroups(query, options);
        const now = await clock();
        await knex.transaction(async tx => {
          for (const group of groups) {
            await mergeGroups.write(tx, group, now);
          }
        });
      }
    } catch (error) {
      const isRefused =
        error instanceof ChangeHostError && error.code !== 'rate-limited';
      if (!isRefused) {
        throw error;
      }
      // All else of the repository can be read.
      logger.warn('A host does not tell what its merge queues wait for', {
        host: repository.host,
        repository: repository.repository,
        error: stringifyError(error),
      });
    }
  }
}
