import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import Bottleneck from 'bottleneck';
import { GithubInstance } from '../config';

/** How fast GitHub is asked. */
export interface Pace {
  /** How long a second of waiting lasts, in ms. */
  readonly second: number;
  /** From one request that writes to the next. */
  readonly secondsPerWrite: number;
}

// Octokit logs addresses and GitHub's words; callers know what to log.
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

// The first plugin is the innermost one.
const PacedOctokit = Octokit.plugin(count, throttling, retry);

/**
 * The client library: a request that GitHub could not answer is repeated twice. A limit
 * ends it at once, since the caller can do something else meanwhile.
 *
 * @remarks
 *
 * A request's option `onRequest` is called for each attempt, and may refuse it.
 */
export function createOctokit(instance: GithubInstance, pace: Pace): Octokit {
  return new PacedOctokit({
    baseUrl: instance.apiBaseUrl,
    userAgent: 'understanding',
    log: SILENT,
    request: { log: SILENT },
    retry: {
      retries: 2,
      retryAfterBaseValue: pace.second,
      doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451],
    },
    throttle: {
      id: instance.host,
      write: new Bottleneck.Group({
        maxConcurrent: 1,
        minTime: pace.secondsPerWrite * pace.second,
      }),
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
    },
  });
}

function count(octokit: Octokit): void {
  octokit.hook.before('request', ({ request }) => {
    request?.signal?.throwIfAborted();
    request?.onRequest?.();
  });
}
