import {
  HostFact,
  HostRepository,
  HostRepositoryStatus,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import {
  ChangeRow,
  HostRepositoryRow,
  HostRow,
} from '../../../database/tables';

/** How far the changes of a repository have been read. */
export interface RepositoryProgress extends HostRepository {
  readonly backfillCursor?: string;
  /** When its oldest change was listed. */
  readonly listedAt?: string;
  /** When all changes up to then had been read. */
  readonly backfilledAt?: string;
  readonly sweptUntil?: string;
  readonly sweptAt?: string;
  readonly problem?: string;
}

/** One name of a repository and its host, e.g. `github.com/acme/shop`. */
export function keyOf({ host, repository }: HostRepository): string {
  return `${host}/${repository}`;
}

/** The repository of a key; hosts have no slash in their name. */
export function ofKey(key: string): HostRepository {
  const slash = key.indexOf('/');
  return { host: key.slice(0, slash), repository: key.slice(slash + 1) };
}

/** The repositories of change hosts that entities name, with their progress. */
export class HostRepositoryStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): HostRepositoryStore {
    return new HostRepositoryStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Begins to follow the repositories that entities name, and ends it for others. */
  async follow(host: string): Promise<void> {
    await this.#knex.transaction(async tx => {
      const named = tx('entities')
        .where({ host })
        .whereNull('removed_at')
        .whereNotNull('host_repository');
      await tx<HostRepositoryRow>('host_repositories')
        .where({ host })
        .whereNotIn('repository', named.clone().select('host_repository'))
        .delete();
      const rows: Array<{ repository: string }> = await named
        .clone()
        .whereNotIn(
          'host_repository',
          tx('host_repositories').where({ host }).select('repository'),
        )
        .distinct({ repository: 'host_repository' });
      for (const { repository } of rows) {
        await tx<HostRepositoryRow>('host_repositories')
          .insert({ host, repository })
          .onConflict()
          .ignore();
      }
    });
  }

  async get(
    repository: HostRepository,
  ): Promise<RepositoryProgress | undefined> {
    const row = await this.#knex<HostRepositoryRow>('host_repositories')
      .where(keyColumns(repository))
      .first();
    return row && toProgress(row);
  }

  /** Those that were not swept since an instant, the longest ago first. */
  async listUnswept(
    host: string,
    since: string,
    limit: number,
  ): Promise<RepositoryProgress[]> {
    const rows = await this.#knex<HostRepositoryRow>('host_repositories')
      .where({ host })
      .andWhere(due =>
        due.whereNull('swept_at').orWhere('swept_at', '<', since),
      )
      .orderByRaw(`COALESCE(swept_at, ''), repository`)
      .limit(limit);
    return rows.map(toProgress);
  }

  /** Those that were swept once, and whose past has not been listed to its end. */
  async listUnlisted(
    host: string,
    limit: number,
  ): Promise<RepositoryProgress[]> {
    const rows = await this.#knex<HostRepositoryRow>('host_repositories')
      .where({ host })
      .whereNull('listed_at')
      .whereNull('problem')
      .whereNotNull('swept_at')
      .orderBy(['swept_at', 'repository'])
      .limit(limit);
    return rows.map(toProgress);
  }

  /** Those of which every change was read, and nobody has said so yet. */
  async listFilled(host: string): Promise<RepositoryProgress[]> {
    const rows = await this.#knex<HostRepositoryRow>('host_repositories')
      .where({ host })
      .whereNotNull('listed_at')
      .whereNull('backfilled_at')
      .whereNotExists(
        this.#knex('changes')
          .whereRaw('changes.host = host_repositories.host')
          .whereRaw('changes.repository = host_repositories.repository')
          .where('changes.read_due', true)
          .select(this.#knex.raw('1')),
      );
    return rows.map(toProgress);
  }

  /** Until when an instance was asked for what it could not deliver. */
  async getRedeliveredUntil(host: string): Promise<string | undefined> {
    const row = await this.#knex<HostRow>('hosts').where({ host }).first();
    return row?.redelivered_until ?? undefined;
  }

  async setRedeliveredUntil(host: string, instant: string): Promise<void> {
    await this.#knex<HostRow>('hosts')
      .insert({ host, redelivered_until: instant })
      .onConflict('host')
      .merge();
  }

  async update(
    tx: Knex,
    repository: HostRepository,
    progress: Partial<
      Pick<
        HostRepositoryRow,
        | 'backfill_cursor'
        | 'listed_at'
        | 'backfilled_at'
        | 'swept_until'
        | 'swept_at'
        | 'problem'
      >
    >,
  ): Promise<void> {
    await tx<HostRepositoryRow>('host_repositories')
      .where(keyColumns(repository))
      .update(progress);
  }

  /** Notes that a host lets us read repositories, or no longer does. */
  async setAccess(
    tx: Knex,
    access: Extract<HostFact, { type: 'access' }>,
  ): Promise<void> {
    const { host, repositories, granted } = access;
    for (const repository of repositories) {
      await this.update(
        tx,
        { host, repository },
        granted
          ? { problem: null, swept_at: null }
          : { problem: `${host} no longer lets us read it` },
      );
    }
  }

  /** Progress of all, those with a problem first. */
  async listStatus(limit: number): Promise<HostRepositoryStatus[]> {
    const counts = this.#knex<ChangeRow>('changes')
      .groupBy('host', 'repository')
      .select('host', 'repository')
      .count({ changes: '*' })
      .sum({
        unread: this.#knex.raw('CASE WHEN read_due THEN 1 ELSE 0 END'),
      })
      .as('counts');
    const rows: Array<
      HostRepositoryRow & { changes: string | null; unread: string | null }
    > = await this.#knex('host_repositories')
      .leftJoin(counts, join =>
        join
          .on('counts.host', 'host_repositories.host')
          .andOn('counts.repository', 'host_repositories.repository'),
      )
      .orderByRaw(
        `CASE WHEN problem IS NULL THEN 1 ELSE 0 END, host_repositories.host, host_repositories.repository`,
      )
      .limit(limit)
      .select('host_repositories.*', 'counts.changes', 'counts.unread');
    return rows.map(row => ({
      host: row.host,
      repository: row.repository,
      changes: Number(row.changes ?? 0),
      unread: Number(row.unread ?? 0),
      backfilledAt: row.backfilled_at ?? undefined,
      sweptAt: row.swept_at ?? undefined,
      problem: row.problem ?? undefined,
    }));
  }
}

/** The columns by which a repository is found. */
export function keyColumns({ host, repository }: HostRepository) {
  return { host, repository };
}

function toProgress(row: HostRepositoryRow): RepositoryProgress {
  return {
    host: row.host,
    repository: row.repository,
    backfillCursor: row.backfill_cursor ?? undefined,
    listedAt: row.listed_at ?? undefined,
    backfilledAt: row.backfilled_at ?? undefined,
    sweptUntil: row.swept_until ?? undefined,
    sweptAt: row.swept_at ?? undefined,
    problem: row.problem ?? undefined,
  };
}
