import {
  ChangeReading,
  EntitySource,
  HostChange,
  HostComment,
  HostDeployment,
  HostFact,
  HostRepository,
  HostReview,
  affectedEntities,
  aiAssistance,
  assistedCommits,
  latestChange,
  latestComment,
  latestDeployment,
  latestReview,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { isAgentAddress } from '@understanding-dev/git-knowledge';
import { Knex } from 'knex';
import { isPostgres } from '../../../database/instants';
import { batches } from '../../../database/shadow';
import {
  ChangeEntityRow,
  ChangeRow,
  CommentRow,
  DeploymentRow,
  ReviewRow,
} from '../../../database/tables';
import { keyColumns } from './HostRepositoryStore';

/** How it is that a change is told of. */
export interface TellingOptions {
  /** Whether the host was asked, and did not tell by itself. */
  readonly asked: boolean;
  /** What is not told of it, and stays as it is known. */
  readonly untold?: Extract<HostFact, { type: 'change' }>['untold'];
}

/** What became of a change that was told of. */
export interface AppliedChange {
  /** Whether anything is known now that was not known before. */
  readonly changed: boolean;
  /** Whether the host has to be asked for more. */
  readonly readDue: boolean;
}

/** A change that the host is to be asked for. */
export interface ChangeAddress extends HostRepository {
  readonly id: string;
  readonly number: number;
}

/**
 * Changes, reviews, comments and deployments, each as its host last told of it. Every
 * row is locked before it is judged anew, so that of two workers with deliveries of
 * one thing the second sees what the first has written.
 */
export class ChangeStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): ChangeStore {
    return new ChangeStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Writes what is told of a change, unless something later is known. */
  async apply(
    tx: Knex,
    told: HostChange,
    options: TellingOptions,
  ): Promise<AppliedChange> {
    const { untold = [] } = options;
    const known = await this.#lock(tx, told);
    const before = known && toChange(known);
    const kept = Object.entries(before ?? {}).filter(([field]) =>
      untold.some(one => one === field),
    );
    const { change, inDoubt } = latestChange(
      before,
      { ...told, ...Object.fromEntries(kept) },
      options,
    );
    const readDue =
      inDoubt ||
      untold.some(one => one === 'reviews' || change[one] === undefined) ||
      (known ? Boolean(known.read_due) : true) ||
      known?.read_head !== change.headSha;
    const row = toColumns(change, known?.assisted_commits ?? '[]');
    await tx<ChangeRow>('changes')
      .where({ id: told.id })
      .update({ ...row, read_due: readDue });
    return { changed: known?.told !== row.told, readDue };
  }

  /** Writes all that a host tells of a change when it is asked. */
  async applyReading(tx: Knex, reading: ChangeReading): Promise<void> {
    const { files, commits, reviews } = reading;
    const known = await this.#lock(tx, reading.change);
    const { change } = latestChange(known && toChange(known), reading.change, {
      asked: true,
    });
    await tx<ChangeRow>('changes')
      .where({ id: change.id })
      .update({
        ...toColumns(
          change,
          JSON.stringify(assistedCommits(commits, isAgentAddress)),
        ),
        files: JSON.stringify(files),
        files_truncated: reading.filesTruncated,
        lines: files.reduce(
          (sum, file) => sum + file.additions + file.deletions,
          0,
        ),
        read_head: reading.change.headSha,
        read_due: change.headSha !== reading.change.headSha,
      });
    for (const review of reviews) {
      await this.applyReview(tx, review);
    }
  }

  /**
   * Writes what is told of a review, also before its change is told of.
   *
   * @returns whether anything is known now that was not known before
   */
  async applyReview(tx: Knex, told: HostReview): Promise<boolean> {
    const known = await lockTold(tx, 'reviews', toReviewRow(told));
    const row = toReviewRow(latestReview(known && JSON.parse(known), told));
    await tx<ReviewRow>('reviews').where({ id: told.id }).update(row);
    return known !== row.told;
  }

  /** Writes what is told of a comment, also before its change is told of. */
  async applyComment(tx: Knex, told: HostComment): Promise<void> {
    const known = await lockTold(tx, 'comments', toCommentRow(told));
    await tx<CommentRow>('comments')
      .where({ id: told.id })
      .update(toCommentRow(latestComment(known && JSON.parse(known), told)));
  }

  async applyDeployment(tx: Knex, told: HostDeployment): Promise<void> {
    const known = await lockTold(tx, 'deployments', toDeploymentRow(told));
    await tx<DeploymentRow>('deployments')
      .where({ id: told.id })
      .update(
        toDeploymentRow(latestDeployment(known && JSON.parse(known), told)),
      );
  }

  /** Gives the changes of a repository to that name, or owner, which it has now. */
  async move(
    tx: Knex,
    from: HostRepository,
    to: HostRepository,
  ): Promise<void> {
    for (const table of ['changes', 'deployments']) {
      await tx(table)
        .where(keyColumns(from))
        .update({ repository: to.repository });
    }
  }

  /** A change as its host last told of it. */
  async get(tx: Knex, id: string): Promise<HostChange | undefined> {
    const row = await tx<ChangeRow>('changes').where({ id }).first();
    return row && toChange(row);
  }

  /** Where to ask for a change that is to be read; undefined when it need not be. */
  async getReadDue(id: string): Promise<ChangeAddress | undefined> {
    return this.#knex<ChangeRow>('changes')
      .where({ id, read_due: true })
      .first('id', 'host', 'repository', 'number');
  }

