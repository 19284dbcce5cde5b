import { Knex } from 'knex';
import { batches } from '../../database/shadow';
import { ExplanationExemptionRow } from '../../database/tables';

/** Leave not to explain the changes of entities. */
export class ExemptionStore {
  static create(): ExemptionStore {
    return new ExemptionStore();
  }

  private constructor() {}

  async insert(tx: Knex, row: ExplanationExemptionRow): Promise<void> {
    await tx<ExplanationExemptionRow>('explanation_exemptions').insert(row);
  }

  async get(
    tx: Knex,
    id: string,
  ): Promise<ExplanationExemptionRow | undefined> {
    return tx<ExplanationExemptionRow>('explanation_exemptions')
      .where({ id })
      .first();
  }

  async end(tx: Knex, id: string, by: string, now: string): Promise<void> {
    await tx<ExplanationExemptionRow>('explanation_exemptions')
      .where({ id })
      .whereNull('ended_at')
      .update({ ended_at: now, ended_by: by });
  }

  /** The latest first. */
  async list(tx: Knex, entityRef: string): Promise<ExplanationExemptionRow[]> {
    return tx<ExplanationExemptionRow>('explanation_exemptions')
      .where({ entity_ref: entityRef })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'asc' },
      ]);
  }

  /** Those that held at an instant, by entity. */
  async holdingAt(
    tx: Knex,
    entityRefs: readonly string[],
    instant: string,
  ): Promise<Map<string, ExplanationExemptionRow[]>> {
    const found = new Map<string, ExplanationExemptionRow[]>();
    for (const batch of batches(entityRefs)) {
      const rows = await tx<ExplanationExemptionRow>('explanation_exemptions')
        .whereIn('entity_ref', batch)
        .andWhere('until', '>', instant)
        .orderBy(['created_at', 'id']);
      for (const row of rows.filter(one => holdsAt(one, instant))) {
        const before = found.get(row.entity_ref) ?? [];
        found.set(row.entity_ref, [...before, row]);
      }
    }
    return found;
  }
}

/** Whether an exemption held, from when it was given until it ended. */
export function holdsAt(
  { created_at: from, until, ended_at: ended }: ExplanationExemptionRow,
  instant: string,
): boolean {
  return (
    from <= instant && instant < until && (ended === null || instant < ended)
  );
}
