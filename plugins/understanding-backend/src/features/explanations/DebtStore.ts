import { Knex } from 'knex';
import {
  ExplanationDebtRow,
  ExplanationRow,
  HandEvidenceRow,
} from '../../database/tables';
import { entitiesOf } from './ExplanationStore';

/** What an explanation owes to one entity now, as the rule says. */
export interface DebtOfEntity {
  readonly entityRef: string;
  /** When the change was merged. */
  readonly openedAt: string;
  /** When an explanation was accepted after that. */
  readonly paidAt?: string;
}

/** Which debts a list holds. */
export interface DebtFilter {
  readonly state: 'open' | 'paid';
  readonly entityRef?: string;
  readonly ownerRef?: string;
}

/** A debt with what it is of, and when and where what paid it was taught. */
export interface StoredDebt {
  readonly debt: ExplanationDebtRow;
  readonly explanation: ExplanationRow;
  readonly entityRefs: readonly string[];
  readonly session?: { readonly at: string; readonly url?: string };
}

/** Where a list goes on. */
export interface DebtPosition {
  readonly openedAt: string;
  readonly explanationId: string;
  readonly entityRef: string;
}

/** Explanations that are owed to entities, or were. */
export class DebtStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): DebtStore {
    return new DebtStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Brings the debts of one explanation up to what the rule says. One that a session
   * has paid stays paid.
   *
   * @returns what is owed in all
   */
  async write(
    tx: Knex,
    explanationId: string,
    owed: readonly DebtOfEntity[],
  ): Promise<'open' | 'paid' | undefined> {
    const of = { explanation_id: explanationId };
    const before = await tx<ExplanationDebtRow>('explanation_debts').where(of);
    const refs = new Set(owed.map(one => one.entityRef));
    const rows = owed.map(({ entityRef, openedAt, paidAt }) => {
      const known = before.find(one => one.entity_ref === entityRef);
      const paid: Pick<ExplanationDebtRow, 'paid_at' | 'paid_by'> = paidAt
        ? { paid_at: paidAt, paid_by: 'explanation' }
        : { paid_at: null, paid_by: null };
      return {
        ...of,
        entity_ref: entityRef,
        opened_at: openedAt,
        ...(known?.paid_by === 'taught-session'
          ? { paid_at: known.paid_at, paid_by: known.paid_by }
          : paid),
      };
    });
    for (const { entity_ref: ref } of before) {
      if (!refs.has(ref)) {
        await tx<ExplanationDebtRow>('explanation_debts')
          .where({ ...of, entity_ref: ref })
          .delete();
      }
    }
    for (const row of rows) {
      await tx<ExplanationDebtRow>('explanation_debts')
        .insert(row)
        .onConflict(['explanation_id', 'entity_ref'])
        .merge();
    }
    if (rows.length === 0) {
      return undefined;
    }
    return rows.every(row => row.paid_at) ? 'paid' : 'open';
  }

  /** One that is open. */
  async openOf(
    tx: Knex,
    of: Pick<ExplanationDebtRow, 'explanation_id' | 'entity_ref'>,
  ): Promise<ExplanationDebtRow | undefined> {
    return tx<ExplanationDebtRow>('explanation_debts')
      .where(of)
      .whereNull('paid_at')
      .first();
  }

  /** Pays one by a session in which the change was taught. */
  async payBySession(
    tx: Knex,
    of: Pick<ExplanationDebtRow, 'explanation_id' | 'entity_ref'>,
    session: { id: string; at: string },
    toldBy: string,
  ): Promise<void> {
    await tx<ExplanationDebtRow>('explanation_debts').where(of).update({
      paid_at: session.at,
      paid_by: 'taught-session',
      session_id: session.id,
      told_by: toldBy,
    });
  }

  /**
   * Opens again what a session paid that is taken back.
   *
   * @returns the explanations that are owed again
   */
  async reopen(tx: Knex, sessionId: string): Promise<string[]> {
    const rows = await tx<ExplanationDebtRow>('explanation_debts')
      .where({ session_id: sessionId })
      .update({
        paid_at: null,
        paid_by: null,
        session_id: null,
        told_by: null,
      })
      .returning('explanation_id');
    return [...new Set(rows.map(row => row.explanation_id))];
  }

