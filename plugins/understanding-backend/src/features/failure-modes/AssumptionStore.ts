import {
  Assumption,
  AssumptionContent,
  AssumptionHistory,
  AssumptionVerification,
  VerifyAssumptionRequest,
  assumptionInWords,
  differencesBetween,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { batches } from '../../database/shadow';
import { writeVersion } from '../../database/versions';
import type { Change } from './FailureModeStore';

interface AssumptionRow {
  id: string;
  entity_ref: string;
  version: number;
  content: string;
  created_at: string;
  updated_at: string;
  updated_by: string;
}

interface VersionRow {
  assumption_id: string;
  version: number;
  content: string;
  changed_at: string;
  changed_by: string;
}

interface VerificationRow {
  id: number;
  assumption_id: string;
  result: string;
  note: string | null;
  verified_at: string;
  verified_by: string;
}

/** An assumption before its state is judged. */
export type StoredAssumption = Omit<Assumption, 'state'> & {
  readonly createdAt: string;
};

/** The place in the list, newest first, after which to go on. */
export interface AssumptionPosition {
  readonly createdAt: string;
  readonly id: string;
}

/** What entities rest on, each with the last time that somebody looked. */
export class AssumptionStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): AssumptionStore {
    return new AssumptionStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(
    tx: Knex,
    content: AssumptionContent,
    change: Change,
  ): Promise<string> {
    const id = randomUUID();
    await tx<AssumptionRow>('assumptions').insert({
      id,
      entity_ref: content.entityRef,
      version: 1,
      content: JSON.stringify(content),
      created_at: change.at,
      updated_at: change.at,
      updated_by: change.by,
    });
    await addVersion(tx, id, 1, content, change);
    return id;
  }

  /** @returns whether that version was still the present one */
  async update(
    tx: Knex,
    id: string,
    version: number,
    content: AssumptionContent,
    change: Change,
  ): Promise<boolean> {
    const done = await writeVersion(tx, 'assumptions', { id }, version, {
      content: JSON.stringify(content),
      updated_at: change.at,
      updated_by: change.by,
    });
    if (done) {
      await addVersion(tx, id, version + 1, content, change);
    }
    return done;
  }

  async verify(
    tx: Knex,
    id: string,
    request: VerifyAssumptionRequest,
    change: Change,
  ): Promise<void> {
    await tx<Omit<VerificationRow, 'id'>>('assumption_verifications').insert({
      assumption_id: id,
      result: request.result,
      note: request.note || null,
      verified_at: change.at,
      verified_by: change.by,
    });
  }

  async get(id: string): Promise<StoredAssumption | undefined> {
    const row = await this.#knex<AssumptionRow>('assumptions')
      .where({ id })
      .first();
    return row && (await this.#withVerifications([row]))[0];
  }

  /** Every version that was kept, and all that was found, newest first. */
  async history(id: string): Promise<AssumptionHistory> {
    const rows = await this.#knex<VersionRow>('assumption_versions')
      .where({ assumption_id: id })
      .orderBy('version');
    const words = rows.map(row => assumptionInWords(JSON.parse(row.content)));
    const verifications = await this.#knex<VerificationRow>(
      'assumption_verifications',
    )
      .where({ assumption_id: id })
      .orderBy('id', 'desc');
    return {
      items: rows
        .map((row, index) => ({
          version: row.version,
          at: row.changed_at,
          by: row.changed_by,
          differences: differencesBetween(words[index - 1], words[index]),
        }))
        .reverse(),
      totalItems: rows.length,
      verifications: verifications.map(toVerification),
    };
  }

  async list(
    filter: { entityRef?: string },
    page: { limit?: number; after?: AssumptionPosition } = {},
  ): Promise<StoredAssumption[]> {
    const query = this.#filtered(filter).orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'asc' },
    ]);
    const { after, limit } = page;
    if (after) {
      query.andWhere(later =>
        later
          .where('created_at', '<', after.createdAt)
          .orWhere(same =>
            same
              .where('created_at', after.createdAt)
              .andWhere('id', '>', after.id),
          ),
      );
    }
    if (limit !== undefined) {
      query.limit(limit);
    }
    return this.#withVerifications(await query);
  }

  async count(filter: { entityRef?: string }): Promise<number> {
    const [row] = await this.#filtered(filter).count({ count: '*' });
    return Number(row.count);
  }

  #filtered(filter: { entityRef?: string }) {
    const query = this.#knex('assumptions');
    return filter.entityRef
      ? query.where('entity_ref', filter.entityRef)
      : query;
  }

  async #withVerifications(
    rows: readonly AssumptionRow[],
  ): Promise<StoredAssumption[]> {
    const latest = new Map<string, VerificationRow>();
    for (const batch of batches(rows.map(row => row.id))) {
      const found = await this.#knex<VerificationRow>(
        'assumption_verifications',
      )
        .whereIn('assumption_id', batch)
        .orderBy('id');
      found.forEach(one => latest.set(one.assumption_id, one));
    }
    return rows.map(row => {
      const verification = latest.get(row.id);
      return {
        ...(JSON.parse(row.content) as AssumptionContent),
        id: row.id,
        version: row.version,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
        updatedBy: row.updated_by,
        verification: verification && toVerification(verification),
      };
    });
  }
}

async function addVersion(
  tx: Knex,
  id: string,
  version: number,
  content: AssumptionContent,
  change: Change,
): Promise<void> {
  await tx<VersionRow>('assumption_versions').insert({
    assumption_id: id,
    version,
    content: JSON.stringify(content),
    changed_at: change.at,
    changed_by: change.by,
  });
}

function toVerification(row: VerificationRow): AssumptionVerification {
  return {
    result: row.result as AssumptionVerification['result'],
    note: row.note ?? undefined,
    at: row.verified_at,
    by: row.verified_by,
  };
}

/** Whether whoever looked last found that it does not hold. */
export function isRefuted(assumption: StoredAssumption): boolean {
  return assumption.verification?.result === 'refuted';
}
