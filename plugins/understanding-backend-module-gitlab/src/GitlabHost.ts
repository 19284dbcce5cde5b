import {
  ChangeReading,
  HostRepository,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ChangeHost,
  ChangeHostError,
  ChangePage,
  CloneAddress,
  Delivery,
  DeliveryHeaders,
  HookRequest,
  HostCallOptions,
  HostCheck,
  HostFileContent,
  HostFileQuery,
  ParsedDelivery,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { z } from 'zod';
import { mergeRequestSchema, toChange } from './api/answers';
import { GitlabApi } from './api/GitlabApi';
import { mayReview } from './api/mayReview';
import { projectPath, readChange } from './api/readChange';
import { readFile } from './api/readFile';
import { showsCheck, writeCheck } from './api/writeCheck';
import { GitlabConfig, HookSecrets } from './config';
import { parseDelivery } from './deliveries/parseDelivery';
import { verifyDelivery } from './deliveries/verifyDelivery';
import { repositorySchema } from './schemas';

/**
 * The GitLab instances of `integrations.gitlab`.
 *
 * @remarks
 *
 * There is no `requestRedelivery`. GitLab tells the deliveries of each hook of each
 * project apart, resends five a minute, and lets maintainers of that project alone do
 * it: for an instance of a thousand projects, asking what failed would take longer than
 * `listChanges` takes to read what was missed.
 */
export class GitlabHost implements ChangeHost {
  readonly id = 'gitlab';
  readonly instances: readonly string[];
  readonly #apis: ReadonlyMap<string, GitlabApi>;
  readonly #secrets: HookSecrets;
  readonly #now: () => Date;

  static create(options: GitlabConfig & { now: () => Date }): GitlabHost {
    const { integrations, credentials, secrets, now } = options;
    const apis = integrations.map(integration =>
      GitlabApi.create({ integration, credentials }),
    );
    return new GitlabHost(apis, secrets, now);
  }

  private constructor(
    apis: readonly GitlabApi[],
    secrets: HookSecrets,
    now: () => Date,
  ) {
    this.#apis = new Map(apis.map(api => [api.host, api]));
    this.#secrets = secrets;
    this.#now = now;
    this.instances = [...this.#apis.keys()];
  }

  verify(request: HookRequest): DeliveryHeaders | undefined {
    return verifyDelivery(request, this.#secrets, this.#now());
  }

  parse(delivery: Delivery): ParsedDelivery {
    return parseDelivery(delivery, this.instances);
  }

  async readChange(
    change: HostRepository & { readonly number: number },
    options: HostCallOptions,
  ): Promise<ChangeReading | undefined> {
    return readChange(this.#apiOf(change), change, options);
  }

  async listChanges(
    query: HostRepository & { readonly cursor?: string },
    options: HostCallOptions,
  ): Promise<ChangePage> {
    const api = this.#apiOf(query);
    const { value, nextPage } = await api.get(
      z.array(mergeRequestSchema),
      {
        path: `${projectPath(query.repository)}/merge_requests`,
        query: {
          scope: 'all',
          state: 'all',
          order_by: 'updated_at',
          sort: 'desc',
          per_page: '100',
          page: query.cursor ?? '1',
        },
      },
      options,
    );
    return {
      changes: value.flatMap(one => toChange(one, api.host) ?? []),
      nextCursor: nextPage,
    };
  }

  async readFile(
    query: HostFileQuery,
    options: HostCallOptions,
  ): Promise<HostFileContent | undefined> {
    return readFile(this.#apiOf(query), query, options);
  }

  async cloneAddress(repository: HostRepository): Promise<CloneAddress> {
    const api = this.#apiOf(repository);
    const token = await api.token();
    const basic = Buffer.from(`oauth2:${token}`).toString('base64');
    return {
      url: `${api.baseUrl}/${repository.repository}.git`,
      headers: token ? { authorization: `Basic ${basic}` } : {},
    };
  }

  async mayReview(
    account: HostRepository & { readonly login: string },
    options: HostCallOptions,
  ): Promise<boolean> {
    return mayReview(this.#apiOf(account), account, options);
  }

  async writeCheck(check: HostCheck, options: HostCallOptions): Promise<void> {
    await writeCheck(this.#apiOf(check), check, options);
  }

  async showsCheck(
    check: HostCheck,
    options: HostCallOptions,
  ): Promise<boolean> {
    return showsCheck(this.#apiOf(check), check, options);
  }

  #apiOf({ host, repository }: HostRepository): GitlabApi {
    const api = this.#apis.get(host);
    // Catalog files name repositories, and a path of another form leads elsewhere.
    if (!api || !repositorySchema.safeParse(repository).success) {
      throw new ChangeHostError(
        'not-found',
        api
          ? `The repository is not a path of a project on ${host}`
          : `${host} is not one of integrations.gitlab`,
      );
    }
    return api;
  }
}
