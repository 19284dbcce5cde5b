import {
  Comment,
  FailureMode,
  FailureModeContent,
  FailureModeVersion,
  ImportedMode,
  criticalityOf,
  differencesBetween,
  failureModeInWords,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import {
  FailureModeCommentRow,
  FailureModeFileRow,
  FailureModeRow,
  FailureModeVersionRow,
} from './tables';

export interface FailureModeFilter {
  readonly entityRef?: string;
  readonly targetRef?: string;
  readonly condition?: string;
  readonly plane?: string;
}

/** Who changed something, and when. */
export interface Change {
  readonly by: string;
  readonly at: string;
}

/** The place in the list, newest first, after which to go on. */
export interface FailureModePosition {
  readonly createdAt: string;
  readonly id: string;
}

/** Failure modes with their versions and comments. */
export class FailureModeStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): FailureModeStore {
    return new FailureModeStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @param fileKey - its id in the file that keeps it; absent for the page */
  async insert(
    tx: Knex,
    content: FailureModeContent,
    change: Change,
    fileKey?: string,
  ): Promise<string> {
    const id = randomUUID();
    await tx<FailureModeRow>('failure_modes').insert({
      ...contentColumns(content),
      id,
      origin: fileKey === undefined ? 'page' : 'file',
      file_key: fileKey ?? null,
      version: 1,
      created_at: change.at,
      updated_at: change.at,
      updated_by: change.by,
      removed_at: null,
    });
    await addVersion(tx, {
      id,
      version: 1,
      action: 'created',
      content,
      change,
    });
    return id;
  }

  /**
   * Makes a new version of the one that the caller has read. Of two who do that at
   * once, the row lets one pass, and tells the other.
   *
   * @returns whether that version was still the present one
   */
  async update(
    tx: Knex,
    id: string,
    version: number,
    content: FailureModeContent,
    change: Change,
  ): Promise<boolean> {
    const before = await tx<FailureModeRow>('failure_modes')
      .where({ id })
      .first('removed_at');
    const updated = await tx<FailureModeRow>('failure_modes')
      .where({ id, version })
      .update({
        ...contentColumns(content),
        version: version + 1,
        updated_at: change.at,
        updated_by: change.by,
        removed_at: null,
      });
    if (updated === 0) {
      return false;
    }
    await addVersion(tx, {
      id,
      version: version + 1,
      action: before?.removed_at ? 'restored' : 'changed',
      content,
      change,
    });
    return true;
  }

  /** As {@link update}; the versions stay. */
  async remove(
    tx: Knex,
    id: string,
    version: number,
    change: Change,
  ): Promise<boolean> {
    const row = await tx<FailureModeRow>('failure_modes').where({ id }).first();
    const removed = await tx<FailureModeRow>('failure_modes')
      .where({ id, version })
      .whereNull('removed_at')
      .update({
        version: version + 1,
        updated_at: change.at,
        updated_by: change.by,
        removed_at: change.at,
      });
    if (!row || removed === 0) {
      return false;
    }
    await addVersion(tx, {
      id,
      version: version + 1,
      action: 'removed',
      content: JSON.parse(row.content),
      change,
    });
    return true;
  }

  async get(
    id: string,
    knex: Knex = this.#knex,
  ): Promise<FailureMode | undefined> {
    const row = await this.#rows(knex)
      .where('failure_modes.id', id)
      .whereNull('failure_modes.removed_at')
      .first();
    return row && toFailureMode(row);
  }

  /** What one is, or was before it was removed: its history stays. */
  async getEvenRemoved(id: string): Promise<FailureMode | undefined> {
    const row = await this.#rows(this.#knex)
      .where('failure_modes.id', id)
      .first();
    return row && toFailureMode(row);
  }

