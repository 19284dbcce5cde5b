import { Knex } from 'knex';
import { containing } from '../../database/like';
import { EntityRow, PathRow } from '../../database/tables';
import { ResolvedSource } from '../entities/sourceLocation';

/** An entity that a path or link leads to. */
export interface PathMatch {
  readonly entityRef: string;
  readonly repository: string;
  readonly path: string;
}

/** Finds entities by the paths of their repositories. */
export class LookupStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): LookupStore {
    return new LookupStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Entities whose source holds a file or folder of that path. Where a file belongs
   * to several, those with the longest source path come first.
   *
   * @param project - only in repositories of that name, e.g. `acme/ledger`
   */
  async findByPath(path: string, project?: string): Promise<PathMatch[]> {
    const folder = path.replace(/\/+$/, '');
    const rows = await this.#knex<PathRow>('paths')
      .join('entities', 'entities.entity_ref', 'paths.entity_ref')
      .whereNull('entities.removed_at')
      .where(match =>
        match
          .where('paths.path', folder)
          // A range instead of LIKE: it uses the index, and needs no escaping.
          .orWhere(below =>
            below
              .where('paths.path', '>=', `${folder}/`)
              .andWhere('paths.path', '<', `${folder}0`),
          ),
      )
      .distinct('paths.entity_ref', 'entities.location');
    return rows
      .map((row: { entity_ref: string; location: string }) => ({
        entityRef: row.entity_ref,
        source: JSON.parse(row.location) as ResolvedSource,
      }))
      .flatMap(({ entityRef, source }) =>
        source.type === 'repository' &&
        (project === undefined || source.name === project)
          ? [
              {
                entityRef,
                repository: source.name,
                path: folder,
                depth: Math.max(...source.paths.map(one => one.length)),
              },
            ]
          : [],
      )
      .sort((a, b) => b.depth - a.depth || (a.entityRef < b.entityRef ? -1 : 1))
      .map(({ depth: _depth, ...match }) => match);
  }

  /** Entities of a repository of a code host. */
  async findByProject(host: string, project: string): Promise<PathMatch[]> {
    const rows = await this.#knex<EntityRow>('entities')
      .whereNull('removed_at')
      .whereRaw(`location LIKE ? ESCAPE '\\'`, [
        containing(JSON.stringify(`https://${host}/${project}`)),
      ])
      .orderBy('entity_ref')
      .select('entity_ref');
    return rows.map(row => ({
      entityRef: row.entity_ref,
      repository: project,
      path: '',
    }));
  }
}
