import {
  DeclaredEdge,
  EntitySource,
  HostRepository,
  ShadowEntity,
  searchWords,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import {
  batches,
  fingerprint,
  tombstoneUnseen,
  upsertShadow,
} from '../../database/shadow';
import { EntityRow, EntityWordRow } from '../../database/tables';
import { HostSource, ResolvedSource } from './sourceLocation';

/** An entity as the shadow knows it, with the place of its source. */
export interface LocatedEntity {
  readonly entity: ShadowEntity;
  readonly source: ResolvedSource;
  /** The repository of a change host in which its source lies. */
  readonly hostRepository?: HostRepository;
}

/** An entity whose shadow changed. */
export interface EntityChange {
  readonly entityRef: string;
  /** Who owned it before, and who owns it now. */
  readonly ownerRefs: readonly string[];
  /** Repositories that it named before and names now. */
  readonly repositories: readonly string[];
  /** The same of change hosts. */
  readonly hostRepositories: readonly HostRepository[];
}

/** The shadow of the catalog's entities. */
export class EntityStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): EntityStore {
    return new EntityStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Writes what one page of the catalog says; returns what changed by it. */
  async write(
    tx: Knex,
    page: ReadonlyArray<
      LocatedEntity & {
        hostSource: HostSource | undefined;
        edges: readonly DeclaredEdge[];
      }
    >,
    now: string,
  ): Promise<EntityChange[]> {
    const changed = await upsertShadow<EntityRow>(
      tx,
      'entities',
      'entity_ref',
      page.map(({ entity, source, hostSource, edges: declared }) => ({
        entity_ref: entity.entityRef,
        kind: entity.kind,
        name: entity.name,
        owner_ref: entity.ownerRef ?? null,
        system_ref: entity.systemRef ?? null,
        shadow: JSON.stringify(entity),
        location: JSON.stringify(source),
        repository: source.type === 'repository' ? source.repository : null,
        host: hostSource?.host ?? null,
        host_repository: hostSource?.repository ?? null,
        host_paths: hostSource ? JSON.stringify(hostSource.paths) : null,
        incident_service: entity.incidentService ?? null,
        hash: fingerprint([entity, source, declared, hostSource]),
        seen_at: now,
        removed_at: null,
      })),
    );
    await this.#writeWords(
      tx,
      changed.map(({ row }) => JSON.parse(row.shadow)),
    );
    return changed.map(({ row, previous }) => toEntityChange(row, previous));
  }

  /** Tombstones what the synchronisation did not see. */
  async removeUnseen(tx: Knex, now: string): Promise<EntityChange[]> {
    const gone = await tombstoneUnseen<EntityRow>(tx, 'entities', now);
    await this.#removeWords(
      tx,
      gone.map(row => row.entity_ref),
    );
    return gone.map(row => toEntityChange(row, undefined));
  }

  async #writeWords(tx: Knex, entities: readonly ShadowEntity[]) {
    await this.#removeWords(
      tx,
      entities.map(one => one.entityRef),
    );
    const rows = entities.flatMap(entity =>
      searchWords(entity).map(word => ({ word, entity_ref: entity.entityRef })),
    );
    for (const batch of batches(rows)) {
      await tx<EntityWordRow>('entity_words').insert(batch);
    }
  }

  async #removeWords(tx: Knex, entityRefs: readonly string[]) {
    for (const batch of batches(entityRefs)) {
      await tx<EntityWordRow>('entity_words')
        .whereIn('entity_ref', batch)
        .delete();
    }
  }

  /** An entity of the catalog; undefined when it is not there, or no longer. */
  async get(entityRef: string): Promise<LocatedEntity | undefined> {
    const row = await this.#knex<EntityRow>('entities')
      .where({ entity_ref: entityRef })
      .whereNull('removed_at')
      .first();
    return row && toLocatedEntity(row);
  }

  async listOfRepository(repository: string): Promise<LocatedEntity[]> {
    const rows = await this.#knex<EntityRow>('entities')
      .where({ repository })
      .whereNull('removed_at')
      .orderBy('entity_ref');
    return rows.map(toLocatedEntity);
  }

  /** The entities whose source lies in a repository of a change host. */
  async sourcesIn(
    tx: Knex,
    { host, repository }: HostRepository,
  ): Promise<EntitySource[]> {
    const rows = await tx<EntityRow>('entities')
      .where({ host, host_repository: repository })
      .whereNull('removed_at')
      .select('entity_ref', 'host_paths');
    return rows.map(row => ({
      entityRef: row.entity_ref,
      paths: JSON.parse(row.host_paths ?? '[]'),
    }));
  }

  /** Where the repository of a change host lies on this machine, for its entities. */
  async foldersOf(
    tx: Knex,
    { host, repository }: HostRepository,
  ): Promise<string[]> {
    const rows = await tx<EntityRow>('entities')
      .where({ host, host_repository: repository })
      .whereNull('removed_at')
      .whereNotNull('repository')
      .distinct('repository');
    return rows.flatMap(row => row.repository ?? []);
  }

  /** Whether another entity has the very same source in a repository. */
  async sharesSource(entityRef: string, repository: string): Promise<boolean> {
    const row = await this.#knex<EntityRow>('entities')
      .where({ repository })
      .whereNot({ entity_ref: entityRef })
      .whereNull('removed_at')
      .where(
        'location',
        this.#knex<EntityRow>('entities')
          .where({ entity_ref: entityRef })
          .select('location'),
      )
      .first('entity_ref');
    return row !== undefined;
  }

  /** Titles by reference, for those that the catalog has. */
  async titles(entityRefs: readonly string[]): Promise<Map<string, string>> {
    const titles = new Map<string, string>();
    for (const batch of batches([...new Set(entityRefs)])) {
      const rows = await this.#knex<EntityRow>('entities')
        .whereIn('entity_ref', batch)
        .whereNull('removed_at')
        .select('entity_ref', 'shadow');
      for (const row of rows) {
        titles.set(row.entity_ref, parseShadow(row.shadow).title);
      }
    }
    return titles;
  }

  /**
   * References by the name of a service, where exactly one entity has it; Components
   * go before others.
   *
   * @param names - as in `metadata.name`, in lower case
   */
  async refsByName(names: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string[]>();
    for (const batch of batches([...new Set(names)])) {
      const rows = await this.#knex<EntityRow>('entities')
        .whereIn('name', batch)
        .whereNull('removed_at')
        .orderBy('entity_ref')
        .select('entity_ref', 'name');
      for (const row of rows) {
        found.set(row.name, [...(found.get(row.name) ?? []), row.entity_ref]);
      }
    }
    const refs = new Map<string, string>();
    for (const [name, all] of found) {
      const components = all.filter(ref => ref.startsWith('component:'));
      const chosen = components.length > 0 ? components : all;
      if (chosen.length === 1) {
        refs.set(name, chosen[0]);
      }
    }
    return refs;
  }

  /** References of entities that a team or person owns. */
  async refsOwnedBy(tx: Knex, ownerRefs: readonly string[]): Promise<string[]> {
    const refs: string[] = [];
    for (const batch of batches(ownerRefs)) {
      const rows = await tx<EntityRow>('entities')
        .whereIn('owner_ref', batch)
        .whereNull('removed_at')
        .select('entity_ref');
      refs.push(...rows.map(row => row.entity_ref));
    }
    return refs;
  }
}

function toEntityChange(
  row: EntityRow,
  previous: EntityRow | undefined,
): EntityChange {
  const both = [previous, row];
  return {
    entityRef: row.entity_ref,
    ownerRefs: both.flatMap(one => one?.owner_ref ?? []),
    repositories: both.flatMap(one => one?.repository ?? []),
    hostRepositories: both.flatMap(one =>
      one?.host && one.host_repository
        ? [{ host: one.host, repository: one.host_repository }]
        : [],
    ),
  };
}

function parseShadow(shadow: string): ShadowEntity {
  return JSON.parse(shadow);
}

function toLocatedEntity(row: EntityRow): LocatedEntity {
  return {
    entity: parseShadow(row.shadow),
    source: JSON.parse(row.location),
    hostRepository:
      row.host && row.host_repository
        ? { host: row.host, repository: row.host_repository }
        : undefined,
  };
}
