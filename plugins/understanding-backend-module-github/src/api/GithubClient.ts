import {
  GithubCredentials,
  GithubCredentialsProvider,
  SingleInstanceGithubCredentialsProvider,
} from '@backstage/integration';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import {
  ChangeHostError,
  HostCallOptions,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { GithubInstance } from '../config';
import { GithubSession } from './GithubSession';
import { statusOf, toChangeHostError } from './errors';
import { createOctokit } from './octokit';

/** Options of {@link GithubClient}. */
export interface GithubClientOptions {
  readonly instance: GithubInstance;
  readonly now: () => Date;
  /** How long a second of waiting lasts, in ms; tests have shorter ones. */
  readonly second: number;
}

/** Asks one GitHub, as the Apps and with the token that its integration has. */
export class GithubClient {
  readonly #instance: GithubInstance;
  readonly #credentials: GithubCredentialsProvider;
  readonly #now: () => Date;
  readonly #octokit: Octokit;
  readonly #appOctokit: Octokit;

  static create(options: GithubClientOptions): GithubClient {
    return new GithubClient(options);
  }

  private constructor(options: GithubClientOptions) {
    const { instance, now, second } = options;
    this.#instance = instance;
    this.#credentials =
      SingleInstanceGithubCredentialsProvider.create(instance);
    this.#now = now;
    // GitHub asks for a second between requests that create something.
    this.#octokit = createOctokit(instance, { second, secondsPerWrite: 1 });
    // What an App asks for creates nothing; 150 a minute cost 750 of the 900 points
    // that GitHub grants.
    this.#appOctokit = createOctokit(instance, {
      second,
      secondsPerWrite: 0.4,
    });
  }

  get host(): string {
    return this.#instance.host;
  }

  /** The Apps that are configured, by id. */
  get appIds(): readonly number[] {
    return (this.#instance.apps ?? []).map(app => app.appId);
  }

  /**
   * Runs what asks GitHub, and ends when the signal aborts.
   *
   * @throws ChangeHostError, or what `onRequest` throws
   */
  async asking<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    let stopWaiting = () => {};
    const aborted = new Promise<never>((_, reject) => {
      stopWaiting = () =>
        reject(
          new ChangeHostError('unavailable', 'GitHub gave no answer in time'),
        );
    });
    signal.addEventListener('abort', stopWaiting);
    try {
      if (signal.aborted) {
        stopWaiting();
      }
      return await Promise.race([aborted, ask()]);
    } catch (error) {
      throw toChangeHostError(error, this.#now());
    } finally {
      signal.removeEventListener('abort', stopWaiting);
    }
  }

  /** Who may act for the owner of a repository: an App, else whoever has the token. */
  async credentialsFor(owner: string): Promise<GithubCredentials> {
    try {
      // Not for the repository: its name would be compared with its capitals, which
      // ours has lost.
      return await this.#credentials.getCredentials({
        url: `https://${this.host}/${owner}`,
      });
    } catch (error) {
      throw statusOf(error) === undefined
        ? new ChangeHostError(
            'forbidden',
            `No App of integrations.github may act for the owner on ${this.host}`,
          )
        : error;
    }
  }

  session(
    credentials: GithubCredentials,
    options: HostCallOptions,
  ): GithubSession {
    return GithubSession.create({
      ...options,
      octokit: this.#octokit,
      token: async () => credentials.token,
    });
  }

  /** Acts as an App itself, rather than as one of its installations. */
  appSession(appId: number, options: HostCallOptions): GithubSession {
    return GithubSession.create({
      ...options,
      octokit: this.#appOctokit,
      // It is valid for ten minutes only.
      token: () => this.#appToken(appId),
    });
  }

  async #appToken(appId: number): Promise<string> {
    const app = this.#instance.apps?.find(({ appId: id }) => id === appId);
    try {
      const auth = createAppAuth({
        appId,
        privateKey: (app?.privateKey ?? '').replace(/\\n/g, '\n'),
      });
      return (await auth({ type: 'app' })).token;
    } catch {
      throw new ChangeHostError(
        'forbidden',
        `The privateKey of the App ${appId} of ${this.host} cannot be used`,
      );
    }
  }
}
