/**
 * Attempts after which an alert is given up and kept as dead.
 * @public
 */
export const MAX_ATTEMPTS = 10;

/**
 * Waits between attempts, in seconds: the example schedule of Standard Webhooks 1.0,
 * section "Deliverability and reliability", after its first, immediate attempt.
 */
const WAITS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

/**
 * How long to wait after a failed attempt.
 *
 * @param attempts - attempts made so far, from 1
 * @param jitter - between 0 and 1; spreads the wait by up to a tenth, so that what
 * failed together does not come back together
 * @returns seconds, or undefined when there is to be no further attempt
 * @public
 */
export function retryAfterSeconds(
  attempts: number,
  jitter: number,
): number | undefined {
  if (attempts >= MAX_ATTEMPTS) {
    return undefined;
  }
  const wait = WAITS[Math.max(attempts, 1) - 1];
  return Math.round(wait * (1 + 0.1 * jitter));
}
