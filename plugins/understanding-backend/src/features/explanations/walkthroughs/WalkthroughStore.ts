import { Knex } from 'knex';
import { isPostgres } from '../../../database/instants';
import {
  WalkthroughAssessmentRow,
  WalkthroughVersionRow,
} from '../../../database/tables';

/** All rows of the walkthrough of one entity, in order of time. */
export interface StoredWalkthrough {
  readonly versions: readonly WalkthroughVersionRow[];
  readonly assessments: readonly WalkthroughAssessmentRow[];
}

/** Walkthroughs with every version that there was, and what was found of them. */
export class WalkthroughStore {
  static create(): WalkthroughStore {
    return new WalkthroughStore();
  }

  private constructor() {}

  /**
   * Lets only one transaction at a time write the walkthrough of an entity, also
   * before there is a row to lock. On SQLite there is one writer.
   */
  async lock(tx: Knex, entityRef: string): Promise<void> {
    if (isPostgres(tx)) {
      await tx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [
        `walkthrough of ${entityRef}`,
      ]);
    }
  }

  async get(tx: Knex, entityRef: string): Promise<StoredWalkthrough> {
    return {
      versions: await tx<WalkthroughVersionRow>('walkthrough_versions')
        .where({ entity_ref: entityRef })
        .orderBy('version'),
      assessments: await tx<WalkthroughAssessmentRow>('walkthrough_assessments')
        .where({ entity_ref: entityRef })
        .orderBy(['at', 'id']),
    };
  }

  async addVersion(tx: Knex, row: WalkthroughVersionRow): Promise<void> {
    await tx<WalkthroughVersionRow>('walkthrough_versions').insert(row);
  }

  async addAssessment(tx: Knex, row: WalkthroughAssessmentRow): Promise<void> {
    await tx<WalkthroughAssessmentRow>('walkthrough_assessments').insert(row);
  }
}