  async list(
    filter: FailureModeFilter,
    page: { limit?: number; after?: FailureModePosition } = {},
  ): Promise<FailureMode[]> {
    const query = filtered(this.#rows(this.#knex), filter)
      .whereNull('failure_modes.removed_at')
      .orderBy([
        { column: 'failure_modes.created_at', order: 'desc' },
        { column: 'failure_modes.id', order: 'asc' },
      ]);
    const { after, limit } = page;
    if (after) {
      query.andWhere(later =>
        later
          .where('failure_modes.created_at', '<', after.createdAt)
          .orWhere(same =>
            same
              .where('failure_modes.created_at', after.createdAt)
              .andWhere('failure_modes.id', '>', after.id),
          ),
      );
    }
    if (limit !== undefined) {
      query.limit(limit);
    }
    return (await query).map(toFailureMode);
  }

  async count(filter: FailureModeFilter): Promise<number> {
    const [row] = await filtered(this.#knex('failure_modes'), filter)
      .whereNull('failure_modes.removed_at')
      .count({ count: '*' });
    return Number(row.count);
  }

  /** What files left of an entity's failure modes, removed ones included. */
  async listImported(
    tx: Knex,
    entityRef: string,
  ): Promise<Array<ImportedMode & { version: number }>> {
    const rows = await tx<FailureModeRow>('failure_modes').where({
      entity_ref: entityRef,
      origin: 'file',
    });
    return rows.map(row => ({
      id: row.id,
      fileKey: row.file_key ?? '',
      version: row.version,
      content: JSON.parse(row.content),
      removed: row.removed_at !== null,
    }));
  }

  /** Every version with what it says otherwise than the one before, newest first. */
  async history(id: string): Promise<FailureModeVersion[]> {
    const rows = await this.#knex<FailureModeVersionRow>(
      'failure_mode_versions',
    )
      .where({ failure_mode_id: id })
      .orderBy('version');
    return rows
      .map((row, index) => ({
        version: row.version,
        action: row.action as FailureModeVersion['action'],
        at: row.changed_at,
        by: row.changed_by,
        differences: differencesBetween(
          index > 0
            ? failureModeInWords(JSON.parse(rows[index - 1].content))
            : undefined,
          failureModeInWords(JSON.parse(row.content)),
        ),
      }))
      .reverse();
  }

  async addComment(
    tx: Knex,
    failureModeId: string,
    text: string,
    change: Change,
  ): Promise<Comment> {
    const id = randomUUID();
    await tx<FailureModeCommentRow>('failure_mode_comments').insert({
      id,
      failure_mode_id: failureModeId,
      text,
      written_at: change.at,
      written_by: change.by,
    });
    return { id, text, ...change };
  }

  /** Oldest first, as a conversation reads. */
  async listComments(failureModeId: string): Promise<Comment[]> {
    const rows = await this.#knex<FailureModeCommentRow>(
      'failure_mode_comments',
    )
      .where({ failure_mode_id: failureModeId })
      .orderBy(['written_at', 'id']);
    return rows.map(row => ({
      id: row.id,
      text: row.text,
      at: row.written_at,
      by: row.written_by,
    }));
  }

  #rows(knex: Knex) {
    return knex<FailureModeRow>('failure_modes')
      .leftJoin<FailureModeFileRow>(
        'failure_mode_files',
        'failure_mode_files.entity_ref',
        'failure_modes.entity_ref',
      )
      .select('failure_modes.*', 'failure_mode_files.taken');
  }
}

function contentColumns(content: FailureModeContent) {
  return {
    entity_ref: content.entityRef,
    target_ref: content.edge?.targetRef ?? null,
    condition: content.condition ?? null,
    plane: content.plane,
    content: JSON.stringify(content),
  };
}

async function addVersion(
  tx: Knex,
  version: {
    id: string;
    version: number;
    action: FailureModeVersion['action'];
    content: FailureModeContent;
    change: Change;
  },
): Promise<void> {
  await tx<FailureModeVersionRow>('failure_mode_versions').insert({
    failure_mode_id: version.id,
    version: version.version,
    action: version.action,
    content: JSON.stringify(version.content),
    changed_at: version.change.at,
    changed_by: version.change.by,
  });
}

function filtered<T extends Knex.QueryBuilder>(
  query: T,
  filter: FailureModeFilter,
): T {
  const equal = {
    'failure_modes.entity_ref': filter.entityRef,
    'failure_modes.target_ref': filter.targetRef,
    'failure_modes.condition': filter.condition,
    'failure_modes.plane': filter.plane,
  };
  for (const [column, value] of Object.entries(equal)) {
    if (value !== undefined) {
      query.andWhere(column, value);
    }
  }
  return query;
}

function toFailureMode(
  row: FailureModeRow & { taken: boolean | number | null },
): FailureMode {
  const content: FailureModeContent = JSON.parse(row.content);
  return {
    ...content,
    ...criticalityOf(content.observations),
    id: row.id,
    version: row.version,
    origin: row.origin as FailureMode['origin'],
    superseded: row.origin === 'page' && Boolean(row.taken),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}
