import {
  EntityFacets,
  EntityOrderField,
  EntitySummary,
  EntityUnderstanding,
  FlagMark,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { containing } from '../../database/like';
import { oneOf, prepared } from '../../database/prepared';
import { batches } from '../../database/shadow';
import { SummaryRow } from '../../database/tables';
import type { LocatedEntity } from './EntityStore';

/** Who understands an entity, and by what rule. */
export type Understanding = Pick<
  EntityUnderstanding,
  'understandingRule' | 'morePeople'
> & {
  readonly people: NonNullable<EntityUnderstanding['people']>;
};

/** What is prepared for those who ask who understands an entity. */
export interface KnownEntity {
  readonly summary: EntitySummary;
  readonly understanding: Understanding;
}

/** The same, with people as JSON, which is not parsed where it is only sent. */
export interface PreparedEntity {
  readonly summary: EntitySummary;
  readonly understandingRule: Understanding['understandingRule'];
  readonly people: string;
  readonly morePeople: Understanding['morePeople'];
}

/** What {@link toPreparedEntity} needs of a row. */
export const PREPARED_COLUMNS =
  'summary, people, more_people, understanding_rule';

export type PreparedRow = Pick<
  SummaryRow,
  'summary' | 'people' | 'more_people' | 'understanding_rule'
>;

/** What is prepared for an entity's page beside that. */
export type EntityDetail = Pick<
  EntityUnderstanding,
  'source' | 'absenceFactor' | 'documents' | 'edges' | 'flags'
>;

export interface SummaryFilter {
  readonly kind?: string;
  readonly ownerRef?: string;
  readonly systemRef?: string;
  readonly plane?: string;
  readonly flag?: string;
  /** Lower-case words that all must occur. */
  readonly words: readonly string[];
}

export interface SummaryOrder {
  readonly field: EntityOrderField;
  readonly direction: 'asc' | 'desc';
}

/** The place in an ordered list after which to go on. */
export interface SummaryPosition {
  readonly value: string | number;
  readonly entityRef: string;
}

const ORDER_COLUMN: Record<EntityOrderField, keyof SummaryRow & string> = {
  title: 'order_title',
  owner: 'order_owner',
  system: 'order_system',
  understoodBy: 'order_understood_by',
  documentState: 'order_document_state',
  flags: 'order_flags',
};

const DOCUMENT_STATE_ORDER: Record<EntitySummary['documentState'], number> = {
  contradicted: 0,
  'changed-since': 1,
  missing: 2,
  overdue: 3,
  unknown: 4,
  fresh: 5,
};

const SEVERITY_WEIGHT: Record<FlagMark['severity'], number> = {
  high: 100,
  medium: 10,
  low: 1,
};

/** The prepared rows that every page reads, one for each entity. */
export class SummaryStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): SummaryStore {
    return new SummaryStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async write(
    tx: Knex,
    { entity, source }: LocatedEntity,
    known: KnownEntity & {
      readonly experts: readonly string[];
      readonly detail: EntityDetail;
    },
  ): Promise<void> {
    const { summary, understanding, experts, detail } = known;
    const repository = source.type === 'repository' ? source : undefined;
    await tx<SummaryRow>('summaries')
      .insert({
        entity_ref: entity.entityRef,
        kind: entity.kind,
        owner_ref: entity.ownerRef ?? null,
        system_ref: entity.systemRef ?? null,
        plane: entity.plane ?? null,
        search_text: [
          entity.entityRef,
          entity.title,
          entity.description,
          entity.type,
        ]
          .join(' ')
          .toLowerCase(),
        order_title: orderText(entity.title),
        order_owner: orderText(summary.ownerTitle ?? entity.ownerRef),
        order_system: orderText(summary.systemTitle ?? entity.systemRef),
        order_understood_by: summary.understoodBy ?? -1,
        order_document_state: DOCUMENT_STATE_ORDER[summary.documentState],
        order_flags: summary.flags.reduce(
          (weight, flag) => weight + SEVERITY_WEIGHT[flag.severity],
          0,
        ),
        summary: JSON.stringify(summary),
        people: JSON.stringify(understanding.people),
        more_people: understanding.morePeople ?? 0,
        experts: JSON.stringify(experts),
        understanding_rule: JSON.stringify(understanding.understandingRule),
        source_name: repository?.name ?? null,
        source_depth: Math.max(
          0,
          ...(repository?.paths ?? []).map(path => path.length),
        ),
        detail: JSON.stringify(detail),
      })
      .onConflict('entity_ref')
      .merge();
  }

  async remove(tx: Knex, entityRef: string): Promise<void> {
    await tx<SummaryRow>('summaries').where({ entity_ref: entityRef }).delete();
  }

  async get(
    entityRef: string,
  ): Promise<(KnownEntity & { detail: EntityDetail }) | undefined> {
    const row = await this.#knex<SummaryRow>('summaries')
      .where({ entity_ref: entityRef })
      .first(
        'summary',
        'people',
        'more_people',
        'understanding_rule',
        'detail',
      );
    return (
      row && {
        ...toKnownEntity(toPreparedEntity(row)),
        detail: JSON.parse(row.detail),
      }
    );
  }

