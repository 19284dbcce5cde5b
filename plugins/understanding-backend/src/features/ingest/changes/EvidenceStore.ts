import {
  EvidenceKind,
  HostRepository,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { isPostgres } from '../../../database/instants';
import { batches } from '../../../database/shadow';
import { EntityRow, EvidenceRow } from '../../../database/tables';
import type { OldestKept } from '../../people/EvidenceExpiry';
import type { ErasedStore } from '../../people/ErasedStore';
import { keyOf } from './HostRepositoryStore';

interface Counted {
  login: string;
  latest_at: string;
  count: number | string;
  url: string;
}

/** What people did in the changes of an entity, the latest of each with their number. */
const COUNTED = `
  SELECT login, latest_at, count, url FROM (
    SELECT login, latest_at, url,
      COUNT(*) OVER (PARTITION BY login) AS count,
      ROW_NUMBER() OVER (PARTITION BY login ORDER BY latest_at DESC, url DESC) AS place
    FROM (:what:) AS what
  ) AS counted
  WHERE place = 1
  ORDER BY login`;

const MERGED = `
  FROM change_entities
  JOIN changes ON changes.id = change_entities.change_id
  WHERE change_entities.entity_ref = :entityRef
    AND changes.host = :host AND changes.repository = :repository
    AND changes.state = 'merged'`;

/** Whoever proposed what was merged; bots know nothing afterwards. */
const AUTHORED = `
  SELECT changes.author AS login, COALESCE(changes.merged_at, changes.updated_at) AS latest_at, changes.url
  ${MERGED} AND changes.author IS NOT NULL AND NOT changes.author_is_bot`;

/**
 * Whoever reviewed what was merged, and is not its author. Each change counts once.
 * A review that was dismissed does not.
 */
const REVIEWED = `
  SELECT reviews.reviewer AS login, MAX(reviews.submitted_at) AS latest_at, changes.url
  ${MERGED.replace(
    'WHERE',
    'JOIN reviews ON reviews.change_id = changes.id WHERE',
  )}
    AND reviews.reviewer IS NOT NULL AND NOT reviews.reviewer_is_bot
    AND reviews.verdict <> 'dismissed'
    AND (changes.author IS NULL OR reviews.reviewer <> changes.author)
  GROUP BY reviews.reviewer, changes.id, changes.url`;

const KINDS: ReadonlyArray<readonly [EvidenceKind, string]> = [
  ['authored', AUTHORED],
  ['reviewed', REVIEWED],
];

export interface EvidenceStoreOptions {
  readonly erased: ErasedStore;
  readonly oldestKept: OldestKept;
}

/** Evidence that a change host vouches for, computed from its changes. */
export class EvidenceStore {
  readonly #options: EvidenceStoreOptions;

  static create(options: EvidenceStoreOptions): EvidenceStore {
    return new EvidenceStore(options);
  }

  private constructor(options: EvidenceStoreOptions) {
    this.#options = options;
  }

  /** The entities of which a repository proves anything at present. */
  async entitiesOf(tx: Knex, repository: HostRepository): Promise<string[]> {
    const rows = await tx<EvidenceRow>('evidence')
      .where({ source: keyOf(repository) })
      .distinct('entity_ref');
    return rows.map(row => row.entity_ref);
  }

  /**
   * Computes anew what the changes of a repository tell of some entities. They are
   * locked first: of two workers with changes of one entity, the second has to see
   * what the first has written, and neither may write what the other does, too.
   */
  async refresh(
    tx: Knex,
    repository: HostRepository,
    entityRefs: readonly string[],
    now: string,
  ): Promise<void> {
    const { host } = repository;
    const source = keyOf(repository);
    const sorted = [...new Set(entityRefs)].sort();
    const oldest = this.#options.oldestKept(now);
    const isErased = await this.#options.erased.matcher(tx);
    if (isPostgres(tx)) {
      for (const batch of batches(sorted)) {
        await tx<EntityRow>('entities')
          .whereIn('entity_ref', batch)
          .orderBy('entity_ref')
          .forUpdate()
          .select('entity_ref');
      }
    }
    for (const entityRef of sorted) {
      await tx<EvidenceRow>('evidence')
        .where({ source, entity_ref: entityRef })
        .delete();
      for (const [kind, what] of KINDS) {
        const result = await tx.raw(COUNTED.replace(':what:', what), {
          entityRef,
          host,
          repository: repository.repository,
        });
        const rows: Counted[] = Array.isArray(result) ? result : result.rows;
        const counted = rows.filter(
          ({ login, latest_at }) =>
            latest_at >= oldest && !isErased({ host, login }),
        );
        for (const batch of batches(counted)) {
          await tx<Omit<EvidenceRow, 'id'>>('evidence').insert(
            batch.map(({ login, latest_at, count, url }) => ({
              entity_ref: entityRef,
              kind,
              source,
              person_ref: null,
              display_name: login,
              latest_at,
              count: Number(count),
              url,
              verified: true,
              host,
              login,
              email: null,
            })),
          );
        }
      }
    }
  }
}
