import { HostCallOptions } from '@understanding-dev/backstage-plugin-understanding-node';
import { GithubClient } from './GithubClient';
import { RedeliveryPass } from './RedeliveryPass';

/** GitHub's clock and ours may differ by that. */
const SKEW_MILLIS = 60_000;

/** Options of {@link Redelivery}. */
export interface RedeliveryOptions {
  readonly client: GithubClient;
  readonly now: () => Date;
}

/** Asks GitHub to send again what it could not deliver to the Apps. */
export class Redelivery {
  readonly #client: GithubClient;
  readonly #now: () => Date;
  /** Those that were ended early, by App. */
  readonly #passes = new Map<number, RedeliveryPass>();

  static create(options: RedeliveryOptions): Redelivery {
    return new Redelivery(options);
  }

  private constructor(options: RedeliveryOptions) {
    this.#client = options.client;
    this.#now = options.now;
  }

  /** @returns how many deliveries since then it asked for */
  async request(since: string, options: HostCallOptions): Promise<number> {
    let asked = 0;
    for (const appId of this.#client.appIds) {
      const earlier = this.#passes.get(appId);
      if (earlier && earlier.since <= since) {
        asked += await this.#finish(appId, earlier, options);
        // What was delivered since that pass began.
        const from = new Date(earlier.begun.getTime() - SKEW_MILLIS);
        asked += await this.#begin(
          appId,
          { since: earlier.since, from: from.toISOString() },
          options,
        );
      } else {
        asked += await this.#begin(appId, { since }, options);
      }
    }
    return asked;
  }

  async #begin(
    appId: number,
    range: { readonly since: string; readonly from?: string },
    options: HostCallOptions,
  ): Promise<number> {
    const pass = RedeliveryPass.create({ ...range, begun: this.#now() });
    return this.#finish(appId, pass, options);
  }

  async #finish(
    appId: number,
    pass: RedeliveryPass,
    options: HostCallOptions,
  ): Promise<number> {
    this.#passes.set(appId, pass);
    const asked = await pass.finish(this.#client.appSession(appId, options));
    this.#passes.delete(appId);
    return asked;
  }
}
