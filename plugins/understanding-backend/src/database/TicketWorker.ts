import { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { QueueName } from '@understanding-dev/backstage-plugin-understanding-common';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Claim, TicketQueue } from './TicketQueue';

/** Does the work of one queue; it completes the claim in its own transaction. */
export interface TicketHandler {
  readonly queue: QueueName;
  /** A queue that goes first, because its work decides what this one finds. */
  readonly waitsFor?: QueueName;
  /** How many pieces of this queue one process does at a time. */
  readonly concurrency: number;
  /** After how long the work is given to somebody else. */
  readonly leaseSeconds: number;
  /**
   * Whether others wait for the lease to end also where its holder seems dead: of work
   * whose repetition people would notice.
   */
  readonly waitsForLease?: boolean;
  handle(claim: Claim, signal: AbortSignal): Promise<void>;
}

const MAX_WAIT_SECONDS = 3600;
/** How often a process says that it lives. */
const BEAT_MILLIS = 1000;

/**
 * Does what is due in the ticket queue until it is stopped. A piece of work that
 * fails is given back with a growing wait; the others go on. What it has in hand when
 * its process dies others take some seconds later.
 */
export class TicketWorker {
  readonly #queue: TicketQueue;
  readonly #handlers: readonly TicketHandler[];
  readonly #logger: LoggerService;
  readonly #pollMillis: number;
  readonly #abort = new AbortController();
  readonly #id = randomUUID();
  /** Whether others look if this one lives. */
  #beats = false;
  #loops: Promise<unknown> = Promise.resolve();
  /** When each loop last began to look for work, in milliseconds of this process. */
  readonly #rounds = new Map<QueueName, number>();

  static create(options: {
    queue: TicketQueue;
    handlers: readonly TicketHandler[];
    logger: LoggerService;
    pollMillis?: number;
  }): TicketWorker {
    return new TicketWorker(options);
  }

  private constructor(options: {
    queue: TicketQueue;
    handlers: readonly TicketHandler[];
    logger: LoggerService;
    pollMillis?: number;
  }) {
    this.#queue = options.queue;
    this.#handlers = options.handlers;
    this.#logger = options.logger;
    this.#pollMillis = options.pollMillis ?? 500;
  }

  start(): void {
    this.#loops = Promise.all([
      this.#beat(),
      ...this.#handlers.map(handler => this.#loop(handler)),
    ]);
  }

  /** Waits for the work in hand, which is told to stop, and does no more. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#loops;
    if (this.#beats) {
      // Else others notice some seconds later.
      await this.#queue.leave(this.#id).catch(() => {});
    }
  }

  /**
   * Whether every loop still goes round: none may hold its work for much longer than
   * it is leased, and none may have ended.
   */
  isWorking(): boolean {
    return this.#handlers.every(({ queue, leaseSeconds }) => {
      const begun = this.#rounds.get(queue);
      return (
        begun === undefined ||
        performance.now() - begun < 2 * leaseSeconds * 1000
      );
    });
  }

  /** Does what is due now, once for each key; returns how many it did. */
  async runDue(handler: TicketHandler): Promise<number> {
    const claims = await this.#queue.claim(handler.queue, {
      limit: handler.concurrency,
      leaseSeconds: handler.leaseSeconds,
      worker: this.#beats && !handler.waitsForLease ? this.#id : undefined,
      waitsFor: handler.waitsFor,
    });
    await Promise.all(claims.map(claim => this.#run(handler, claim)));
    return claims.length;
  }

  async #beat(): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      try {
        await this.#queue.beat(this.#id);
        this.#beats = true;
      } catch (error) {
        // Others may take what is in hand meanwhile, as if a lease had ended.
        this.#logger.warn('A worker could not say that it lives', {
          error: stringifyError(error),
        });
      }
      await sleep(BEAT_MILLIS, undefined, { signal }).catch(() => {});
    }
  }

  async #loop(handler: TicketHandler): Promise<void> {
    const { signal } = this.#abort;
    while (!signal.aborted) {
      let done = 0;
      this.#rounds.set(handler.queue, performance.now());
      try {
        done = await this.runDue(handler);
      } catch (error) {
        this.#logger.error('Work could not be claimed', {
          queue: handler.queue,
          error: stringifyError(error),
        });
      }
      if (done === 0) {
        await sleep(this.#pollMillis, undefined, { signal }).catch(() => {});
      }
    }
  }

  async #run(handler: TicketHandler, claim: Claim): Promise<void> {
    try {
      await handler.handle(claim, this.#abort.signal);
    } catch (error) {
      const wait = Math.min(2 ** claim.attempts, MAX_WAIT_SECONDS);
      if (!this.#abort.signal.aborted) {
        this.#logger.warn('Work failed and is tried again', {
          queue: claim.queue,
          key: claim.key,
          attempts: claim.attempts,
          waitSeconds: wait,
          error: stringifyError(error),
        });
      }
      await this.#queue
        .giveBack(claim, stringifyError(error), wait)
        .catch(failure =>
          // Its lease returns it.
          this.#logger.error('Work could not be given back', {
            queue: claim.queue,
            key: claim.key,
            error: stringifyError(failure),
          }),
        );
    }
  }
}
