import {
  HostChange,
  HostFile,
  OpenChange,
  ProposedFact,
  isCatalogFile,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import { ChangeEntityRow, ChangeRow } from '../../database/tables';
import { TicketQueue } from '../../database/TicketQueue';

interface ReadingRow {
  change_id: string;
  head_sha: string;
  read_at: string;
  problem: string | null;
}

interface ProposedEdgeRow {
  change_id: string;
  source_ref: string;
  target_ref: string;
}

/** What the catalog files of a change say, or why they could not be read. */
export interface ProposalReading {
  readonly changeId: string;
  readonly headSha: string;
  readonly edges: ReadonlyArray<{ sourceRef: string; targetRef: string }>;
  readonly problem?: string;
}

/** HARD dependencies that open changes would add to catalog files. */
export class ProposalStore {
  readonly #knex: Knex;
  readonly #queue: TicketQueue;

  static create(options: { knex: Knex; queue: TicketQueue }): ProposalStore {
    return new ProposalStore(options.knex, options.queue);
  }

  private constructor(knex: Knex, queue: TicketQueue) {
    this.#knex = knex;
    this.#queue = queue;
  }

  /**
   * Follows a change that was told of: its catalog files become due where it is open
   * and touches any; otherwise what they proposed is forgotten.
   */
  async follow(tx: Knex, change: HostChange, now: string): Promise<void> {
    const { id } = change;
    if (
      change.state === 'open' &&
      (await this.catalogFilesOf(id, tx)).length > 0
    ) {
      await this.#queue.mark(tx, 'proposal', [id], now);
      return;
    }
    if (await this.getReading(id, tx)) {
      await tx<ReadingRow>('catalog_file_readings')
        .where({ change_id: id })
        .delete();
      await this.#replaceEdges(tx, id, [], now);
    }
  }

  /** The catalog files that a change touches, as far as its host told its files. */
  async catalogFilesOf(
    changeId: string,
    knex: Knex = this.#knex,
  ): Promise<HostFile[]> {
    const row = await knex<ChangeRow>('changes')
      .where({ id: changeId })
      .first('files');
    const files: HostFile[] = row?.files ? JSON.parse(row.files) : [];
    return files.filter(
      ({ path, previousPath }) =>
        isCatalogFile(path) ||
        (previousPath !== undefined && isCatalogFile(previousPath)),
    );
  }

  /** The head up to which the catalog files of a change were read. */
  async getReading(
    changeId: string,
    knex: Knex = this.#knex,
  ): Promise<{ headSha: string } | undefined> {
    const row = await knex<ReadingRow>('catalog_file_readings')
      .where({ change_id: changeId })
      .first();
    return row && { headSha: row.head_sha };
  }

  /** Writes what was read, in place of what was read of an earlier head. */
  async write(tx: Knex, reading: ProposalReading, now: string): Promise<void> {
    await tx<ReadingRow>('catalog_file_readings')
      .insert({
        change_id: reading.changeId,
        head_sha: reading.headSha,
        read_at: now,
        problem: reading.problem ?? null,
      })
      .onConflict('change_id')
      .merge();
    await this.#replaceEdges(tx, reading.changeId, reading.edges, now);
  }

  /** What open changes would add to an entity. */
  async proposedTo(entityRef: string): Promise<ProposedFact[]> {
    const rows: Array<ProposedEdgeRow & Pick<ChangeRow, 'url' | 'told'>> =
      await this.#knex('proposed_edges')
        .join('changes', 'changes.id', 'proposed_edges.change_id')
        .where({ source_ref: entityRef, state: 'open' })
        .orderBy(['target_ref', 'change_id'])
        .select('proposed_edges.*', 'changes.url', 'changes.told');
    return rows.map(row => ({
      targetRef: row.target_ref,
      change: toOpenChange(row),
    }));
  }

  /** Open changes that affect an entity and whose catalog files could not be read. */
  async unreadOf(
    entityRef: string,
  ): Promise<Array<{ change: OpenChange; problem: string }>> {
    const rows: Array<Pick<ChangeRow, 'url' | 'told'> & { problem: string }> =
      await this.#knex<ChangeEntityRow>('change_entities')
        .join('changes', 'changes.id', 'change_entities.change_id')
        .join(
          'catalog_file_readings',
          'catalog_file_readings.change_id',
          'changes.id',
        )
        .where({ entity_ref: entityRef, state: 'open' })
        .whereNotNull('problem')
        .orderBy('changes.id')
        .select('changes.url', 'changes.told', 'problem');
    return rows.map(row => ({
      change: toOpenChange(row),
      problem: row.problem,
    }));
  }

  async #replaceEdges(
    tx: Knex,
    changeId: string,
    edges: ProposalReading['edges'],
    now: string,
  ): Promise<void> {
    const before = await tx<ProposedEdgeRow>('proposed_edges').where({
      change_id: changeId,
    });
    await tx<ProposedEdgeRow>('proposed_edges')
      .where({ change_id: changeId })
      .delete();
    for (const batch of batches(edges)) {
      await tx<ProposedEdgeRow>('proposed_edges').insert(
        batch.map(one => ({
          change_id: changeId,
          source_ref: one.sourceRef,
          target_ref: one.targetRef,
        })),
      );
    }
    const touched = [
      ...before.map(row => row.source_ref),
      ...edges.map(one => one.sourceRef),
    ];
    await this.#queue.mark(tx, 'entity', [...new Set(touched)], now);
  }
}

function toOpenChange(row: Pick<ChangeRow, 'url' | 'told'>): OpenChange {
  return { url: row.url, title: (JSON.parse(row.told) as HostChange).title };
}
