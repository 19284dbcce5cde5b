import {
  FailureModeContent,
  FailureModeFile,
  FailureModeFileState,
  planFileImport,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { FailureModeStore } from './FailureModeStore';
import { FailureModeFileRow, FailureModeRow } from './tables';

/** What was found at one commit. */
export interface FileReading {
  readonly entityRef: string;
  readonly repository: string;
  readonly head: string;
  readonly readAt: string;
  readonly found:
    | { readonly type: 'none' }
    | {
        readonly type: 'file';
        readonly path: string;
        readonly content: FailureModeFile;
      }
    | {
        readonly type: 'broken';
        readonly path: string;
        readonly problem: NonNullable<FailureModeFileState['problem']>;
      };
}

/** Failure modes that repositories keep in a file, and how the last reading went. */
export class FailureModeFileStore {
  readonly #knex: Knex;
  readonly #modes: FailureModeStore;

  static create(options: {
    knex: Knex;
    modes: FailureModeStore;
  }): FailureModeFileStore {
    return new FailureModeFileStore(options.knex, options.modes);
  }

  private constructor(knex: Knex, modes: FailureModeStore) {
    this.#knex = knex;
    this.#modes = modes;
  }

  /** The commit at which the file of an entity was last looked for. */
  async headOf(entityRef: string): Promise<string | undefined> {
    return (await this.#row(entityRef))?.head;
  }

  /** The file of an entity; undefined where there is none. */
  async get(
    entityRef: string,
  ): Promise<(FailureModeFileState & { taken: boolean }) | undefined> {
    const row = await this.#row(entityRef);
    return row?.path
      ? {
          path: row.path,
          repository: row.repository,
          commit: row.head,
          readAt: row.read_at,
          problem: row.problem ? JSON.parse(row.problem) : undefined,
          taken: Boolean(row.taken),
        }
      : undefined;
  }

  /**
   * Takes what was found. A file that is broken changes no failure mode; one that is
   * gone takes its failure modes with it, and those of the page count again.
   */
  async take(tx: Knex, reading: FileReading): Promise<void> {
    const { entityRef, found, head, readAt, repository } = reading;
    const before = await this.#row(entityRef, tx);
    await tx<FailureModeFileRow>('failure_mode_files')
      .insert({
        entity_ref: entityRef,
        repository,
        head,
        read_at: readAt,
        path: found.type === 'none' ? null : found.path,
        taken:
          found.type === 'broken'
            ? Boolean(before?.taken)
            : found.type === 'file',
        problem: found.type === 'broken' ? JSON.stringify(found.problem) : null,
      })
      .onConflict('entity_ref')
      .merge();
    if (found.type === 'broken') {
      return;
    }
    const present = await this.#modes.listImported(tx, entityRef);
    const plan = planFileImport(
      entityRef,
      found.type === 'file' ? found.content : undefined,
      present,
    );
    const change = { by: `${repository}@${head.slice(0, 10)}`, at: readAt };
    const versionOf = (id: string) =>
      present.find(one => one.id === id)?.version ?? 1;
    for (const { fileKey, content } of plan.create) {
      await this.#modes.insert(tx, content, change, fileKey);
    }
    for (const { id, content } of plan.update) {
      await this.#modes.update(tx, id, versionOf(id), content, change);
    }
    for (const { id } of plan.remove) {
      await this.#modes.remove(tx, id, versionOf(id), change);
    }
  }

  /** What counts of an entity's failure modes, to be written to a file. */
  async contentsOf(
    entityRef: string,
  ): Promise<Array<{ fileKey?: string; content: FailureModeContent }>> {
    const taken = (await this.#row(entityRef))?.taken;
    const rows = await this.#knex<FailureModeRow>('failure_modes')
      .where({ entity_ref: entityRef })
      .whereIn('origin', taken ? ['file'] : ['page', 'file'])
      .whereNull('removed_at')
      .orderBy(['created_at', 'id']);
    return rows.map(row => ({
      fileKey: row.file_key ?? undefined,
      content: JSON.parse(row.content),
    }));
  }

  #row(
    entityRef: string,
    knex: Knex = this.#knex,
  ): Promise<FailureModeFileRow | undefined> {
    return knex<FailureModeFileRow>('failure_mode_files')
      .where({ entity_ref: entityRef })
      .first();
  }
}
