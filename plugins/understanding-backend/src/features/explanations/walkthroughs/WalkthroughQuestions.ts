import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  AssumptionContent,
  ShadowEntity,
  WalkthroughQuestion,
  isDependency,
  walkthroughQuestions,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { EdgeRow, EntityRow } from '../../../database/tables';
import { Access, isVisible } from '../../../permissions/Access';
import { EdgeService } from '../../entities/EdgeService';
import { AssumptionStore } from '../../failure-modes/AssumptionStore';

/** Names that are looked up to fill in a question. */
const MAX_NAMES = 200;

/** What is asked of an entity, from what a caller may see of the graph around it. */
export class WalkthroughQuestions {
  readonly #options: {
    knex: Knex;
    access: Access;
    edges: EdgeService;
    assumptions: AssumptionStore;
  };

  static create(options: {
    knex: Knex;
    access: Access;
    edges: EdgeService;
    assumptions: AssumptionStore;
  }): WalkthroughQuestions {
    return new WalkthroughQuestions(options);
  }

  private constructor(options: {
    knex: Knex;
    access: Access;
    edges: EdgeService;
    assumptions: AssumptionStore;
  }) {
    this.#options = options;
  }

  /** @throws NotFoundError when the entity is not known, or the caller may not see it */
  async of(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<WalkthroughQuestion[]> {
    const { access, assumptions, edges, knex } = this.#options;
    const { entities } = await access.ofLists(credentials);
    const title = isVisible(entities, entityRef)
      ? (await this.#titles([entityRef])).get(entityRef)
      : undefined;
    if (title === undefined) {
      throw new NotFoundError(
        `The catalog has no ${entityRef}, or you may not see it.`,
      );
    }
    const { items } = await edges.list(entityRef, credentials);
    const callers = await knex<EdgeRow>('edges')
      .where({ target_ref: entityRef })
      .whereNull('removed_at')
      .whereNot({ type: 'partOf' })
      .orderBy('source_ref')
      .distinct('source_ref');
    const seen = callers
      .map(one => one.source_ref)
      .filter(ref => isVisible(entities, ref));
    const titles = await this.#titles(seen.slice(0, MAX_NAMES));
    const limits = await assumptions.list({ entityRef });
    return walkthroughQuestions({
      title,
      edges: items.filter(isDependency).map(edge => ({
        targetRef: edge.targetRef,
        targetTitle: edge.targetTitle ?? edge.targetRef,
        criticality: edge.criticality,
      })),
      callers: seen.map(ref => titles.get(ref) ?? ref),
      limits: limits.filter(isLimit).map(one => one.statement),
    });
  }

  async #titles(refs: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.#options
      .knex<EntityRow>('entities')
      .whereIn('entity_ref', refs)
      .whereNull('removed_at')
      .select('entity_ref', 'shadow');
    return new Map(
      rows.map(row => {
        const { title }: ShadowEntity = JSON.parse(row.shadow);
        return [row.entity_ref, title];
      }),
    );
  }
}

function isLimit(assumption: Pick<AssumptionContent, 'limit'>): boolean {
  return assumption.limit !== undefined;
}
