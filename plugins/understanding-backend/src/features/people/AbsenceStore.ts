import { EntitySummary } from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import type { ResolvedSource } from '../entities/sourceLocation';
import type { AuthoredFiles } from '../ingest/HistoryStore';

/** Rows in one query of all entities; between two of them others get their turn. */
const PAGE = 2000;

/** An entity with the authors of its files, as its history was read last. */
export interface AuthoredEntity {
  readonly summary: Pick<
    EntitySummary,
    | 'entityRef'
    | 'title'
    | 'ownerRef'
    | 'ownerTitle'
    | 'systemRef'
    | 'systemTitle'
  >;
  /** Absent where its history cannot be read. */
  readonly read?: {
    readonly authorship: readonly AuthoredFiles[];
    readonly readAt: string;
    /** The same for entities whose source is the same. */
    readonly sourceKey: string;
  };
}

/** Who are the authors of the files of entities. */
export class AbsenceStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): AbsenceStore {
    return new AbsenceStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Entities of a team, of a system, or all, in order. */
  async list(filter: {
    ownerRef?: string;
    systemRef?: string;
  }): Promise<AuthoredEntity[]> {
    const { ownerRef, systemRef } = filter;
    const found: AuthoredEntity[] = [];
    let last: string | undefined;
    do {
      const query = this.#knex('summaries')
        .join('entities', 'entities.entity_ref', 'summaries.entity_ref')
        .leftJoin(
          'absence_factors',
          'absence_factors.entity_ref',
          'summaries.entity_ref',
        )
        .leftJoin(
          'repositories',
          'repositories.repository',
          'absence_factors.repository',
        )
        .orderBy('summaries.entity_ref')
        .limit(PAGE)
        .select(
          'summaries.entity_ref',
          'summary',
          'location',
          'authorship',
          'read_at',
          'problem',
        );
      if (ownerRef !== undefined) {
        query.where('summaries.owner_ref', ownerRef);
      }
      if (systemRef !== undefined) {
        query.where('summaries.system_ref', systemRef);
      }
      if (last !== undefined) {
        query.where('summaries.entity_ref', '>', last);
      }
      const rows: Row[] = await query;
      found.push(...rows.map(toEntity));
      last = rows.length === PAGE ? rows[PAGE - 1].entity_ref : undefined;
    } while (last !== undefined);
    return found;
  }
}

interface Row {
  entity_ref: string;
  summary: string;
  location: string;
  authorship: string | null;
  read_at: string | null;
  problem: string | null;
}

function toEntity(row: Row): AuthoredEntity {
  const summary: EntitySummary = JSON.parse(row.summary);
  const source: ResolvedSource = JSON.parse(row.location);
  const authorship: AuthoredFiles[] = JSON.parse(row.authorship ?? '[]');
  const isRead =
    source.type === 'repository' &&
    row.read_at !== null &&
    row.problem === null &&
    authorship.length > 0;
  return {
    summary,
    read: isRead
      ? {
          authorship,
          readAt: row.read_at ?? '',
          sourceKey: JSON.stringify([source.repository, source.paths]),
        }
      : undefined,
  };
}
