import {
  ExplanationText,
  ParsedExplanation,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import {
  ExplanationAuthorRow,
  ExplanationRow,
  ExplanationTextRow,
} from '../../database/tables';
import { entitiesOf } from './ExplanationStore';

/** A person by reference, or one of their accounts or addresses. */
export type NameOnHost = Pick<ExplanationAuthorRow, 'kind' | 'value'> & {
  /** Of a login. */
  readonly host?: string;
};

/** A list's filter. */
export interface ExplanationFilter {
  readonly entityRef?: string;
  readonly state?: string;
  readonly url?: string;
  /** Said of it, or of an entity that it explains. */
  readonly plane?: string;
  readonly aiAssistance?: string;
  /** A dependency, of that entity where there is one. */
  readonly targetRef?: string;
  /** Of an author; any of them. */
  readonly authors?: readonly NameOnHost[];
  /** Whether their author has something to do: it is open, or it is owed. */
  readonly unfinished?: boolean;
  /** That wait for a reviewer; any of these names. */
  readonly reviewers?: readonly NameOnHost[];
}

/** Explanations as lists show them, from the newest to the oldest. */
export class ExplanationList {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): ExplanationList {
    return new ExplanationList(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(
    filter: ExplanationFilter,
    page: { limit?: number; after?: { createdAt: string; id: string } },
  ): Promise<Array<{ row: ExplanationRow; entityRefs: string[] }>> {
    const query = this.#filtered(filter)
      .select('explanations.*')
      .orderBy([
        { column: 'explanations.created_at', order: 'desc' },
        { column: 'explanations.id', order: 'asc' },
      ]);
    const { after, limit } = page;
    if (after) {
      query.andWhere(later =>
        later
          .where('explanations.created_at', '<', after.createdAt)
          .orWhere(same =>
            same
              .where('explanations.created_at', after.createdAt)
              .andWhere('explanations.id', '>', after.id),
          ),
      );
    }
    if (limit !== undefined) {
      query.limit(limit);
    }
    const rows: ExplanationRow[] = await query;
    const refs = await entitiesOf(
      this.#knex,
      rows.map(row => row.id),
    );
    return rows.map(row => ({ row, entityRefs: refs.get(row.id) ?? [] }));
  }

  /** The texts that stand now, by the explanation's id. */
  async textsOf(
    rows: readonly ExplanationRow[],
  ): Promise<Map<string, ExplanationText>> {
    const texts = new Map<string, ExplanationText>();
    const stored = await this.#knex<ExplanationTextRow>('explanation_texts')
      .whereIn(
        'explanation_id',
        rows.map(row => row.id),
      )
      .select('explanation_id', 'digest', 'parsed');
    const digests = new Map(rows.map(row => [row.id, row.digest]));
    for (const { explanation_id: id, digest, parsed } of stored) {
      const { text }: ParsedExplanation = JSON.parse(parsed);
      if (text && digest === digests.get(id)) {
        texts.set(id, text);
      }
    }
    return texts;
  }

  async count(filter: ExplanationFilter): Promise<number> {
    const [row] = await this.#filtered(filter).count({ count: '*' });
    return Number(row.count);
  }

  #filtered(filter: ExplanationFilter) {
    const { entityRef, state, url, authors, unfinished, reviewers } = filter;
    const { aiAssistance, plane, targetRef } = filter;
    const query = this.#knex('explanations');
    if (state) {
      query.andWhere('explanations.state', state);
    }
    if (url) {
      query.andWhere('explanations.url', url);
    }
    if (entityRef) {
      query.whereExists(
        this.#related('explanation_entities').where({ entity_ref: entityRef }),
      );
    }
    if (aiAssistance) {
      query.andWhere('explanations.ai_assistance', aiAssistance);
    }
    if (plane) {
      query.andWhere(either =>
        either
          .where('explanations.planes', 'like', `%"${plane}"%`)
          .orWhereExists(this.#entityOf(plane)),
      );
    }
    if (targetRef) {
      query.whereExists(
        this.#related('explanation_edges').where({
          target_ref: targetRef,
          ...(entityRef ? { source_ref: entityRef } : {}),
        }),
      );
    }
    if (authors) {
      query.whereExists(this.#authoredBy(authors));
    }
    if (unfinished) {
      query.andWhere(either =>
        either
          .where('explanations.debt', 'open')
          .orWhereExists(this.#openChange()),
      );
    }
    if (reviewers) {
      query
        .andWhere('explanations.state', 'submitted')
        .whereExists(this.#openChange())
        .whereNotExists(this.#authoredBy(reviewers))
        .andWhere(any => {
          any.whereExists(this.#assessedBy(reviewers));
          any.orWhereExists(this.#requestedFrom(reviewers));
          any.orWhereExists(this.#reviewedBy(reviewers));
        });
    }
    return query;
  }

  #related(table: string) {
    return this.#knex(table)
      .whereRaw(`${table}.explanation_id = explanations.id`)
      .select(this.#knex.raw('1'));
  }

  #entityOf(plane: string) {
    return this.#related('explanation_entities')
      .join(
        'summaries',
        'summaries.entity_ref',
        'explanation_entities.entity_ref',
      )
      .andWhere('summaries.plane', plane);
  }

  #openChange() {
    return this.#knex('changes')
      .whereRaw('changes.id = explanations.change_id')
      .where({ state: 'open' })
      .select(this.#knex.raw('1'));
  }

  #authoredBy(names: readonly NameOnHost[]) {
    return this.#related('explanation_authors').andWhere(any => {
      any.whereRaw('1 = 0');
      names.forEach(({ kind, value, host }) =>
        any.orWhere(one => {
          one.where({ kind, value });
          if (host) {
            one.andWhere('explanations.host', host);
          }
        }),
      );
    });
  }

  #assessedBy(names: readonly NameOnHost[]) {
    return this.#related('explanation_assessments').andWhere(any => {
      ofLogins(any, names, 'login');
      names
        .filter(one => one.kind === 'person')
        .forEach(one => any.orWhere({ person_ref: one.value }));
    });
  }

  #requestedFrom(names: readonly NameOnHost[]) {
    return this.#related('explanation_reviewers').andWhere(any =>
      ofLogins(any, names, 'login'),
    );
  }

  #reviewedBy(names: readonly NameOnHost[]) {
    return this.#knex('reviews')
      .whereRaw('reviews.change_id = explanations.change_id')
      .andWhere(any => ofLogins(any, names, 'reviewer'))
      .select(this.#knex.raw('1'));
  }
}

/** A login is somebody else's on another host. */
function ofLogins(
  any: Knex.QueryBuilder,
  names: readonly NameOnHost[],
  column: string,
): void {
  any.whereRaw('1 = 0');
  names
    .filter(one => one.kind === 'login')
    .forEach(({ value, host = '' }) =>
      any.orWhere(one =>
        one.where(column, value).andWhere('explanations.host', host),
      ),
    );
}
