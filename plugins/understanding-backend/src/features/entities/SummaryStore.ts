import {
  EntityFacets,
  EntityOrderField,
  EntitySummary,
  EntityUnderstanding,
  FlagMark,
  ShadowEntity,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { containing } from '../../database/like';
import { batches } from '../../database/shadow';
import { EntityRow, SummaryRow } from '../../database/tables';

/** Who understands an entity, and by what rule. */
export type Understanding = Pick<EntityUnderstanding, 'understandingRule'> & {
  people: NonNullable<EntityUnderstanding['people']>;
};

/** What is prepared for those who ask who understands an entity. */
export interface KnownEntity {
  readonly summary: EntitySummary;
  readonly understanding: Understanding;
}

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
    entity: ShadowEntity,
    prepared: KnownEntity & { readonly detail: EntityDetail },
  ): Promise<void> {
    const { summary, understanding, detail } = prepared;
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
        understanding: JSON.stringify(understanding),
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
      .first('summary', 'understanding', 'detail');
    return row && { ...toKnownEntity(row), detail: JSON.parse(row.detail) };
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

  /** Who understands entities, of those that are known. */
  async getKnown(entityRefs: readonly string[]): Promise<KnownEntity[]> {
    const found: KnownEntity[] = [];
    for (const batch of batches(entityRefs)) {
      const rows = await this.#known().whereIn('entity_ref', batch);
      found.push(...rows.map(toKnownEntity));
    }
    return found;
  }

  /** The same of entities that a query finds, so that one statement answers. */
  async findKnown(entityRefs: Knex.QueryBuilder): Promise<KnownEntity[]> {
    const rows = await this.#known().whereIn('entity_ref', entityRefs);
    return rows.map(toKnownEntity);
  }

  /**
   * Whether anything of the catalog has not been read or assessed yet: at first all of
   * it, then entities that wait for their first assessment, or for their history.
   */
  async isStillReading(): Promise<boolean> {
    const present = () =>
      this.#knex<EntityRow>('entities').whereNull('removed_at');
    if (!(await present().first('entity_ref'))) {
      return true;
    }
    const waiting = await present()
      .where(any =>
        any
          .whereNotExists(
            this.#knex('summaries')
              .whereRaw('summaries.entity_ref = entities.entity_ref')
              .select(this.#knex.raw('1')),
          )
          .orWhere(unread =>
            unread
              .whereNotNull('repository')
              .whereNotExists(
                this.#knex('repositories')
                  .whereRaw('repositories.repository = entities.repository')
                  .select(this.#knex.raw('1')),
              ),
          ),
      )
      .first('entity_ref');
    return waiting !== undefined;
  }

  #known() {
    return this.#knex<SummaryRow>('summaries')
      .orderBy('entity_ref')
      .select('summary', 'understanding');
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

function toKnownEntity(
  row: Pick<SummaryRow, 'summary' | 'understanding'>,
): KnownEntity {
  return {
    summary: JSON.parse(row.summary),
    understanding: JSON.parse(row.understanding),
  };
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
