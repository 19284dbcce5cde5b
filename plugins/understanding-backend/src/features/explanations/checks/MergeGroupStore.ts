import {
  HostChange,
  HostMergeGroup,
  HostRepository,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { secondsAfter } from '../../../database/instants';
import { TicketQueue } from '../../../database/TicketQueue';
import { MergeGroupRow } from '../../../database/tables';

/** Queues give up long before that, also where nobody was told that they did. */
const OPEN_SECONDS = 24 * 60 * 60;
/** More groups than that are not merged at once. */
const MAX_GROUPS = 100;

/** What merge queues wait for. */
export class MergeGroupStore {
  readonly #knex: Knex;
  readonly #queue: TicketQueue;

  static create(options: { knex: Knex; queue: TicketQueue }): MergeGroupStore {
    return new MergeGroupStore(options.knex, options.queue);
  }

  private constructor(knex: Knex, queue: TicketQueue) {
    this.#knex = knex;
    this.#queue = queue;
  }

  /** Writes what is told of a group; once it is over, it stays so. */
  async write(tx: Knex, group: HostMergeGroup, now: string): Promise<void> {
    const { id, host, repository, over } = group;
    const insert = tx<MergeGroupRow>('merge_groups')
      .insert({
        ...{ id, host, repository, over, since: now },
        head_sha: group.headSha,
        base_sha: group.baseSha,
        change_id: group.changeId,
      })
      .onConflict('id');
    await (over ? insert.merge(['over']) : insert.ignore());
    await this.#queue.mark(tx, 'check', [id], now);
  }

  async get(id: string): Promise<MergeGroupRow | undefined> {
    return this.#knex<MergeGroupRow>('merge_groups').where({ id }).first();
  }

  /** The changes that a group holds, its own last. */
  async changesOf(group: MergeGroupRow): Promise<string[]> {
    const { host, repository } = group;
    const found: string[] = [];
    let next: MergeGroupRow | undefined = group;
    while (next && found.length < MAX_GROUPS) {
      found.unshift(next.change_id);
      next = await this.#knex<MergeGroupRow>('merge_groups')
        .where({ host, repository, head_sha: next.base_sha })
        .whereNot({ id: next.id })
        .first();
    }
    return [...new Set(found)];
  }

  /**
   * The branches of a repository whose queue may hold an open change: one of which the
   * check lets it pass, since no queue takes others.
   */
  async branchesOf({ host, repository }: HostRepository): Promise<string[]> {
    const passing: string[] = await this.#knex('changes')
      .join('explanation_checks', on => {
        on.on('explanation_checks.change_id', 'changes.id');
        on.andOn('explanation_checks.head_sha', 'changes.head_sha');
      })
      .where({ host, repository })
      .where('changes.state', 'open')
      .whereIn('written_state', ['success', 'neutral'])
      .orderBy('changes.updated_at', 'desc')
      .limit(MAX_GROUPS)
      .pluck('told');
    const branches = passing.map(
      told => (JSON.parse(told) as HostChange).baseBranch,
    );
    return [...new Set(branches)];
  }

  /** The groups of the queue that a change is in, any of which may hold it. */
  async besides(changeId: string, now: string): Promise<string[]> {
    const own = await this.#open(now).where({ change_id: changeId }).first();
    return own
      ? this.#open(now)
          .where({ host: own.host, repository: own.repository })
          .limit(MAX_GROUPS)
          .pluck('id')
      : [];
  }

  /** Groups of which the check is missing, or is not what is wanted. */
  async listDoubtful(options: {
    now: string;
    unwrittenSince: string;
    limit: number;
  }): Promise<string[]> {
    const { now, unwrittenSince, limit } = options;
    return this.#open(now)
      .leftJoin(
        'explanation_checks',
        'explanation_checks.change_id',
        'merge_groups.id',
      )
      .where('merge_groups.since', '<', unwrittenSince)
      .whereNull('problem')
      .andWhere(unfinished =>
        unfinished
          .whereNull('written_digest')
          .orWhereRaw('written_digest <> digest')
          .orWhere('written_state', 'pending'),
      )
      .limit(limit)
      .pluck('merge_groups.id');
  }

  /** Forgets those that nobody waits for. */
  async removeBefore(instant: string): Promise<void> {
    const old = this.#knex<MergeGroupRow>('merge_groups').where(
      'since',
      '<',
      instant,
    );
    await this.#knex('explanation_checks')
      .whereIn('change_id', old.clone().select('id'))
      .delete();
    await old.delete();
  }

  #open(now: string) {
    return this.#knex<MergeGroupRow>('merge_groups')
      .where('merge_groups.over', false)
      .where('merge_groups.since', '>', secondsAfter(now, -OPEN_SECONDS));
  }
}
