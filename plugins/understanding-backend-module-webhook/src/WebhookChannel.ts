import { alertText } from '@understanding-dev/backstage-plugin-understanding-common';
import {
  Alert,
  AlertChannel,
  AlertOutcome,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { createHash, createHmac } from 'node:crypto';
import { Webhook } from './config';

/** Errors at which the request certainly never reached the receiver. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * Posts alerts as Standard Webhooks 1.0 says, with the same `webhook-id` for each
 * attempt. Not every receiver heeds it, so the channel does not count as idempotent:
 * what may have arrived is not sent again.
 */
export class WebhookChannel implements AlertChannel {
  readonly id = 'webhook';
  readonly idempotent = false;
  readonly #webhooks: ReadonlyMap<string, Webhook>;
  readonly #now: () => Date;

  static create(options: {
    webhooks: ReadonlyMap<string, Webhook>;
    now: () => Date;
  }): WebhookChannel {
    return new WebhookChannel(options.webhooks, options.now);
  }

  private constructor(webhooks: ReadonlyMap<string, Webhook>, now: () => Date) {
    this.#webhooks = webhooks;
    this.#now = now;
  }

  async send(
    alert: Alert,
    options: { signal: AbortSignal },
  ): Promise<AlertOutcome> {
    const webhook = this.#webhooks.get(alert.target);
    if (!webhook) {
      return {
        type: 'failed',
        retry: false,
        reason: `No webhook "${alert.target}" is configured under understanding.alerts.webhooks`,
      };
    }
    const timestamp = this.#now();
    const body = JSON.stringify({
      type: `understanding.flag.${alert.message.transition}`,
      timestamp: timestamp.toISOString(),
      data: {
        ...alertText(alert.message),
        ...alert.message,
        path: undefined,
        url: alert.url,
      },
    });
    try {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...signedHeaders(webhook, alert.dedupeKey, timestamp, body),
        },
        body,
        // A redirect could lead anywhere, and take the secret address with it.
        redirect: 'manual',
        signal: options.signal,
      });
      await response.body?.cancel();
      return outcomeOf(response, timestamp);
    } catch (error) {
      return failureOf(error);
    }
  }
}

function signedHeaders(
  webhook: Webhook,
  dedupeKey: string,
  timestamp: Date,
  body: string,
): Record<string, string> {
  const id = `msg_${createHash('sha256')
    .update(dedupeKey)
    .digest('hex')
    .slice(0, 32)}`;
  const seconds = String(Math.floor(timestamp.getTime() / 1000));
  const headers = { 'webhook-id': id, 'webhook-timestamp': seconds };
  if (!webhook.secret) {
    return headers;
  }
  const signature = createHmac('sha256', webhook.secret)
    .update(`${id}.${seconds}.${body}`)
    .digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}

function outcomeOf(response: Response, now: Date): AlertOutcome {
  if (response.ok) {
    return { type: 'sent' };
  }
  const { status } = response;
  return {
    type: 'failed',
    // Gone for good; other answers may change.
    retry: status !== 410,
    reason: `The webhook answered ${status}`,
    retryAfterSeconds: retryAfter(response.headers.get('retry-after'), now),
  };
}

/** Seconds of a `Retry-After` header, which is a number of them or a date. */
function retryAfter(value: string | null, now: Date): number | undefined {
  if (!value) {
    return undefined;
  }
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : (Date.parse(value) - now.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0
    ? Math.min(seconds, 86_400)
    : undefined;
}

// The address is a secret, so no text of the error is repeated.
function failureOf(error: unknown): AlertOutcome {
  const cause = (error as { cause?: { code?: unknown } }).cause;
  const code = typeof cause?.code === 'string' ? cause.code : undefined;
  return code && NEVER_SENT.has(code)
    ? {
        type: 'failed',
        retry: true,
        reason: `The webhook could not be reached (${code})`,
      }
    : {
        type: 'unknown',
        reason: `The webhook gave no answer (${code ?? 'timeout'})`,
      };
}
