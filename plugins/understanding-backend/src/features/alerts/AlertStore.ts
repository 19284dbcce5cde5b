import {
  AlertMessage,
  PlannedAlert,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { secondsAfter } from '../../database/instants';
import { FlagRow, OutboxRow } from '../../database/tables';
import { TicketQueue } from '../../database/TicketQueue';

/** An alert of the outbox. */
export interface StoredAlert {
  readonly id: string;
  readonly dedupeKey: string;
  readonly flagId: string;
  readonly channel: string;
  readonly target: string;
  readonly message: AlertMessage;
  readonly state: OutboxRow['state'];
  readonly attempts: number;
}

/**
 * How long a state lasts before anybody is told of it: what comes and goes at once,
 * as while a new catalog fills, is no news.
 */
const SETTLE_SECONDS = 60;

/**
 * The outbox of alerts. A row is `pending` until somebody is about to send it, then
 * `sending`, and in the end `sent`, `dead` (given up), `unknown` (nobody can tell) or
 * `withdrawn` (no longer true before anybody was told).
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

  /**
   * Writes alerts in the transaction of their cause. Known ones are left alone, apart
   * from withdrawn ones that hold again.
   */
  async enqueue(
    tx: Knex,
    alerts: readonly PlannedAlert[],
    now: string,
  ): Promise<void> {
    for (const alert of alerts) {
      const written = await tx<OutboxRow>('outbox')
        .insert({
          id: randomUUID(),
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
        .merge(['state', 'message', 'created_at'])
        .where('outbox.state', 'withdrawn')
        .returning('id');
      if (written.length > 0) {
        const dueAt = secondsAfter(now, SETTLE_SECONDS);
        await this.#queue.mark(tx, 'alert', [written[0].id], dueAt);
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
        flagId: row.flag_id,
        channel: row.channel,
        target: row.target,
        message: JSON.parse(row.message),
        state: row.state,
        attempts: row.attempts,
      }
    );
  }

  /**
   * Whether an alert that nobody was told of still tells how things are: a finding
   * that is open with that severity, or the end of one that its receiver knows of.
   */
  async stillHolds({ flagId, channel, target, message }: StoredAlert) {
    if (message.transition === 'opened') {
      const flag = await this.#knex<FlagRow>('flags')
        .where({ id: flagId, state: 'open', severity: message.severity })
        .first('id');
      return flag !== undefined;
    }
    const told = await this.#knex<OutboxRow>('outbox')
      .where({ flag_id: flagId, channel, target })
      .whereIn('state', ['sending', 'sent', 'unknown'])
      .first('id');
    return told !== undefined;
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
        settled_at: ['pending', 'sending'].includes(outcome.state) ? null : now,
      });
  }
}
