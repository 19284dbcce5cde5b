import {
  MetricsService,
  MetricsServiceCounter,
  MetricsServiceHistogram,
} from '@backstage/backend-plugin-api/alpha';
import { QueueStatus } from '@understanding-dev/backstage-plugin-understanding-common';

/** Why a request to a hook was refused; always one of a few, for labels of metrics. */
export type RefusalReason =
  | 'bad-signature'
  | 'busy'
  | 'no-database'
  | 'rate-limited'
  | 'too-large'
  | 'too-slow'
  | 'unknown-host'
  | 'unreadable';

/** Seconds; a delivery should be read within a few. */
const LAG_BUCKETS = [0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200, 86400];

/** What ingest tells OpenTelemetry. Names of people, repositories and keys stay out. */
export class IngestMetrics {
  readonly #metrics: MetricsService;
  readonly #received: MetricsServiceCounter;
  readonly #refused: MetricsServiceCounter;
  readonly #retried: MetricsServiceCounter;
  readonly #settled: MetricsServiceCounter;
  readonly #lag: MetricsServiceHistogram;

  static create(options: { metrics: MetricsService }): IngestMetrics {
    return new IngestMetrics(options.metrics);
  }

  private constructor(metrics: MetricsService) {
    this.#metrics = metrics;
    this.#received = metrics.createCounter('understanding.ingest.received', {
      description: 'Deliveries that were committed, or known already',
    });
    this.#refused = metrics.createCounter('understanding.ingest.refused', {
      description: 'Requests to hooks that were refused, by reason',
    });
    this.#retried = metrics.createCounter('understanding.ingest.retried', {
      description: 'Attempts at a delivery that failed and are made again',
    });
    this.#settled = metrics.createCounter('understanding.ingest.settled', {
      description:
        'Deliveries that are done, ignored or dead letters, by state',
    });
    this.#lag = metrics.createHistogram('understanding.ingest.lag', {
      description: 'From the commit of a delivery to its settlement',
      unit: 's',
      advice: { explicitBucketBoundaries: LAG_BUCKETS },
    });
  }

  received(host: string, isNew: boolean): void {
    this.#received.add(1, { host, new: isNew });
  }

  refused(host: string, reason: RefusalReason): void {
    this.#refused.add(1, { host, reason });
  }

  retried(host: string): void {
    this.#retried.add(1, { host });
  }

  /** @param receivedAt - and `settledAt`, ISO 8601 */
  settled(
    host: string,
    state: string,
    receivedAt: string,
    settledAt: string,
  ): void {
    this.#settled.add(1, { host, state });
    this.#lag.record(
      Math.max(Date.parse(settledAt) - Date.parse(receivedAt), 0) / 1000,
      { host },
    );
  }

  /** Lets each reading of the metrics ask how long the queues are. */
  observeQueues(status: () => Promise<readonly QueueStatus[]>): void {
    this.#metrics
      .createObservableGauge('understanding.queue.due', {
        description: 'Work that is due, by queue',
      })
      .addCallback(async result => {
        for (const { queue, due } of await status()) {
          result.observe(due, { queue });
        }
      });
    this.#metrics
      .createObservableGauge('understanding.queue.age', {
        description: 'Since when the oldest work is due, by queue',
        unit: 's',
      })
      .addCallback(async result => {
        for (const { queue, oldestSeconds = 0 } of await status()) {
          result.observe(oldestSeconds, { queue });
        }
      });
  }
}
