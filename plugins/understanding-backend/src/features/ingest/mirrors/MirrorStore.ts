import { Knex } from 'knex';
import { MirrorRow } from '../../../database/tables';
import { MirrorError, MirrorErrorCode } from './MirrorError';

/** What is known of a mirror wherever it lies; each replica may have a disk of its own. */
export interface MirrorRecord {
  /** When its host last told of a push. */
  readonly pushedAt?: string;
  /** When a fetch that succeeded last began. */
  readonly fetchedAt?: string;
  /** When the last attempt began, whatever became of it. */
  readonly triedAt?: string;
  /** Failures since the last success. */
  readonly failures: number;
  readonly failure?: MirrorError;
  /** Before this instant it is not tried again, unless something is pushed. */
  readonly retryAt?: string;
}

/** What happened to mirrors. */
export class MirrorStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): MirrorStore {
    return new MirrorStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async get(repository: string): Promise<MirrorRecord> {
    const row = await this.#knex<MirrorRow>('mirrors')
      .where({ repository })
      .first();
    return {
      pushedAt: row?.pushed_at ?? undefined,
      fetchedAt: row?.fetched_at ?? undefined,
      triedAt: row?.tried_at ?? undefined,
      failures: row?.failures ?? 0,
      failure:
        row?.failure_code && row.failure_message
          ? new MirrorError(
              row.failure_code as MirrorErrorCode,
              row.failure_message,
            )
          : undefined,
      retryAt: row?.retry_at ?? undefined,
    };
  }

  async setPushed(tx: Knex, repository: string, at: string): Promise<void> {
    await this.#merge(tx, { repository, pushed_at: at });
  }

  async setFetched(repository: string, at: string): Promise<void> {
    await this.#merge(this.#knex, {
      repository,
      fetched_at: at,
      tried_at: at,
      failures: 0,
      failure_code: null,
      failure_message: null,
      retry_at: null,
    });
  }

  async setFailed(
    repository: string,
    failure: {
      triedAt: string;
      failures: number;
      error: MirrorError;
      retryAt: string;
    },
  ): Promise<void> {
    await this.#merge(this.#knex, {
      repository,
      tried_at: failure.triedAt,
      failures: failure.failures,
      failure_code: failure.error.code,
      failure_message: failure.error.message,
      retry_at: failure.retryAt,
    });
  }

  async remove(repository: string): Promise<void> {
    await this.#knex<MirrorRow>('mirrors').where({ repository }).delete();
  }

  async #merge(
    knex: Knex,
    row: Partial<MirrorRow> & { repository: string },
  ): Promise<void> {
    await knex<MirrorRow>('mirrors')
      .insert(row)
      .onConflict('repository')
      .merge();
  }
}
