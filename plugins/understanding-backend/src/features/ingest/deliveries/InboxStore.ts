import { DeliveryRecord } from '@understanding-dev/backstage-plugin-understanding-common';
import { Delivery } from '@understanding-dev/backstage-plugin-understanding-node';
import { Knex } from 'knex';
import { createHash, randomUUID } from 'node:crypto';
import { InboxRow } from '../../../database/tables';
import { TicketQueue } from '../../../database/TicketQueue';

/** A delivery as it is put into the inbox. */
export interface ArrivingDelivery extends Delivery {
  /** Id of the change host. */
  readonly host: string;
  readonly deliveryId?: string;
}

/** A delivery that waits. */
export interface WaitingDelivery extends Delivery {
  readonly id: string;
  readonly host: string;
  readonly receivedAt: string;
}

export type DeliveryPosition = { receivedAt: string; id: string };

/** What came from change hosts: committed first, and read after. */
export class InboxStore {
  readonly #knex: Knex;
  readonly #queue: TicketQueue;

  static create(options: { knex: Knex; queue: TicketQueue }): InboxStore {
    return new InboxStore(options.knex, options.queue);
  }

  private constructor(knex: Knex, queue: TicketQueue) {
    this.#knex = knex;
    this.#queue = queue;
  }

  /**
   * Commits deliveries with the work that they make due, all of them or none. One whose
   * id is known is a repetition; so is one with the very same bytes, since the header
   * with the id is not signed and anybody who has seen a delivery could change it.
   *
   * @returns of each, whether it is new
   */
  async add(
    deliveries: readonly ArrivingDelivery[],
    now: string,
  ): Promise<boolean[]> {
    const rows = deliveries.map(delivery => toRow(delivery, now));
    // Sorted, so that two processes that are told the same wait for each other in turn.
    const sorted = [...rows].sort((a, b) => (a.digest < b.digest ? -1 : 1));
    const added = await this.#knex.transaction(async tx => {
      const inserted = await tx<InboxRow>('inbox')
        .insert(sorted)
        .onConflict()
        .ignore()
        .returning('id');
      const ids = inserted.map(row => row.id);
      await this.#queue.mark(tx, 'delivery', ids, now);
      return new Set(ids);
    });
    return rows.map(row => added.has(row.id));
  }

  /** A delivery that has not been settled yet. */
  async getPending(id: string): Promise<WaitingDelivery | undefined> {
    const row = await this.#knex<InboxRow>('inbox')
      .where({ id, state: 'pending' })
      .first();
    return row?.body
      ? {
          id: row.id,
          host: row.host,
          event: row.event,
          contentType: row.content_type,
          body: row.body,
          receivedAt: row.received_at,
        }
      : undefined;
  }

  /** Writes what became of a delivery. Its content is kept where it may be replayed. */
  async settle(
    tx: Knex,
    id: string,
    outcome: { state: 'done' | 'ignored' | 'dead'; reason?: string },
    now: string,
  ): Promise<void> {
    const { state, reason } = outcome;
    await tx<InboxRow>('inbox')
      .where({ id })
      .update({
        state,
        reason: reason?.slice(0, 2000) ?? null,
        settled_at: now,
        ...(state === 'dead' ? {} : { body: null }),
      });
  }

  /**
   * Makes a dead letter due again.
   *
   * @returns whether there is such a dead letter
   */
  async replay(id: string, now: string): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const revived = await tx<InboxRow>('inbox')
        .where({ id, state: 'dead' })
        .update({ state: 'pending', reason: null, settled_at: null });
      if (revived > 0) {
        await this.#queue.mark(tx, 'delivery', [id], now);
      }
      return revived > 0;
    });
  }

  /** When a delivery was last settled. */
  async lastSettledAt(): Promise<string | undefined> {
    const row = await this.#knex<InboxRow>('inbox')
      .whereNotNull('settled_at')
      .orderBy('settled_at', 'desc')
      .first('settled_at');
    return row?.settled_at ?? undefined;
  }

  /** Removes what was settled before an instant. */
  async removeSettledBefore(instant: string): Promise<void> {
    await this.#knex<InboxRow>('inbox')
      .where('settled_at', '<', instant)
      .delete();
  }

  /** Deliveries in a state, the newest first. */
  async list(
    state: InboxRow['state'],
    page: { limit: number; after?: DeliveryPosition },
  ): Promise<DeliveryRecord[]> {
    const { limit, after } = page;
    const query = this.#knex<InboxRow>('inbox')
      .where({ state })
      .orderBy([
        { column: 'received_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    if (after) {
      query.andWhere(earlier =>
        earlier
          .where('received_at', '<', after.receivedAt)
          .orWhere(same =>
            same
              .where('received_at', after.receivedAt)
              .andWhere('id', '<', after.id),
          ),
      );
    }
    const rows = await query.select(
      'id',
      'host',
      'delivery_id',
      'event',
      'size',
      'received_at',
      'state',
      'reason',
      'settled_at',
    );
    return rows.map(row => ({
      id: row.id,
      host: row.host,
      deliveryId: row.delivery_id ?? undefined,
      event: row.event,
      size: row.size,
      receivedAt: row.received_at,
      state: row.state,
      reason: row.reason ?? undefined,
      settledAt: row.settled_at ?? undefined,
    }));
  }

  async count(state: InboxRow['state']): Promise<number> {
    const [{ count }] = await this.#knex<InboxRow>('inbox')
      .where({ state })
      .count({ count: '*' });
    return Number(count);
  }

  /** How many deliveries of each host are in which state, and when the last came. */
  async summarize(): Promise<
    Array<{
      host: string;
      state: InboxRow['state'];
      count: number;
      lastAt: string;
    }>
  > {
    const rows: Array<{
      host: string;
      state: InboxRow['state'];
      count: number | string;
      last_at: string;
    }> = await this.#knex('inbox')
      .groupBy('host', 'state')
      .select('host', 'state')
      .count({ count: '*' })
      .max({ last_at: 'received_at' });
    return rows.map(row => ({
      host: row.host,
      state: row.state,
      count: Number(row.count),
      lastAt: row.last_at,
    }));
  }
}

function toRow(delivery: ArrivingDelivery, now: string) {
  const { host, deliveryId, event, contentType, body } = delivery;
  return {
    id: randomUUID(),
    host,
    delivery_id: deliveryId ?? null,
    digest: createHash('sha256').update(`${host}\n`).update(body).digest('hex'),
    event,
    content_type: contentType,
    body,
    size: body.length,
    received_at: now,
    state: 'pending' as const,
  };
}