  /**
   * Changes of a host that are to be read, the last updated first, without those of
   * repositories that it will not let us read, and those that wait for their own turn.
   */
  async listReadDue(host: string, limit: number): Promise<ChangeAddress[]> {
    return this.#knex<ChangeRow>('changes')
      .where({ host, read_due: true })
      .whereExists(
        this.#knex('host_repositories')
          .whereRaw('host_repositories.host = changes.host')
          .whereRaw('host_repositories.repository = changes.repository')
          .whereNull('problem')
          .select(this.#knex.raw('1')),
      )
      .whereNotExists(
        this.#knex('tickets')
          .where('queue', 'change')
          .whereRaw('tickets.key = changes.id')
          .select(this.#knex.raw('1')),
      )
      .orderBy('updated_at', 'desc')
      .limit(limit)
      .select('id', 'host', 'repository', 'number');
  }

  /** Notes that a change need not be asked for any more, since it is gone. */
  async setGone(tx: Knex, id: string): Promise<void> {
    await tx<ChangeRow>('changes').where({ id }).update({ read_due: false });
  }

  /**
   * Writes which entities a change affects.
   *
   * @returns those that it affected before or affects now
   */
  async attribute(
    tx: Knex,
    id: string,
    sources: readonly EntitySource[],
  ): Promise<string[]> {
    const row = await tx<ChangeRow>('changes').where({ id }).first('files');
    const files: ChangeReading['files'] | undefined =
      row?.files && JSON.parse(row.files);
    const now = affectedEntities(
      files?.flatMap(({ path, previousPath }) =>
        previousPath ? [path, previousPath] : [path],
      ),
      sources,
    );
    const before = (
      await tx<ChangeEntityRow>('change_entities').where({ change_id: id })
    ).map(one => one.entity_ref);
    const gone = before.filter(ref => !now.includes(ref));
    for (const batch of batches(gone)) {
      await tx<ChangeEntityRow>('change_entities')
        .where({ change_id: id })
        .whereIn('entity_ref', batch)
        .delete();
    }
    for (const batch of batches(now.filter(ref => !before.includes(ref)))) {
      await tx<ChangeEntityRow>('change_entities')
        .insert(batch.map(entity_ref => ({ change_id: id, entity_ref })))
        .onConflict()
        .ignore();
    }
    return [...gone, ...now];
  }

  /** Ids of the changes of a repository, in order, some at a time. */
  async *idsOf(repository: HostRepository): AsyncGenerator<string[]> {
    let last = '';
    for (;;) {
      const rows = await this.#knex<ChangeRow>('changes')
        .where(keyColumns(repository))
        .andWhere('id', '>', last)
        .orderBy('id')
        .limit(100)
        .select('id');
      if (rows.length === 0) {
        return;
      }
      yield rows.map(row => row.id);
      last = rows[rows.length - 1].id;
    }
  }

  /**
   * The row as it was, locked until the transaction ends; undefined for one that was
   * not known, of which what is told now stands there. On SQLite there is one writer.
   */
  async #lock(tx: Knex, told: HostChange): Promise<ChangeRow | undefined> {
    return lockRow<ChangeRow>(tx, 'changes', {
      id: told.id,
      ...toColumns(told, '[]'),
      read_due: true,
      read_head: null,
      files: null,
      files_truncated: false,
      lines: null,
    });
  }
}

async function lockRow<TRow extends { id: string }>(
  tx: Knex,
  table: string,
  row: TRow,
): Promise<TRow | undefined> {
  const inserted = await tx(table)
    .insert(row)
    .onConflict('id')
    .ignore()
    .returning('id');
  if (inserted.length > 0) {
    return undefined;
  }
  const query = tx(table).where({ id: row.id });
  return (isPostgres(tx) ? query.forUpdate() : query).first();
}

/** What was told before, as JSON. */
async function lockTold(
  tx: Knex,
  table: string,
  row: { id: string; told: string },
): Promise<string | undefined> {
  return (await lockRow(tx, table, row))?.told;
}

/** The columns hold what may change without being told, such as its repository. */
function toChange(row: ChangeRow): HostChange {
  return { ...JSON.parse(row.told), repository: row.repository };
}

function toColumns(change: HostChange, commits: string) {
  return {
    host: change.host,
    repository: change.repository,
    number: change.number,
    author: change.author?.login ?? null,
    author_is_bot: change.author?.bot ?? false,
    head_sha: change.headSha,
    state: change.state,
    updated_at: change.updatedAt,
    merged_at: change.mergedAt ?? null,
    url: change.url,
    told: JSON.stringify(change),
    assisted_commits: commits,
    ai_assistance: aiAssistance(change, JSON.parse(commits), isAgentAddress)
      .assistance,
  };
}

function toReviewRow(review: HostReview): ReviewRow {
  return {
    id: review.id,
    change_id: review.changeId,
    reviewer: review.reviewer?.login ?? null,
    reviewer_is_bot: review.reviewer?.bot ?? false,
    verdict: review.verdict,
    submitted_at: review.submittedAt,
    told: JSON.stringify(review),
  };
}

function toCommentRow(comment: HostComment): CommentRow {
  return {
    id: comment.id,
    change_id: comment.changeId,
    told: JSON.stringify(comment),
  };
}

function toDeploymentRow(deployment: HostDeployment): DeploymentRow {
  return {
    id: deployment.id,
    host: deployment.host,
    repository: deployment.repository,
    updated_at: deployment.updatedAt,
    told: JSON.stringify(deployment),
  };
}
