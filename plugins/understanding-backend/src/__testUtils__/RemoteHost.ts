import {
  ChangeReading,
  HostRepository,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ChangeHostError,
  ChangePage,
  HostCallOptions,
  HostCheck,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { StandInHost } from './StandInHost';

/** The stand-in host as a process of its own, which outlives those that ask it. */
export class RemoteHost extends StandInHost {
  readonly #url: string;

  constructor(url: string) {
    super();
    this.#url = url;
  }

  override async readChange(
    change: HostRepository & { number: number },
    options: HostCallOptions,
  ): Promise<ChangeReading | undefined> {
    const { reading } = await this.#ask('readChange', change, options);
    return reading as ChangeReading | undefined;
  }

  override async listChanges(
    query: HostRepository & { cursor?: string },
    options: HostCallOptions,
  ): Promise<ChangePage> {
    const { page } = await this.#ask('listChanges', query, options);
    return page as ChangePage;
  }

  override async requestRedelivery(): Promise<number> {
    // What it dropped it takes for delivered.
    return 0;
  }

  override async mayReview(
    account: HostRepository & { login: string },
    options: HostCallOptions,
  ): Promise<boolean> {
    const { may } = await this.#ask('mayReview', account, options);
    return may as boolean;
  }

  override async writeCheck(
    check: HostCheck,
    options: HostCallOptions,
  ): Promise<void> {
    await this.#ask('writeCheck', check, options);
  }

  override async showsCheck(): Promise<boolean> {
    // Nobody changes anything there.
    return true;
  }

  async #ask(
    what: string,
    question: object,
    options: HostCallOptions,
  ): Promise<Record<string, unknown>> {
    options.onRequest();
    const response = await fetch(`${this.#url}/${what}`, {
      method: 'POST',
      body: JSON.stringify(question),
      signal: options.signal,
    }).catch(() => {
      throw new ChangeHostError('unavailable', 'It gave no answer');
    });
    const after = response.headers.get('retry-after');
    if (after !== null) {
      throw new ChangeHostError('rate-limited', 'Slow down', Number(after));
    }
    if (!response.ok) {
      throw new ChangeHostError(
        'unavailable',
        `It answered ${response.status}`,
      );
    }
    return response.json() as Promise<Record<string, unknown>>;
  }
}
