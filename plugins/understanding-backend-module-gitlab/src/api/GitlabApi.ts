import {
  GitLabIntegration,
  GitlabCredentialsProvider,
} from '@backstage/integration';
import {
  ChangeHostError,
  HostCallOptions,
  parseJsonBody,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { problemOf } from '../schemas';

/** An answer of a hundred diffs, each as large as GitLab lets it be, is smaller. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** A project that was renamed or moved is found under its new address. */
const MAX_REDIRECTS = 2;
const SECONDS = /^\d{1,6}$/;

export interface Request {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Posted as JSON; without one, it is a GET. */
  readonly body?: object;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined unless it is JSON. */
  readonly value: unknown;
}

/**
 * The REST API of one GitLab instance.
 *
 * It asks through Backstage's integration, which spaces requests out as
 * `integrations.gitlab[].retry.maxApiRequestsPerMinute` says. Whatever fails is not
 * tried again here: the one who calls does that, after a longer wait than a request can
 * be kept open, and counts each request. (The client library gitbeaker sends again ten
 * times within the second, whatever `Retry-After` says, and takes no signal.)
 */
export class GitlabApi {
  readonly #integration: GitLabIntegration;
  readonly #credentials: GitlabCredentialsProvider;

  static create(options: {
    integration: GitLabIntegration;
    credentials: GitlabCredentialsProvider;
  }): GitlabApi {
    const { config } = options.integration;
    const integration = new GitLabIntegration({
      ...config,
      retry: config.retry && { ...config.retry, maxRetries: 0 },
    });
    return new GitlabApi(integration, options.credentials);
  }

  private constructor(
    integration: GitLabIntegration,
    credentials: GitlabCredentialsProvider,
  ) {
    this.#integration = integration;
    this.#credentials = credentials;
  }

  get host(): string {
    return this.#integration.config.host.toLowerCase();
  }

  /** Where people and git find its projects. */
  get baseUrl(): string {
    return this.#integration.config.baseUrl;
  }

  /** The access token, where there is one; without, only what is public can be read. */
  async token(): Promise<string | undefined> {
    const { token } = await this.#credentials.getCredentials({
      url: `https://${this.#integration.config.host}`,
    });
    return token;
  }

  /** @throws ChangeHostError for any answer but a good one of that form */
  async get<S extends z.ZodType>(
    schema: S,
    request: Request,
    options: HostCallOptions,
  ): Promise<{ value: z.output<S>; nextPage?: string }> {
    const answer = await this.ask(request, options);
    return {
      value: this.parse(schema, answer),
      nextPage: answer.headers.get('x-next-page') || undefined,
    };
  }

  /** @throws ChangeHostError for any answer but a good one of that form */
  parse<S extends z.ZodType>(schema: S, answer: Answer): z.output<S> {
    if (answer.status !== 200) {
      throw this.errorOf(answer);
    }
    const parsed = schema.safeParse(answer.value);
    if (!parsed.success) {
      throw this.#unavailable(
        `gave an unexpected answer (${problemOf(parsed.error)})`,
      );
    }
    return parsed.data;
  }

  /** @throws ChangeHostError when there is no answer */
  async ask(request: Request, options: HostCallOptions): Promise<Answer> {
    const { apiBaseUrl } = this.#integration.config;
    const query = new URLSearchParams(request.query).toString();
    let url = `${apiBaseUrl}${request.path}${query && `?${query}`}`;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const answer = await this.#send(url, request.body, options);
      const location = answer.headers.get('location');
      if (answer.status < 300 || answer.status > 399 || !location) {
        return answer;
      }
      url = URL.canParse(location, url) ? new URL(location, url).href : '';
      // Credentials go nowhere else, whatever an answer says.
      if (request.body || !url.startsWith(`${apiBaseUrl}/`)) {
        break;
      }
    }
    throw this.#unavailable('led elsewhere');
  }

  async #send(
    url: string,
    body: object | undefined,
    options: HostCallOptions,
  ): Promise<Answer> {
    const token = await this.token();
    const { signal } = options;
    options.onRequest();
    try {
      const response = await orAborted(
        this.#integration.fetch(url, {
          method: body ? 'POST' : 'GET',
          headers: {
            accept: 'application/json',
            ...(token && { authorization: `Bearer ${token}` }),
            ...(body && { 'content-type': 'application/json' }),
          },
          body: body && JSON.stringify(body),
          redirect: 'manual',
          signal,
        }),
        signal,
      );
      const json = parseJsonBody(await this.#bytesOf(response));
      return {
        status: response.status,
        headers: response.headers,
        value: 'value' in json ? json.value : undefined,
      };
    } catch (error) {
      throw error instanceof ChangeHostError
        ? error
        : this.#unavailable(
            signal.aborted
              ? 'was given up before it answered'
              : `gave no answer (${codeOf(error)})`,
          );
    }
  }

  async #bytesOf(response: Response): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      if (length > MAX_ANSWER_BYTES) {
        throw this.#unavailable('gave an answer that is too large');
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  /** What an answer that is not a good one says. */
  errorOf({ status, headers }: Answer): ChangeHostError {
    const text = `${this.host} answered ${status}`;
    switch (status) {
      case 401:
      case 403:
        return new ChangeHostError('forbidden', text);
      case 404:
      case 405: // A project that has another name now is only read under the old one.
        return new ChangeHostError('not-found', text);
      case 429: {
        const after = headers.get('retry-after') ?? '';
        return new ChangeHostError(
          'rate-limited',
          text,
          SECONDS.test(after) ? Number(after) : undefined,
        );
      }
      default:
        return new ChangeHostError('unavailable', text);
    }
  }

  #unavailable(what: string): ChangeHostError {
    return new ChangeHostError('unavailable', `${this.host} ${what}`);
  }
}

/** Where requests are spaced out, one waits before it heeds its signal. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

/** The code of an error, such as ECONNRESET; its text may hold an address. */
function codeOf(error: unknown): string {
  const { code, cause } = error as {
    code?: unknown;
    cause?: { code?: unknown };
  };
  const found = cause?.code ?? code;
  return typeof found === 'string' ? found : 'no reason';
}
