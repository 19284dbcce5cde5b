import {
  DeliveryHeaders,
  HookRequest,
  equalsOneOf,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { createHmac } from 'node:crypto';
import { HookSecrets } from '../config';

/** Seconds by which the clocks may differ, as the libraries of Standard Webhooks have it. */
const TOLERANCE_SECONDS = 5 * 60;
const SECONDS = /^\d{1,12}$/;
/** Signatures of a delivery that are looked at; several are there while keys change. */
const MAX_SIGNATURES = 5;
const ID = /^[\w-]{1,100}$/;
const EVENT = /^[\w ]{1,100}$/;

/**
 * Whether a request bears one of the secret tokens, or a signature by one of the
 * signing tokens (Standard Webhooks 1.0: HMAC-SHA256 of id, timestamp and body).
 *
 * `Idempotency-Key`, which is `webhook-id` in signed ones, is the one header that is
 * the same when GitLab sends a delivery again, and no other delivery's.
 * `X-Gitlab-Webhook-UUID` is another each time, and `X-Gitlab-Event-UUID` is shared by
 * all that one action sets off.
 */
export function verifyDelivery(
  { headers, body }: HookRequest,
  secrets: HookSecrets,
  now: Date,
): DeliveryHeaders | undefined {
  const hasToken = equalsOneOf(headers['x-gitlab-token'] ?? '', secrets.tokens);
  const isSigned = hasSignature({ headers, body }, secrets.signingKeys, now);
  if (!hasToken && !isSigned && !secrets.allowUnsigned) {
    return undefined;
  }
  const id = headers['webhook-id'] ?? headers['idempotency-key'] ?? '';
  const event = headers['x-gitlab-event'] ?? '';
  return {
    deliveryId: ID.test(id) ? id : undefined,
    event: EVENT.test(event) ? event : 'unknown',
  };
}

function hasSignature(
  { headers, body }: HookRequest,
  keys: readonly Buffer[],
  now: Date,
): boolean {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature']?.split(' ', MAX_SIGNATURES);
  if (!id || !timestamp || !signatures || !SECONDS.test(timestamp)) {
    return false;
  }
  const age = Math.abs(now.getTime() / 1000 - Number(timestamp));
  const expected = keys.map(
    key =>
      `v1,${createHmac('sha256', key)
        .update(`${id}.${timestamp}.`)
        .update(body)
        .digest('base64')}`,
  );
  const matches = signatures
    .map(signature => equalsOneOf(signature, expected))
    .includes(true);
  return matches && age <= TOLERANCE_SECONDS;
}
