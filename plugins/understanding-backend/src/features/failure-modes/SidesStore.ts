import {
  Expectation,
  Promised,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import { writeVersion } from '../../database/versions';
import type { Change } from './FailureModeStore';

interface SaidRow {
  content: string;
  said_by: string;
  said_at: string;
  version: number;
}

interface ExpectationRow extends SaidRow {
  source_ref: string;
  target_ref: string;
}

interface PromiseRow extends SaidRow {
  entity_ref: string;
}

/** What one side said, in which version, by whom and when. */
export type Said<T> = T & Change & { readonly version: number };

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

  /** @returns whether the version that was read was still the present one */
  async setExpectation(
    tx: Knex,
    edge: { readonly sourceRef: string; readonly targetRef: string },
    read: number,
    expectation: Expectation,
    change: Change,
  ): Promise<boolean> {
    return writeVersion(
      tx,
      'edge_expectations',
      { source_ref: edge.sourceRef, target_ref: edge.targetRef },
      read,
      columnsOf(expectation, change),
    );
  }

  /** @returns whether the version that was read was still the present one */
  async setPromise(
    tx: Knex,
    entityRef: string,
    read: number,
    promise: Promised,
    change: Change,
  ): Promise<boolean> {
    return writeVersion(
      tx,
      'promises',
      { entity_ref: entityRef },
      read,
      columnsOf(promise, change),
    );
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
          expectation: toSaid<Expectation>(row),
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
        found.set(row.entity_ref, toSaid<Promised>(row));
      }
    }
    return found;
  }
}

function columnsOf(said: Expectation | Promised, change: Change) {
  return {
    content: JSON.stringify(said),
    said_by: change.by,
    said_at: change.at,
  };
}

function toSaid<T>(row: SaidRow): Said<T> {
  return {
    ...(JSON.parse(row.content) as T),
    version: row.version,
    by: row.said_by,
    at: row.said_at,
  };
}
