import { ChangeHostError } from '@understanding-dev/backstage-plugin-understanding-node';

/** For hosts that ask us to wait, and do not say how long. */
const UNSAID_SECONDS = 60;

/**
 * For how many seconds a host asks us to wait; 0 where it will not do what it was asked,
 * which waiting does not change.
 *
 * @throws whatever else went wrong
 */
export function waitAsked(error: unknown): number {
  if (!(error instanceof ChangeHostError) || error.code === 'unavailable') {
    throw error;
  }
  return error.code === 'rate-limited'
    ? error.retryAfterSeconds ?? UNSAID_SECONDS
    : 0;
}
