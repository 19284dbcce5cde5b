import { z } from 'zod';
import { HookDelivery, hookDeliverySchema } from '../payloads';
import { GithubSession } from './GithubSession';
import { statusOf } from './errors';

/** Whoever refuses a delivery that often refuses it for good. */
const MOST_ATTEMPTS = 5;

/** Options of {@link RedeliveryPass}. */
export interface RedeliveryPassOptions {
  /** As of when nothing is left out, once it has come to its end. */
  readonly since: string;
  /** The first instant of which deliveries are looked at, where that is later. */
  readonly from?: string;
  /** When it begins; what is delivered later is left to the next pass. */
  readonly begun: Date;
}

/**
 * One pass through the deliveries of an App, from the last to the first. Where it is
 * ended early it can go on, so that it comes to its end however few requests it may
 * make at once.
 *
 * @see https://docs.github.com/en/webhooks/using-webhooks/automatically-redelivering-failed-deliveries-for-a-github-app-webhook
 */
export class RedeliveryPass {
  readonly since: string;
  readonly begun: Date;
  readonly #from: string;
  /** Guids that a later attempt has brought us. */
  readonly #arrived = new Set<string>();
  /** How many later attempts have failed, by guid. */
  readonly #failures = new Map<string, number>();
  /** Found and not asked for yet. */
  readonly #missed: HookDelivery[] = [];
  /** Of the next page; undefined after the last one. */
  #next: Readonly<Record<string, string>> | undefined = {};

  static create(options: RedeliveryPassOptions): RedeliveryPass {
    return new RedeliveryPass(options);
  }

  private constructor(options: RedeliveryPassOptions) {
    this.since = options.since;
    this.begun = options.begun;
    const { since, from = since } = options;
    // GitHub may leave out the fraction of a second.
    this.#from = `${from.slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}.000Z`;
  }

  /**
   * Goes on to the end.
   *
   * @returns how many deliveries it asked for
   */
  async finish(session: GithubSession): Promise<number> {
    let asked = 0;
    for (;;) {
      while (this.#missed.length > 0) {
        asked += (await isSentAgain(session, this.#missed[0])) ? 1 : 0;
        this.#missed.shift();
      }
      if (!this.#next) {
        return asked;
      }
      await this.#readPage(session, this.#next);
    }
  }

  async #readPage(
    session: GithubSession,
    page: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { data, next } = await session.ask({
      route: 'GET /app/hook/deliveries',
      parameters: { per_page: 100, ...page },
      answer: z.array(hookDeliverySchema),
    });
    const recent = data.filter(({ delivered_at: at }) => at >= this.#from);
    recent.forEach(delivery => this.#look(delivery));
    this.#next = recent.length < data.length ? undefined : next;
  }

  /** The first attempt comes last, and by then all later ones are known. */
  #look(delivery: HookDelivery): void {
    const { guid, redelivery, status_code: status } = delivery;
    const failures = this.#failures.get(guid) ?? 0;
    const succeeded = status && status >= 200 && status < 300;
    if (redelivery && succeeded) {
      this.#arrived.add(guid);
    } else if (redelivery) {
      this.#failures.set(guid, failures + 1);
    } else if (
      !succeeded &&
      !this.#arrived.has(guid) &&
      failures < MOST_ATTEMPTS
    ) {
      this.#missed.push(delivery);
    }
  }
}

/** Whether GitHub sends it again; it may have forgotten it meanwhile. */
async function isSentAgain(
  session: GithubSession,
  delivery: HookDelivery,
): Promise<boolean> {
  try {
    await session.ask({
      route: 'POST /app/hook/deliveries/{delivery_id}/attempts',
      parameters: { delivery_id: delivery.id },
      answer: z.unknown(),
    });
    return true;
  } catch (error) {
    if ([404, 410, 422].includes(statusOf(error) ?? 0)) {
      return false;
    }
    throw error;
  }
}
