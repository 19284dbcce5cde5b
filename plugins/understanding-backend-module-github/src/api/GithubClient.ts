import {
  GithubCredentialsProvider,
  SingleInstanceGithubCredentialsProvider,
} from '@backstage/integration';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import {
  ChangeHostError,
  HostCallOptions,
} from '@understanding-dev/backstage-plugin-understanding-node';
import Bottleneck from 'bottleneck';
import { z } from 'zod';
import { GithubInstance } from '../config';
import { statusOf, toChangeHostError } from './errors';

/** Options of {@link GithubClient}. */
export interface GithubClientOptions {
  readonly instance: GithubInstance;
  readonly now: () => Date;
  /** How long a second of waiting lasts, in ms; tests have shorter ones. */
  readonly second: number;
}

/** Who asks: sent with each request, and never part of a message. */
export interface Asker {
  readonly type: 'app' | 'token';
  /** Absent where nothing is configured that would know the owner. */
  readonly token?: string;
}

/** One answer, and what asks for the next page. */
export interface Page<T> {
  readonly data: T;
  readonly next?: Readonly<Record<string, string>>;
}

/** A request, as in GitHub's reference, e.g. `GET /repos/{owner}/{repo}/pulls`. */
export interface Question<T> {
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly answer: z.ZodType<T>;
}

const PER_PAGE = 100;

// GitHub asks for a second between requests that create something. Asking for a
// delivery creates nothing: 150 a minute of 5 points stay below its 900 points.
const SECONDS_BETWEEN_WRITES = 1;
const SECONDS_BETWEEN_APP_WRITES = 0.4;

const Client = Octokit.plugin(count, throttling, retry);

/**
 * Asks one GitHub, in the pace that it asks for. What it could not answer is asked
 * twice more; a limit ends the request at once, since its caller knows how to wait.
 */
export class GithubClient {
  readonly #instance: GithubInstance;
  readonly #credentials: GithubCredentialsProvider;
  readonly #now: () => Date;
  readonly #client: Octokit;
  readonly #appClient: Octokit;

  static create(options: GithubClientOptions): GithubClient {
    return new GithubClient(options);
  }

  private constructor(options: GithubClientOptions) {
    const { instance, now, second } = options;
    this.#instance = instance;
    this.#credentials =
      SingleInstanceGithubCredentialsProvider.create(instance);
    this.#now = now;
    this.#client = createClient(instance, second, SECONDS_BETWEEN_WRITES);
    this.#appClient = createClient(
      instance,
      second,
      SECONDS_BETWEEN_APP_WRITES,
    );
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

  /** Who may ask about the repositories of an owner. */
  async askerFor(owner: string): Promise<Asker> {
    try {
      // Not of a repository: its name is compared with its capitals, and ours has none.
      const { type, token } = await this.#credentials.getCredentials({
        url: `https://${this.host}/${owner}`,
      });
      return { type, token };
    } catch (error) {
      if (statusOf(error) !== undefined) {
        throw error;
      }
      throw new ChangeHostError(
        'forbidden',
        `No App of integrations.github may act for the owner on ${this.host}`,
      );
    }
  }

  async ask<T>(
    question: Question<T>,
    asker: Asker,
    options: HostCallOptions,
  ): Promise<Page<T>> {
    return this.#ask(this.#client, question, asker.token, options);
  }

  /** Asks page by page, up to a number of pages; 100 items a page. */
  async *pages<T>(
    question: Question<T>,
    most: number,
    asker: Asker,
    options: HostCallOptions,
  ): AsyncGenerator<T> {
    yield* eachPage(question, most, paged => this.ask(paged, asker, options));
  }

  /** Asks as an App itself, rather than as one of its installations. */
  async askAsApp<T>(
    question: Question<T>,
    appId: number,
    options: HostCallOptions,
  ): Promise<Page<T>> {
    const token = await this.#appToken(appId);
    return this.#ask(this.#appClient, question, token, options);
  }

  async *pagesAsApp<T>(
    question: Question<T>,
    most: number,
    appId: number,
    options: HostCallOptions,
  ): AsyncGenerator<T> {
    yield* eachPage(question, most, paged =>
      this.askAsApp(paged, appId, options),
    );
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

  async #ask<T>(
    client: Octokit,
    question: Question<T>,
    token: string | undefined,
    options: HostCallOptions,
  ): Promise<Page<T>> {
    const { signal, onRequest } = options;
    const response = await client.request(question.route, {
      ...question.parameters,
      headers: {
        'x-github-api-version': '2022-11-28',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      request: { signal, onRequest },
    });
    return {
      data: question.answer.parse(response.data),
      next: nextPage(response.headers.link),
    };
  }
}

async function* eachPage<T>(
  question: Question<T>,
  most: number,
  ask: (question: Question<T>) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let next: Page<T>['next'] = {};
  for (let page = 0; next && page < most; page += 1) {
    const answer: Page<T> = await ask({
      ...question,
      parameters: { ...question.parameters, per_page: PER_PAGE, ...next },
    });
    yield answer.data;
    next = answer.next;
  }
}

/**
 * What the header `link` adds to a request for the next page. Only that: the rest of
 * the address stays ours, and with it where the credentials go.
 */
function nextPage(link: string | undefined): Page<unknown>['next'] {
  const url = /<([^<>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  if (!url || !URL.canParse(url)) {
    return undefined;
  }
  const next = [...new URL(url).searchParams].filter(([name]) =>
    ['page', 'cursor'].includes(name),
  );
  return next.length > 0 ? Object.fromEntries(next) : undefined;
}

function createClient(
  instance: GithubInstance,
  second: number,
  secondsBetweenWrites: number,
): Octokit {
  return new Client({
    baseUrl: instance.apiBaseUrl,
    userAgent: 'understanding',
    log: SILENT,
    request: { log: SILENT },
    retry: {
      retries: 2,
      retryAfterBaseValue: second,
      doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451],
    },
    throttle: {
      id: instance.host,
      write: new Bottleneck.Group({
        maxConcurrent: 1,
        minTime: secondsBetweenWrites * second,
      }),
      onRateLimit: () => false,
      onSecondaryRateLimit: () => false,
    },
  });
}

// Octokit logs addresses and GitHub's words; callers know what to log.
const SILENT = {
  debug() {},
  info() {},
  warn() {},
  error() {},
};

/** A plugin of Octokit, the innermost one, so that it sees each attempt. */
function count(octokit: Octokit): void {
  octokit.hook.before('request', ({ request }) => {
    request?.signal?.throwIfAborted();
    request?.onRequest?.();
  });
}