  async getMany(
    entityRefs: readonly string[],
  ): Promise<Map<string, EntitySummary>> {
    const found = new Map<string, EntitySummary>();
    for (const batch of batches(entityRefs)) {
      const rows = await this.#knex<SummaryRow>('summaries')
        .whereIn('entity_ref', batch)
        .select('entity_ref', 'summary');
      rows.forEach(row => found.set(row.entity_ref, JSON.parse(row.summary)));
    }
    return found;
  }

  /** References of all who understand each of some entities and can be asked. */
  async expertsOf(
    entityRefs: readonly string[],
  ): Promise<Map<string, string[]>> {
    const found = new Map<string, string[]>();
    for (const batch of batches(entityRefs)) {
      const rows = await this.#knex<SummaryRow>('summaries')
        .whereIn('entity_ref', batch)
        .select('entity_ref', 'experts');
      rows.forEach(row => found.set(row.entity_ref, JSON.parse(row.experts)));
    }
    return found;
  }

  /** Who understands entities, of those that are known: the first of them. */
  async getKnown(entityRefs: readonly string[]): Promise<KnownEntity[]> {
    const found = await this.getPrepared(entityRefs);
    return found.map(toKnownEntity);
  }

  /** The same as it is prepared. */
  async getPrepared(entityRefs: readonly string[]): Promise<PreparedEntity[]> {
    const { sql, binding } = oneOf(this.#knex, entityRefs);
    const rows = await prepared<PreparedRow>(this.#knex, {
      name: 'prepared by reference',
      sql: `SELECT ${PREPARED_COLUMNS} FROM summaries WHERE entity_ref ${sql} ORDER BY entity_ref`,
      bindings: [binding],
    });
    return rows.map(toPreparedEntity);
  }

  /** Summaries in order, each with its position for a cursor. */
  async list(
    filter: SummaryFilter,
    order: SummaryOrder,
    page: { limit?: number; after?: SummaryPosition },
  ): Promise<Array<{ summary: EntitySummary; position: SummaryPosition }>> {
    const column = ORDER_COLUMN[order.field];
    const query = this.#filtered(filter)
      .select('entity_ref', 'summary', { value: column })
      .orderBy([
        { column, order: order.direction },
        { column: 'entity_ref', order: 'asc' },
      ]);
    const { after, limit } = page;
    if (after) {
      query.andWhere(later =>
        later
          .where(column, order.direction === 'asc' ? '>' : '<', after.value)
          .orWhere(same =>
            same
              .where(column, after.value)
              .andWhere('entity_ref', '>', after.entityRef),
          ),
      );
    }
    if (limit !== undefined) {
      query.limit(limit);
    }
    const rows: Array<{
      entity_ref: string;
      summary: string;
      value: string | number;
    }> = await query;
    return rows.map(row => ({
      summary: JSON.parse(row.summary),
      position: { value: row.value, entityRef: row.entity_ref },
    }));
  }

  async count(filter: SummaryFilter): Promise<number> {
    const [row] = await this.#filtered(filter).count({ count: '*' });
    return Number(row.count);
  }

  /** The owners and systems that occur among entities, by title. */
  async facets(
    isVisible: (entityRef: string) => boolean,
  ): Promise<EntityFacets> {
    const rows = await this.#knex<SummaryRow>('summaries').select(
      'entity_ref',
      'summary',
    );
    const owners = new Map<string, string>();
    const systems = new Map<string, string>();
    for (const row of rows.filter(one => isVisible(one.entity_ref))) {
      const summary: EntitySummary = JSON.parse(row.summary);
      if (summary.ownerRef) {
        owners.set(summary.ownerRef, summary.ownerTitle ?? summary.ownerRef);
      }
      if (summary.systemRef) {
        systems.set(
          summary.systemRef,
          summary.systemTitle ?? summary.systemRef,
        );
      }
    }
    return { owners: byTitle(owners), systems: byTitle(systems) };
  }

  #filtered(filter: SummaryFilter) {
    const query = this.#knex('summaries');
    const equal = {
      kind: filter.kind,
      owner_ref: filter.ownerRef,
      system_ref: filter.systemRef,
      plane: filter.plane,
    };
    for (const [column, value] of Object.entries(equal)) {
      if (value !== undefined) {
        query.andWhere(column, value);
      }
    }
    for (const word of filter.words) {
      query.andWhereRaw(`search_text LIKE ? ESCAPE '\\'`, [containing(word)]);
    }
    if (filter.flag) {
      query.whereExists(
        this.#knex('flags')
          .whereRaw('flags.entity_ref = summaries.entity_ref')
          .where({ state: 'open', rule: filter.flag })
          .select(this.#knex.raw('1')),
      );
    }
    return query;
  }
}

export function toPreparedEntity(row: PreparedRow): PreparedEntity {
  return {
    summary: JSON.parse(row.summary),
    understandingRule: JSON.parse(row.understanding_rule),
    people: row.people,
    morePeople: row.more_people || undefined,
  };
}

function toKnownEntity({
  summary,
  people,
  ...rule
}: PreparedEntity): KnownEntity {
  return { summary, understanding: { ...rule, people: JSON.parse(people) } };
}

/** Sorts without regard to case, and what has no value last. */
function orderText(text: string | undefined): string {
  return (text ?? '\u{10ffff}').toLowerCase().slice(0, 255);
}

function byTitle(titles: ReadonlyMap<string, string>) {
  return [...titles]
    .map(([ref, title]) => ({ ref, title }))
    .sort((a, b) => a.title.localeCompare(b.title, 'en'));
}
