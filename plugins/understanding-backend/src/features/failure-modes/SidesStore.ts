import {
  Expectation,
  Promised,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import type { Change } from './FailureModeStore';

interface ExpectationRow {
  source_ref: string;
  target_ref: string;
  content: string;
  said_by: string;
  said_at: string;
}

interface PromiseRow {
  entity_ref: string;
  content: string;
  said_by: string;
  said_at: string;
}

/** What one side said, by whom and when. */
export type Said<T> = T & Change;

/** An expectation with the dependency that it is of. */
export type SaidExpectation = {
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly expectation: Said<Expectation>;
};

/** What consumers count on, and what providers promise. */
export class SidesStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): SidesStore {
    return new SidesStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async setExpectation(
    tx: Knex,
    sourceRef: string,
    targetRef: string,
    expectation: Expectation,
    change: Change,
  ): Promise<void> {
    await tx<ExpectationRow>('edge_expectations')
      .insert({
        source_ref: sourceRef,
        target_ref: targetRef,
        content: JSON.stringify(expectation),
        said_by: change.by,
        said_at: change.at,
      })
      .onConflict(['source_ref', 'target_ref'])
      .merge();
  }

  async setPromise(
    tx: Knex,
    entityRef: string,
    promise: Promised,
    change: Change,
  ): Promise<void> {
    await tx<PromiseRow>('promises')
      .insert({
        entity_ref: entityRef,
        content: JSON.stringify(promise),
        said_by: change.by,
        said_at: change.at,
      })
      .onConflict('entity_ref')
      .merge();
  }

  /** Expectations of these consumers, or on these providers. */
  async expectations(
    column: 'source_ref' | 'target_ref',
    entityRefs: readonly string[],
  ): Promise<SaidExpectation[]> {
    const found: SaidExpectation[] = [];
    for (const batch of batches([...new Set(entityRefs)])) {
      const rows = await this.#knex<ExpectationRow>('edge_expectations')
        .whereIn(column, batch)
        .orderBy(['source_ref', 'target_ref']);
      found.push(
        ...rows.map(row => ({
          sourceRef: row.source_ref,
          targetRef: row.target_ref,
          expectation: {
            ...(JSON.parse(row.content) as Expectation),
            by: row.said_by,
            at: row.said_at,
          },
        })),
      );
    }
    return found;
  }

  async promises(
    entityRefs: readonly string[],
  ): Promise<Map<string, Said<Promised>>> {
    const found = new Map<string, Said<Promised>>();
    for (const batch of batches([...new Set(entityRefs)])) {
      const rows = await this.#knex<PromiseRow>('promises').whereIn(
        'entity_ref',
        batch,
      );
      for (const row of rows) {
        found.set(row.entity_ref, {
          ...(JSON.parse(row.content) as Promised),
          by: row.said_by,
          at: row.said_at,
        });
      }
    }
    return found;
  }
}