  /** The oldest first. */
  async list(
    filter: DebtFilter,
    page: { limit?: number; after?: DebtPosition },
  ): Promise<StoredDebt[]> {
    const order = [
      'explanation_debts.opened_at',
      'explanation_debts.explanation_id',
      'explanation_debts.entity_ref',
    ];
    const query = this.#filtered(filter)
      .select('explanation_debts.*')
      .orderBy(order);
    const { after, limit } = page;
    if (after) {
      query.andWhereRaw(`(${order.join(', ')}) > (?, ?, ?)`, [
        after.openedAt,
        after.explanationId,
        after.entityRef,
      ]);
    }
    if (limit !== undefined) {
      query.limit(limit);
    }
    const debts: ExplanationDebtRow[] = await query;
    const sessions = await this.#sessionsOf(debts);
    const ids = [...new Set(debts.map(one => one.explanation_id))];
    const refs = await entitiesOf(this.#knex, ids);
    const rows = new Map<string, ExplanationRow>();
    for (const id of ids) {
      const row = await this.#knex<ExplanationRow>('explanations')
        .where({ id })
        .first();
      if (row) {
        rows.set(id, row);
      }
    }
    return debts.flatMap(debt => {
      const explanation = rows.get(debt.explanation_id);
      const entityRefs = refs.get(debt.explanation_id) ?? [];
      const session = sessions.get(debt.session_id ?? '');
      return explanation ? [{ debt, explanation, entityRefs, session }] : [];
    });
  }

  async #sessionsOf(
    debts: readonly ExplanationDebtRow[],
  ): Promise<Map<string, NonNullable<StoredDebt['session']>>> {
    const found = await this.#knex<HandEvidenceRow>('hand_evidence')
      .whereIn(
        'id',
        debts.flatMap(one => one.session_id ?? []),
      )
      .select('id', 'at', 'url');
    return new Map(
      found.map(({ id, at, url }) => [id, { at, url: url ?? undefined }]),
    );
  }

  async count(filter: DebtFilter): Promise<number> {
    const [row] = await this.#filtered(filter).count({ count: '*' });
    return Number(row.count);
  }

  /** How much each entity owes, and owed. */
  async totals(): Promise<
    Array<{ entityRef: string; open: number; paid: number; oldestAt?: string }>
  > {
    const rows: Array<{
      entity_ref: string;
      open: number | string;
      paid: number | string;
      oldest: string | null;
    }> = await this.#knex<ExplanationDebtRow>('explanation_debts')
      .groupBy('entity_ref')
      .orderBy('entity_ref')
      .select('entity_ref')
      .select(
        this.#knex.raw(
          'SUM(CASE WHEN paid_at IS NULL THEN 1 ELSE 0 END) AS open',
        ),
        this.#knex.raw('COUNT(paid_at) AS paid'),
        this.#knex.raw(
          'MIN(CASE WHEN paid_at IS NULL THEN opened_at END) AS oldest',
        ),
      );
    return rows.map(row => ({
      entityRef: row.entity_ref,
      open: Number(row.open),
      paid: Number(row.paid),
      oldestAt: row.oldest ?? undefined,
    }));
  }

  #filtered({ state, entityRef, ownerRef }: DebtFilter) {
    const query = this.#knex('explanation_debts');
    if (state === 'open') {
      query.whereNull('explanation_debts.paid_at');
    } else {
      query.whereNotNull('explanation_debts.paid_at');
    }
    if (entityRef) {
      query.andWhere('explanation_debts.entity_ref', entityRef);
    }
    if (ownerRef) {
      query.whereExists(
        this.#knex('entities')
          .whereRaw('entities.entity_ref = explanation_debts.entity_ref')
          .andWhere('owner_ref', ownerRef)
          .select(this.#knex.raw('1')),
      );
    }
    return query;
  }
}
