import { createHmac, timingSafeEqual } from 'node:crypto';

/** Slack's own advice against repetition of what somebody has seen. */
const MAX_SKEW_SECONDS = 5 * 60;

/**
 * Whether Slack signed a request: version 0 of its signatures, an HMAC-SHA256 of
 * `v0:<timestamp>:<body>` with the signing secret of the app, at most five minutes
 * old (https://docs.slack.dev/authentication/verifying-requests-from-slack).
 *
 * @param now - seconds since 1970
 */
export function isSignedBySlack(
  request: { timestamp: string; signature: string; body: Buffer },
  secret: string,
  now: number,
): boolean {
  const { timestamp, signature, body } = request;
  if (
    !/^\d{1,12}$/.test(timestamp) ||
    Math.abs(now - Number(timestamp)) > MAX_SKEW_SECONDS
  ) {
    return false;
  }
  const expected = Buffer.from(
    `v0=${createHmac('sha256', secret)
      .update(`v0:${timestamp}:`)
      .update(body)
      .digest('hex')}`,
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
