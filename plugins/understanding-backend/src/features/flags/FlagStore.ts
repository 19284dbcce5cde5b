import {
  Flag,
  FlagPlan,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { FlagRow } from '../../database/tables';

/** Findings on entities, open and resolved. */
export class FlagStore {
  readonly #knex: Knex;

  static create(options: { knex: Knex }): FlagStore {
    return new FlagStore(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async listOpen(entityRef: string): Promise<Flag[]> {
    const rows = await this.#knex<FlagRow>('flags')
      .where({ entity_ref: entityRef, state: 'open' })
      .orderBy('rule');
    return rows.map(toFlag);
  }

  /**
   * Applies a plan made from the flags that were open. When somebody else has opened
   * the same flag meanwhile, the unique index of open flags refuses the transaction,
   * and the entity is assessed once more.
   *
   * @returns the flags that are open now, and those that were resolved.
   */
  async apply(
    tx: Knex,
    entityRef: string,
    before: readonly Flag[],
    plan: FlagPlan,
    now: string,
  ): Promise<{ open: Flag[]; resolved: Flag[] }> {
    const opened: Flag[] = plan.open.map(({ rule, content }) => ({
      id: randomUUID(),
      entityRef,
      rule,
      severity: content.severity,
      reasons: [...content.reasons],
      repair: content.repair,
      since: now,
      state: 'open',
    }));
    if (opened.length > 0) {
      await tx<FlagRow>('flags').insert(opened.map(toRow));
    }
    for (const { id, content } of plan.update) {
      await tx<FlagRow>('flags')
        .where({ id })
        .update({
          severity: content.severity,
          reasons: JSON.stringify(content.reasons),
          repair: JSON.stringify(content.repair),
        });
    }
    const resolved: Flag[] = [];
    for (const { id } of plan.resolve) {
      const row = await tx<FlagRow>('flags')
        .where({ id, state: 'open' })
        .first();
      if (row) {
        await tx<FlagRow>('flags')
          .where({ id })
          .update({ state: 'resolved', resolved_at: now });
        resolved.push({ ...toFlag(row), state: 'resolved' });
      }
    }
    const open = before
      .filter(flag => !resolved.some(one => one.id === flag.id))
      .map(flag => {
        const update = plan.update.find(one => one.id === flag.id);
        return update
          ? {
              ...flag,
              ...update.content,
              reasons: [...update.content.reasons],
            }
          : flag;
      })
      .concat(opened);
    return { open, resolved };
  }

  /** Resolves what is open on an entity that left the catalog. */
  async resolveAll(tx: Knex, entityRef: string, now: string): Promise<void> {
    await tx<FlagRow>('flags')
      .where({ entity_ref: entityRef, state: 'open' })
      .update({ state: 'resolved', resolved_at: now });
  }

  /**
   * Flags from the newest to the oldest.
   *
   * @param filter.after - the flag after which to go on
   */
  async list(
    filter: {
      state: Flag['state'];
      rule?: Flag['rule'];
      ownerRef?: string;
      entityRef?: string;
    },
    page: { limit?: number; after?: { since: string; id: string } },
  ): Promise<Flag[]> {
    const query = this.#filtered(filter)
      .select('flags.*')
      .orderBy([
        { column: 'flags.since', order: 'desc' },
        { column: 'flags.id', order: 'asc' },
      ]);
    const { after, limit } = page;
    if (after) {
      query.andWhere(later =>
        later
          .where('flags.since', '<', after.since)
          .orWhere(same =>
            same
              .where('flags.since', after.since)
              .andWhere('flags.id', '>', after.id),
          ),
      );
    }
    if (limit !== undefined) {
      query.limit(limit);
    }
    const rows: FlagRow[] = await query;
    return rows.map(toFlag);
  }

  async count(filter: Parameters<FlagStore['list']>[0]): Promise<number> {
    const [row] = await this.#filtered(filter).count({ count: '*' });
    return Number(row.count);
  }

  #filtered(filter: Parameters<FlagStore['list']>[0]) {
    const query = this.#knex('flags').where('flags.state', filter.state);
    if (filter.rule) {
      query.andWhere('flags.rule', filter.rule);
    }
    if (filter.entityRef) {
      query.andWhere('flags.entity_ref', filter.entityRef);
    }
    if (filter.ownerRef) {
      query
        .join('entities', 'entities.entity_ref', 'flags.entity_ref')
        .andWhere('entities.owner_ref', filter.ownerRef);
    }
    return query;
  }
}

function toRow(flag: Flag): FlagRow {
  return {
    id: flag.id,
    entity_ref: flag.entityRef,
    rule: flag.rule,
    severity: flag.severity,
    reasons: JSON.stringify(flag.reasons),
    repair: JSON.stringify(flag.repair),
    state: flag.state,
    since: flag.since,
    resolved_at: null,
  };
}

function toFlag(row: FlagRow): Flag {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    rule: row.rule as Flag['rule'],
    severity: row.severity as Flag['severity'],
    reasons: JSON.parse(row.reasons),
    repair: JSON.parse(row.repair),
    since: row.since,
    state: row.state as Flag['state'],
  };
}
