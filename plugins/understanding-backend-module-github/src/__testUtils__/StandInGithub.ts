import {
  Answer,
  ReceivedRequest,
  ScriptedAnswer,
  ScriptedServer,
} from './ScriptedServer';
import { Checks, answerOfChecks } from './standInChecks';
import { APP, INSTALLATION_TOKEN, TOKEN, mayAsk } from './standInCredentials';

type Json = Record<string, unknown>;

/** A pull request, in the words of GitHub's API. */
export interface StandInPull {
  readonly json: Json;
  readonly files: Json[];
  readonly commits: Json[];
  readonly reviews: Json[];
}

export interface StandInDelivery {
  readonly id: number;
  readonly guid: string;
  readonly delivered_at: string;
  readonly redelivery: boolean;
  readonly status_code: number;
}

interface Repository extends Checks {
  readonly id: number;
  fullName: string;
  readonly pulls: StandInPull[];
  /** Entries of merge queues, by branch. */
  readonly queues: Map<string, readonly Json[]>;
}

type Handler = (
  match: RegExpExecArray,
  request: ReceivedRequest,
  query: URLSearchParams,
) => Answer;

const NOT_FOUND = { status: 404, body: { message: 'Not wordsOfTheStandIn' } };

/**
 * A server on this machine that answers as GitHub's REST API does, as far as it is asked
 * here: who may ask, pages, renames, limits of texts. Tests fill it, script its faults,
 * and look at what it was asked.
 */
export class StandInGithub {
  /** The newest first. */
  readonly deliveries: StandInDelivery[] = [];
  /** Rather than for the repositories that were chosen, which are all as well. */
  isInstalledForAll = true;
  /** Whether commits can be compared, as those of forks that are gone cannot. */
  isComparable = true;
  /** What accounts may do with all repositories. */
  readonly permissions = new Map<string, string>();
  /** What becomes of a delivery that is sent again. */
  redeliveryStatus = 200;
  /** When it is sent again. */
  now = new Date('2026-03-10T12:00:00Z');
  /** What the contents of a path are, by commit or branch, and path. */
  readonly contents = new Map<string, unknown>();
  readonly #repositories: Repository[] = [];
  readonly #renamed = new Map<string, Repository>();
  #server!: ScriptedServer;
  #lastId = 1_000;

