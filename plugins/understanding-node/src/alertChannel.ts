import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { AlertMessage } from '@understanding-dev/backstage-plugin-understanding-common';

/**
 * One alert, as a channel is given it.
 * @public
 */
export interface Alert {
  /** The same for every attempt; a receiver can recognise repetitions by it. */
  readonly dedupeKey: string;
  /** What stands behind the channel's name, e.g. `platform-alerts`. */
  readonly target: string;
  readonly message: AlertMessage;
  /** Address of the entity's page. */
  readonly url: string;
}

/**
 * How an attempt ended.
 *
 * - `sent`: the receiver has answered that it has the alert.
 * - `failed`: it certainly has not; `retry: false` when no attempt can succeed.
 * - `unknown`: it may have; such an alert is sent again only by channels that are
 *   idempotent, and is otherwise kept as unknown.
 *
 * @public
 */
export type AlertOutcome =
  | { readonly type: 'sent' }
  | {
      readonly type: 'failed';
      readonly reason: string;
      readonly retry: boolean;
      /** Seconds that the receiver has asked for. */
      readonly retryAfterSeconds?: number;
    }
  | { readonly type: 'unknown'; readonly reason: string };

/**
 * Carries alerts to teams.
 *
 * @remarks
 *
 * The way of an alert:
 *
 * 1. An entity is assessed. In the same transaction, one outbox row is written for
 *    each open or just resolved flag and each channel of the owning team, unless that
 *    row is there already.
 * 2. A minute later a worker claims the row, withdraws it if it no longer holds, and
 *    marks it as being sent.
 * 3. `send` is called. It must settle before the signal aborts, and should not throw;
 *    what it throws counts as `unknown`.
 * 4. The outcome is written: sent, due again after a growing wait, dead, or unknown.
 * 5. If the process dies between 2 and 4, the outcome is `unknown`.
 *
 * @public
 */
export interface AlertChannel {
  /** The part before the colon in `understanding.dev/channels`. */
  readonly id: string;
  /** Whether sending an alert with the same key again is invisible to people. */
  readonly idempotent: boolean;
  send(alert: Alert, options: { signal: AbortSignal }): Promise<AlertOutcome>;
}

/**
 * Adds alert channels.
 * @public
 */
export interface UnderstandingAlertChannelExtensionPoint {
  addAlertChannel(channel: AlertChannel): void;
}

/**
 * Adds alert channels.
 * @public
 */
export const understandingAlertChannelExtensionPoint =
  createExtensionPoint<UnderstandingAlertChannelExtensionPoint>({
    id: 'understanding.alertChannel',
  });
