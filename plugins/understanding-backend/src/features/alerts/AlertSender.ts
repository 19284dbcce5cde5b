import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import {
  AlertChannel,
  AlertOutcome,
} from '@understanding-dev/backstage-plugin-understanding-node';
import {
  MAX_ATTEMPTS,
  retryAfterSeconds,
} from '@understanding-dev/backstage-plugin-understanding-common';
import { Knex } from 'knex';
import { Clock, secondsAfter } from '../../database/instants';
import { OutboxRow } from '../../database/tables';
import { Claim, TicketQueue } from '../../database/TicketQueue';
import { TicketHandler } from '../../database/TicketWorker';
import { AlertStore, StoredAlert } from './AlertStore';

/** An attempt must have settled well before its lease ends. */
const ATTEMPT_MILLIS = 15_000;

export interface AlertSenderOptions {
  readonly knex: Knex;
  readonly clock: Clock;
  readonly queue: TicketQueue;
  readonly alerts: AlertStore;
  readonly channels: ReadonlyMap<string, AlertChannel>;
  readonly appBaseUrl: string;
  readonly logger: LoggerService;
  readonly jitter: () => number;
}

/**
 * Sends what the outbox holds. An alert whose outcome nobody can tell is sent again
 * only where a repetition is invisible; otherwise it is kept as unknown, since two
 * alerts for one change cost more trust than a missing one.
 */
export class AlertSender implements TicketHandler {
  readonly queue = 'alert';
  readonly concurrency = 4;
  readonly leaseSeconds = 60;
  readonly waitsForLease = true;
  readonly #options: AlertSenderOptions;

  static create(options: AlertSenderOptions): AlertSender {
    return new AlertSender(options);
  }

  private constructor(options: AlertSenderOptions) {
    this.#options = options;
  }

  async handle(claim: Claim): Promise<void> {
    const { knex, clock, queue, alerts, channels, logger } = this.#options;
    const alert = await alerts.get(claim.key);
    if (!alert || !['pending', 'sending'].includes(alert.state)) {
      await queue.complete(knex, claim);
      return;
    }
    if (alert.state === 'pending' && !(await alerts.stillHolds(alert))) {
      const now = await clock();
      await knex.transaction(async tx => {
        await alerts.settle(tx, alert.id, { state: 'withdrawn' }, now);
        await queue.complete(tx, claim);
      });
      return;
    }
    const channel = channels.get(alert.channel);
    const outcome = await this.#attempt(alert, channel);
    const now = await clock();
    const next = this.#next(alert, channel, outcome, now);
    await knex.transaction(async tx => {
      await alerts.settle(tx, alert.id, next, now);
      await queue.complete(tx, claim, next.dueAt);
    });
    if (next.error) {
      logger.warn('An alert was not sent', {
        alert: alert.id,
        channel: alert.channel,
        state: next.state,
        reason: next.error,
      });
    }
  }

  async #attempt(
    alert: StoredAlert,
    channel: AlertChannel | undefined,
  ): Promise<AlertOutcome> {
    if (!channel) {
      return {
        type: 'failed',
        retry: false,
        reason: `No alert channel "${
          alert.channel
        }" is installed; installed are ${[
          ...this.#options.channels.keys(),
        ].join(', ')}`,
      };
    }
    if (alert.state === 'sending' && !channel.idempotent) {
      return {
        type: 'unknown',
        reason: 'The process ended while the alert was being sent',
      };
    }
    await this.#options.alerts.beginSending(alert.id);
    const signal = AbortSignal.timeout(ATTEMPT_MILLIS);
    try {
      const sending = channel.send(
        {
          dedupeKey: alert.dedupeKey,
          target: alert.target,
          message: alert.message,
          url: `${this.#options.appBaseUrl}${alert.message.path}`,
        },
        { signal },
      );
      // A channel that does not heed the signal must not hold up the others.
      return await Promise.race([sending, untilAborted(signal)]);
    } catch (error) {
      return { type: 'unknown', reason: stringifyError(error) };
    }
  }

  #next(
    alert: StoredAlert,
    channel: AlertChannel | undefined,
    outcome: AlertOutcome,
    now: string,
  ): { state: OutboxRow['state']; error?: string; dueAt?: string } {
    if (outcome.type === 'sent') {
      return { state: 'sent' };
    }
    const retry =
      outcome.type === 'failed' ? outcome.retry : channel?.idempotent === true;
    if (!retry) {
      return {
        state: outcome.type === 'failed' ? 'dead' : 'unknown',
        error: outcome.reason,
      };
    }
    const wait = retryAfterSeconds(alert.attempts + 1, this.#options.jitter());
    if (wait === undefined) {
      return {
        state: 'dead',
        error: `${outcome.reason}; given up after ${MAX_ATTEMPTS} attempts`,
      };
    }
    const asked =
      outcome.type === 'failed' ? outcome.retryAfterSeconds ?? 0 : 0;
    return {
      // What may have arrived stays so, for the alert that it is resolved.
      state: outcome.type === 'unknown' ? 'sending' : 'pending',
      error: outcome.reason,
      dueAt: secondsAfter(now, Math.max(wait, asked)),
    };
  }
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