  static async start(): Promise<StandInGithub> {
    const github = new StandInGithub();
    github.#server = await ScriptedServer.start({
      answer: request => github.#answer(request),
      ignores: ({ path }) => /^\/(app\/)?installation/.test(path),
    });
    return github;
  }

  private constructor() {}

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** All that was asked, apart from credentials. */
  get requests(): readonly ReceivedRequest[] {
    return this.#server.requests;
  }

  /** The next requests, apart from those for credentials, are answered by these. */
  answerNext(...answers: ScriptedAnswer[]): void {
    this.#server.answerNext(...answers);
  }

  /** An item of `integrations.github`, with an App or a token that may do all. */
  integration(credentials: 'app' | 'token' | 'none') {
    return {
      host: 'github.com',
      apiBaseUrl: this.#server.url,
      ...(credentials === 'token' && { token: TOKEN }),
      ...(credentials === 'app' && { apps: [APP] }),
    };
  }

  /** Texts that must not get anywhere but to GitHub. */
  get secrets(): readonly string[] {
    return [INSTALLATION_TOKEN, TOKEN, 'PRIVATE KEY', 'wordsOfTheStandIn'];
  }

  /** @param fullName - the App is installed for its owner, and may read all of them */
  addRepository(fullName: string): void {
    this.#repositories.push({
      id: this.#nextId(),
      fullName,
      pulls: [],
      queues: new Map(),
      checkRuns: [],
      statuses: [],
    });
  }

  /** Its former name leads to it from now on. */
  renameRepository(from: string, to: string): void {
    const repository = this.#repository(from);
    repository.fullName = to;
    this.#renamed.set(from.toLowerCase(), repository);
  }

  /** @param overrides - of the fields of GitHub's pull requests */
  openPull(fullName: string, overrides: Json = {}): StandInPull {
    const repository = this.#repository(fullName);
    const number = repository.pulls.length + 1;
    const pull: StandInPull = {
      json: {
        id: this.#nextId(),
        number,
        html_url: `https://github.com/${fullName}/pull/${number}`,
        title: `Change ${number}`,
        body: null,
        user: { login: 'Ada', type: 'User' },
        head: { sha: sha(number), ref: 'change', repo: null },
        state: 'open',
        draft: false,
        labels: [],
        requested_reviewers: [],
        created_at: '2026-03-01T10:00:00Z',
        updated_at: '2026-03-01T10:00:00Z',
        merged_at: null,
        merge_commit_sha: null,
        ...overrides,
      },
      files: [],
      commits: [],
      reviews: [],
    };
    repository.pulls.push(pull);
    return pull;
  }

  /** @param entries - in the words of GitHub's GraphQL */
  queue(fullName: string, branch: string, entries: readonly Json[]): void {
    this.#repository(fullName).queues.set(branch, entries);
  }

  checkRuns(fullName: string): readonly Json[] {
    return this.#repository(fullName).checkRuns;
  }

  statuses(fullName: string): readonly Json[] {
    return this.#repository(fullName).statuses;
  }

  addDelivery(delivery: { guid: string; at: Date; status: number }): void {
    this.#deliver(delivery, false);
  }

  /** Sends a delivery again, as its owner may do by hand. */
  redeliver(id: number): Answer {
    const delivery = this.deliveries.find(each => each.id === id);
    if (!delivery) {
      return NOT_FOUND;
    }
    this.#deliver(
      { guid: delivery.guid, at: this.now, status: this.redeliveryStatus },
      true,
    );
    return { status: 202, body: {} };
  }

  #answer(request: ReceivedRequest): Answer {
    const url = new URL(request.path, this.#server.url);
    if (!mayAsk(request.authorization, url.pathname)) {
      return { status: 401, body: { message: 'Bad wordsOfTheStandIn' } };
    }
    for (const [route, handle] of this.#routes) {
      const match = route.exec(`${request.method} ${url.pathname}`);
      if (match) {
        return handle(match, request, url.searchParams);
      }
    }
    return NOT_FOUND;
  }

  readonly #routes: readonly [RegExp, Handler][] = [
    [/^GET \/app\/installations$/, () => ({ body: this.#installations() })],
    [
      /^POST \/app\/installations\/\d+\/access_tokens$/,
      () => ({
        status: 201,
        body: {
          token: INSTALLATION_TOKEN,
          expires_at: '2999-01-01T00:00:00Z',
          repository_selection: this.isInstalledForAll ? 'all' : 'selected',
        },
      }),
    ],
    [
      /^GET \/installation\/repositories$/,
      () => ({
        body: this.#repositories.map(({ fullName }) => ({
          name: fullName.split('/')[1],
        })),
      }),
    ],
    [
      /^GET \/app\/hook\/deliveries$/,
      (_match, _request, query) => this.#pageOfDeliveries(query),
    ],
    [
      /^POST \/app\/hook\/deliveries\/(\d+)\/attempts$/,
      ([, id]) => this.redeliver(Number(id)),
    ],
    [/^POST \/graphql$/, (_match, { body }) => this.#query(body)],
    [
      /^(?:GET|POST|PATCH) \/repos\/([^/]+\/[^/]+)(\/.*)$/,
      ([, name, rest], request, query) =>
        this.#inRepository(name, rest, request, query),
    ],
  ];

  #inRepository(
    name: string,
    rest: string,
    request: ReceivedRequest,
    query: URLSearchParams,
  ): Answer {
    const moved = this.#renamed.get(name.toLowerCase());
    if (moved) {
      const location = `${this.#server.url}/repos/${moved.fullName}${rest}`;
      return { status: 301, headers: { location } };
    }
    const repository = this.#find(name);
    if (!repository) {
      return NOT_FOUND;
    }
    const pull = /^\/pulls\/(\d+)(?:\/(files|commits|reviews))?$/.exec(rest);
    if (pull) {
      const found = repository.pulls[Number(pull[1]) - 1];
      const part = pull[2] as 'files' | 'commits' | 'reviews' | undefined;
      if (!found) {
        return NOT_FOUND;
      }
      return part
        ? this.#page(
            // Of more, GitHub lists the first ones.
            part === 'commits' ? found[part].slice(0, 250) : found[part],
            query,
            `/repos/${name}${rest}`,
          )
        : {
            body: {
              ...pullJson(repository, found),
              changed_files: found.json.changed_files ?? found.files.length,
              commits: found.json.commits ?? found.commits.length,
            },
          };
    }
    const compared = /^\/compare\/\w+\.\.\.(\w+)$/.exec(rest)?.[1];
    if (compared && !this.isComparable) {
      return NOT_FOUND;
    }
    if (compared) {
      const found = repository.pulls.find(
        each => (each.json.head as Json).sha === compared,
      );
      const { body, ...answer } = this.#page(
        found?.commits ?? [],
        query,
        `/repos/${name}${rest}`,
      );
      return { ...answer, body: { commits: body } };
    }
    const path = /^\/contents\/(.+)$/.exec(rest)?.[1];
    if (path) {
      const at = `${query.get('ref')} ${decodeURIComponent(path)}`;
      return this.contents.has(at)
        ? { body: this.contents.get(at) as Json }
        : NOT_FOUND;
    }
    const [, login] = /^\/collaborators\/([^/]+)\/permission$/.exec(rest) ?? [];
    if (login) {
      const permission = this.permissions.get(login);
      return permission ? { body: { permission } } : NOT_FOUND;
    }
    if (rest === '/pulls') {
      const newest = repository.pulls
        .map(each => pullJson(repository, each))
        .sort((one, other) =>
          String(other.updated_at).localeCompare(String(one.updated_at)),
        );
      return this.#page(newest, query, `/repos/${name}/pulls`);
    }
    return answerOfChecks(repository, rest, request, () => this.#nextId());
  }

  #query(body: Json): Answer {
    const { owner, repo, branch } = body.variables as Record<string, string>;
    const repository = this.#find(`${owner}/${repo}`);
    if (!repository) {
      return { body: { data: null, errors: [{ type: 'NOT_FOUND' }] } };
    }
    const nodes = repository.queues.get(branch);
    const mergeQueue = nodes ? { entries: { nodes } } : null;
    const found = { databaseId: repository.id, mergeQueue };
    return { body: { data: { repository: found } } };
  }

  #installations(): Json[] {
    const owners = this.#repositories.map(
      ({ fullName }) => fullName.split('/')[0],
    );
    return [...new Set(owners)].map((login, index) => ({
      id: index + 1,
      account: { login },
      suspended_by: null,
    }));
  }

  #deliver(
    { guid, at, status }: { guid: string; at: Date; status: number },
    redelivery: boolean,
  ): void {
    this.deliveries.unshift({
      id: this.#nextId(),
      guid,
      delivered_at: `${at.toISOString().slice(0, 19)}Z`,
      redelivery,
      status_code: status,
    });
  }

  #page(
    items: readonly unknown[],
    query: URLSearchParams,
    path: string,
  ): Answer {
    const size = Number(query.get('per_page') ?? 30);
    const page = Number(query.get('page') ?? 1);
    const next = new URLSearchParams(query);
    next.set('page', String(page + 1));
    return {
      body: items.slice((page - 1) * size, page * size),
      headers:
        items.length > page * size
          ? { link: `<${this.#server.url}${path}?${next}>; rel="next"` }
          : {},
    };
  }

  /** A cursor stays where it is when more is delivered meanwhile. */
  #pageOfDeliveries(query: URLSearchParams): Answer {
    const size = Number(query.get('per_page') ?? 30);
    const from = Number(query.get('cursor')?.replace('v1_', '') ?? Infinity);
    const rest = this.deliveries.filter(({ id }) => id <= from);
    const link = `<${
      this.#server.url
    }/app/hook/deliveries?per_page=${size}&cursor=v1_${
      rest[size]?.id
    }>; rel="next"`;
    return {
      body: rest.slice(0, size),
      headers: rest.length > size ? { link } : {},
    };
  }

  #find(fullName: string): Repository | undefined {
    return this.#repositories.find(
      each => each.fullName.toLowerCase() === fullName.toLowerCase(),
    );
  }

  #repository(fullName: string): Repository {
    const repository = this.#find(fullName);
    if (!repository) {
      throw new Error(`There is no repository ${fullName}`);
    }
    return repository;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/** A made up sha that is another one for each number. */
export function sha(number: number): string {
  return number.toString(16).padStart(40, '0');
}

function pullJson(repository: Repository, pull: StandInPull): Json {
  return {
    ...pull.json,
    base: {
      ref: 'main',
      sha: sha(0xba5e),
      repo: { id: repository.id, full_name: repository.fullName },
    },
  };
}
