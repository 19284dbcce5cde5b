import { GoneEntity } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { EntityRow } from '../../database/tables';

/**
 * Where what people said stands under the reference of an entity. What hosts, histories
 * and files tell is not among it: that is told anew of whatever lies there now.
 */
const SAID: ReadonlyArray<{
  readonly table: string;
  readonly column: string;
  /** Which rows of it, in SQL. */
  readonly only?: string;
}> = [
  { table: 'hand_evidence', column: 'entity_ref' },
  { table: 'corrections', column: 'entity_ref' },
  {
    table: 'failure_modes',
    column: 'entity_ref',
    only: `failure_modes.origin = 'page' AND failure_modes.removed_at IS NULL`,
  },
  { table: 'assumptions', column: 'entity_ref' },
  { table: 'walkthrough_versions', column: 'entity_ref' },
  {
    table: 'explanation_entities',
    column: 'entity_ref',
    // Those of changes of a host follow their files.
    only: `EXISTS (SELECT 1 FROM explanations WHERE explanations.id = explanation_id AND explanations.change_id IS NULL)`,
  },
  { table: 'explanation_exemptions', column: 'entity_ref' },
  { table: 'promises', column: 'entity_ref' },
  { table: 'edge_acceptances', column: 'source_ref' },
  { table: 'edge_expectations', column: 'source_ref' },
];

/** Entities that the catalog does not have any more, and of which people said something. */
export class GoneEntityStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): GoneEntityStore {
    return new GoneEntityStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Those that went last come first. */
  async list(limit: number): Promise<GoneEntity[]> {
    const counts = SAID.map(({ table, column, only = '1 = 1' }) =>
      this.#knex(table)
        .whereRaw(only)
        .whereRaw('?? = entities.entity_ref', [`${table}.${column}`])
        .count('*'),
    );
    const gone = this.#knex<EntityRow>('entities')
      .whereNotNull('removed_at')
      .select({
        entityRef: 'entity_ref',
        goneAt: 'removed_at',
        records: this.#knex.raw(counts.map(() => '?').join(' + '), counts),
      })
      .as('gone');
    const rows: Array<Omit<GoneEntity, 'inItsPlace'>> = await this.#knex
      .from(gone)
      .where('records', '>', 0)
      .orderBy([{ column: 'goneAt', order: 'desc' }, 'entityRef'])
      .limit(limit)
      .select('*');
    const places = await this.#inPlaceOf(rows.map(row => row.entityRef));
    return rows.map(row => ({
      ...row,
      records: Number(row.records),
      inItsPlace: places.get(row.entityRef),
    }));
  }

  /** The one entity whose source lies where that of another lay, by the other. */
  async #inPlaceOf(
    entityRefs: readonly string[],
  ): Promise<Map<string, string>> {
    const rows: Array<{ gone: string; present: string }> = await this.#knex(
      'entities as gone',
    )
      .join('entities as present', join =>
        join
          .on('present.repository', 'gone.repository')
          .andOn('present.location', 'gone.location'),
      )
      .whereNull('present.removed_at')
      .whereIn('gone.entity_ref', entityRefs)
      .groupBy('gone.entity_ref')
      .havingRaw('count(*) = 1')
      .select('gone.entity_ref as gone')
      .min('present.entity_ref as present');
    return new Map(rows.map(row => [row.gone, row.present]));
  }
}
