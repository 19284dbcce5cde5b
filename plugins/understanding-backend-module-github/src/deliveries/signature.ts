import { equalsOneOf } from '@understanding-dev/backstage-plugin-understanding-node';
import { createHmac } from 'node:crypto';

// Lower case, as GitHub writes it.
const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/**
 * Whether one of the secrets has signed these bytes, by HMAC-SHA256.
 *
 * @param signature - the header `x-hub-signature-256`; the older `x-hub-signature` is
 * HMAC-SHA1, and not looked at
 * @see https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export function isSigned(
  body: Buffer,
  signature: string | undefined,
  secrets: readonly string[],
): boolean {
  const hex = SIGNATURE.exec(signature ?? '')?.[1];
  if (!hex) {
    return false;
  }
  return equalsOneOf(
    Buffer.from(hex, 'hex'),
    secrets.map(secret => createHmac('sha256', secret).update(body).digest()),
  );
}
