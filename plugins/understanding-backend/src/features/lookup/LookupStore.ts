import { Knex } from 'knex';
import { containing } from '../../database/like';
import { batches } from '../../database/shadow';
import { EntityRow, EvidenceRow, PathRow } from '../../database/tables';
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
      .where(isAtOrBelow(folder))
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

  /**
   * Who knows files of an entity at or below a path, by reference, or by name where
   * no User of the catalog claims them.
   */
  async knowersOf(
    entityRef: string,
    path: string,
  ): Promise<{ personRefs: Set<string>; names: Set<string> }> {
    const files = await this.#knex<PathRow>('paths')
      .where({ entity_ref: entityRef })
      .andWhere(isAtOrBelow(path))
      .whereNotNull('known_by')
      .distinct('known_by');
    const ids = new Set(
      files.flatMap((row): number[] => JSON.parse(row.known_by ?? '[]')),
    );
    const personRefs = new Set<string>();
    const names = new Set<string>();
    for (const batch of batches([...ids])) {
      const rows = await this.#knex<EvidenceRow>('evidence')
        .whereIn('id', batch)
        .andWhere({ entity_ref: entityRef })
        .select('person_ref', 'display_name');
      for (const row of rows) {
        if (row.person_ref) {
          personRefs.add(row.person_ref);
        } else {
          names.add(row.display_name);
        }
      }
    }
    return { personRefs, names };
  }

  /** Who of the catalog knows any of some files, by the entity that they belong to. */
  async knowersOfFiles(
    entityRefs: readonly string[],
    files: readonly string[],
  ): Promise<Map<string, Set<string>>> {
    const ids = new Set<number>();
    for (const batch of batches(files)) {
      const rows = await this.#knex<PathRow>('paths')
        .whereIn('entity_ref', entityRefs)
        .whereIn('path', batch)
        .whereNotNull('known_by')
        .distinct('known_by');
      for (const { known_by: known } of rows) {
        JSON.parse(known ?? '[]').forEach((id: number) => ids.add(id));
      }
    }
    const knowers = new Map<string, Set<string>>();
    for (const batch of batches([...ids])) {
      const rows = await this.#knex<EvidenceRow>('evidence')
        .whereIn('id', batch)
        .whereIn('entity_ref', entityRefs)
        .whereNotNull('person_ref')
        .select('entity_ref', 'person_ref');
      for (const { entity_ref: entityRef, person_ref: personRef } of rows) {
        const known = knowers.get(entityRef) ?? new Set();
        knowers.set(entityRef, personRef ? known.add(personRef) : known);
      }
    }
    return knowers;
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

/** A range instead of LIKE: it uses the index, and needs no escaping. */
function isAtOrBelow(path: string) {
  return (match: Knex.QueryBuilder) =>
    match
      .where('paths.path', path)
      .orWhere(below =>
        below
          .where('paths.path', '>=', `${path}/`)
          .andWhere('paths.path', '<', `${path}0`),
      );
}
