import { Octokit } from '@octokit/core';
import { HostCallOptions } from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';

/** A request, as in GitHub's reference, e.g. `GET /repos/{owner}/{repo}/pulls`. */
export interface Question<T> {
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly answer: z.ZodType<T>;
}

/** A query of GraphQL. */
export interface Query<T> {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly answer: z.ZodType<T>;
}

/** An answer, and what the request for the next page has beside its parameters. */
export interface Page<T> {
  readonly data: T;
  readonly next?: Readonly<Record<string, string>>;
}

/** Options of {@link GithubSession}. */
export interface GithubSessionOptions extends HostCallOptions {
  readonly octokit: Octokit;
  /** The token of the next request; undefined where there is none. */
  readonly token: () => Promise<string | undefined>;
}

/** Requests that belong together: by one asker, for one call. */
export class GithubSession {
  readonly #options: GithubSessionOptions;

  static create(options: GithubSessionOptions): GithubSession {
    return new GithubSession(options);
  }

  private constructor(options: GithubSessionOptions) {
    this.#options = options;
  }

  /** @throws ZodError where the answer is not what the question says */
  async ask<T>(question: Question<T>): Promise<Page<T>> {
    const response = await this.#options.octokit.request(question.route, {
      ...question.parameters,
      ...(await this.#common()),
    });
    return {
      data: question.answer.parse(response.data),
      next: nextOf(response.headers.link),
    };
  }

  /** @throws ZodError where the answer is not what the query says */
  async query<T>({ query, variables, answer }: Query<T>): Promise<T> {
    const common = await this.#common();
    return answer.parse(
      await this.#options.octokit.graphql(query, { ...variables, ...common }),
    );
  }

  /** What every request has beside its parameters. */
  async #common() {
    const { signal, onRequest } = this.#options;
    const token = await this.#options.token();
    return {
      headers: {
        'x-github-api-version': '2022-11-28',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      request: { signal, onRequest },
    };
  }

  /** Asks for page after page of 100 items, up to a number of pages. */
  async *pages<T>(question: Question<T>, most: number): AsyncGenerator<T> {
    let next: Page<T>['next'] = {};
    for (let page = 0; next && page < most; page += 1) {
      const answer: Page<T> = await this.ask({
        ...question,
        parameters: { ...question.parameters, per_page: 100, ...next },
      });
      yield answer.data;
      next = answer.next;
    }
  }
}

/**
 * What the header `link` adds to a request for the next page. Only that: the rest of
 * the address stays ours, and with it where the token goes.
 */
function nextOf(link: string | undefined): Page<unknown>['next'] {
  const url = /<([^<>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
  if (!url || !URL.canParse(url)) {
    return undefined;
  }
  const next = [...new URL(url).searchParams].filter(([name]) =>
    ['page', 'cursor'].includes(name),
  );
  return next.length > 0 ? Object.fromEntries(next) : undefined;
}
