import { InputError } from '@backstage/errors';
import {
  ChangeReading,
  HostMergeGroup,
  HostRepository,
} from '@understanding-dev/backstage-plugin-understanding-common';
import {
  ChangeHost,
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
import { GithubClient } from './api/GithubClient';
import { listChanges, ownerAndRepo, readChange } from './api/changes';
import { showsCheck, writeCheck } from './api/checks';
import { readFile } from './api/files';
import { listMergeGroups } from './api/mergeGroups';
import { mayReview } from './api/permissions';
import { Redelivery } from './api/Redelivery';
import { GithubSettings } from './config';
import { createDeliveryParser } from './deliveries/parser';
import { isSigned } from './deliveries/signature';

/** Options of {@link GithubHost}. */
export interface GithubHostOptions extends GithubSettings {
  readonly now: () => Date;
  /** How long a second of waiting lasts, in ms; tests have shorter ones. */
  readonly second?: number;
}

/** GitHub, as one host of changes: github.com and GitHub Enterprise alike. */
export class GithubHost implements ChangeHost {
  readonly id = 'github';
  readonly instances: readonly string[];
  readonly parse: (delivery: Delivery) => ParsedDelivery;
  /** Absent where only tokens are configured: those may not ask for it. */
  readonly requestRedelivery?: ChangeHost['requestRedelivery'];
  readonly #secrets: readonly string[];
  readonly #clients: ReadonlyMap<string, GithubClient>;

  static create(options: GithubHostOptions): GithubHost {
    return new GithubHost(options);
  }

  private constructor(options: GithubHostOptions) {
    const { instances, secrets, now, second = 1_000 } = options;
    this.instances = instances.map(({ host }) => host);
    this.parse = createDeliveryParser(
      new Map(
        instances.map(({ host, apps = [] }) => [
          host,
          apps.map(app => app.appId),
        ]),
      ),
    );
    this.#secrets = secrets;
    this.#clients = new Map(
      instances.map(instance => [
        instance.host,
        GithubClient.create({ instance, now, second }),
      ]),
    );
    if (instances.some(({ apps = [] }) => apps.length > 0)) {
      const redeliveries = new Map(
        [...this.#clients].map(([host, client]) => [
          host,
          Redelivery.create({ client, now }),
        ]),
      );
      this.requestRedelivery = ({ host, since }, callOptions) =>
        this.#asking(
          host,
          callOptions,
          async () => redeliveries.get(host)?.request(since, callOptions) ?? 0,
        );
    }
  }

  verify(request: HookRequest): DeliveryHeaders | undefined {
    const { headers, body } = request;
    const authentic =
      this.#secrets.length === 0 ||
      isSigned(body, headers['x-hub-signature-256'], this.#secrets);
    return authentic
      ? {
          deliveryId: headers['x-github-delivery'],
          event: headers['x-github-event'] ?? '',
        }
      : undefined;
  }

  async readChange(
    change: HostRepository & { readonly number: number },
    options: HostCallOptions,
  ): Promise<ChangeReading | undefined> {
    return this.#asking(change.host, options, client =>
      readChange(client, change, options),
    );
  }

  async listChanges(
    query: HostRepository & { readonly cursor?: string },
    options: HostCallOptions,
  ): Promise<ChangePage> {
    return this.#asking(query.host, options, client =>
      listChanges(client, query, options),
    );
  }

  async readFile(
    query: HostFileQuery,
    options: HostCallOptions,
  ): Promise<HostFileContent | undefined> {
    return this.#asking(query.host, options, client =>
      readFile(client, query, options),
    );
  }

  async cloneAddress(
    repository: HostRepository,
    options: HostCallOptions,
  ): Promise<CloneAddress> {
    return this.#asking(
      repository.host,
      options,
      async (client): Promise<CloneAddress> => {
        const { owner, repo } = ownerAndRepo(repository);
        const { token } = await client.credentialsFor(owner);
        return {
          url: `https://${client.host}/${owner}/${repo}.git`,
          headers: token ? { authorization: basic(token) } : {},
        };
      },
    );
  }

  async mayReview(
    account: HostRepository & { readonly login: string },
    options: HostCallOptions,
  ): Promise<boolean> {
    return this.#asking(account.host, options, client =>
      mayReview(client, account, options),
    );
  }

  async writeCheck(check: HostCheck, options: HostCallOptions): Promise<void> {
    return this.#asking(check.host, options, client =>
      writeCheck(client, check, options),
    );
  }

  async showsCheck(
    check: HostCheck,
    options: HostCallOptions,
  ): Promise<boolean> {
    return this.#asking(check.host, options, client =>
      showsCheck(client, check, options),
    );
  }

  async listMergeGroups(
    query: HostRepository & { readonly branch: string },
    options: HostCallOptions,
  ): Promise<readonly HostMergeGroup[]> {
    return this.#asking(query.host, options, client =>
      listMergeGroups(client, query, options),
    );
  }

  async #asking<T>(
    host: string,
    options: HostCallOptions,
    ask: (client: GithubClient) => Promise<T>,
  ): Promise<T> {
    const client = this.#clients.get(host);
    if (!client) {
      throw new InputError(`integrations.github has no ${host}`);
    }
    return client.asking(options.signal, () => ask(client));
  }
}

/** As GitHub takes tokens from git: both an App's and a person's. */
function basic(token: string): string {
  return `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
}
