import {
  AlertMessage,
  PlannedAlert,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { OutboxRow } from '../../database/tables';
import { TicketQueue } from '../../database/TicketQueue';

/** An alert of the outbox. */
export interface StoredAlert {
  readonly id: string;
  readonly dedupeKey: string;
  readonly channel: string;
  readonly target: string;
  readonly message: AlertMessage;
  readonly state: OutboxRow['state'];
  readonly attempts: number;
}

/**
 * The outbox of alerts. A row is `pending` until somebody is about to send it, then
 * `sending`, and in the end `sent`, `dead` (given up) or `unknown` (nobody can tell).
 */
export class AlertStore {
  readonly #knex: Knex;
  readonly #queue: TicketQueue;

  static create(options: { knex: Knex; queue: TicketQueue }): AlertStore {
    return new AlertStore(options.knex, options.queue);
  }

  private constructor(knex: Knex, queue: TicketQueue) {
    this.#knex = knex;
    this.#queue = queue;
  }

  /** Writes alerts in the transaction of their cause; known ones are left alone. */
  async enqueue(
    tx: Knex,
    alerts: readonly PlannedAlert[],
    now: string,
  ): Promise<void> {
    for (const alert of alerts) {
      const id = randomUUID();
      const written = await tx<OutboxRow>('outbox')
        .insert({
          id,
          dedupe_key: alert.dedupeKey,
          flag_id: alert.flagId,
          channel: alert.channel,
          target: alert.target,
          message: JSON.stringify(alert.message),
          state: 'pending',
          attempts: 0,
          created_at: now,
        })
        .onConflict('dedupe_key')
        .ignore()
        .returning('id');
      if (written.length > 0) {
        await this.#queue.mark(tx, 'alert', [id], now);
      }
    }
  }

  /** Of these flags, the ones that anybody was, or is to be, told of. */
  async toldOf(flagIds: readonly string[]): Promise<Set<string>> {
    const rows = await this.#knex<OutboxRow>('outbox')
      .whereIn('flag_id', flagIds)
      .distinct('flag_id');
    return new Set(rows.map(row => row.flag_id));
  }

  async get(id: string): Promise<StoredAlert | undefined> {
    const row = await this.#knex<OutboxRow>('outbox').where({ id }).first();
    return (
      row && {
        id: row.id,
        dedupeKey: row.dedupe_key,
        channel: row.channel,
        target: row.target,
        message: JSON.parse(row.message),
        state: row.state,
        attempts: row.attempts,
      }
    );
  }

  /** Commits, before anything is sent, that sending begins. */
  async beginSending(id: string): Promise<void> {
    await this.#knex<OutboxRow>('outbox')
      .where({ id })
      .update({
        state: 'sending',
        attempts: this.#knex.raw('attempts + 1'),
      });
  }

  /** Writes how an attempt ended. */
  async settle(
    tx: Knex,
    id: string,
    outcome: { state: OutboxRow['state']; error?: string },
    now: string,
  ): Promise<void> {
    await tx<OutboxRow>('outbox')
      .where({ id })
      .update({
        state: outcome.state,
        last_error: outcome.error?.slice(0, 2000) ?? null,
        settled_at: outcome.state === 'pending' ? null : now,
      });
  }
}
