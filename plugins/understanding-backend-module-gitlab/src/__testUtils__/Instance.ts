import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { ChangeReading } from '@understanding-dev/backstage-plugin-understanding-common';
import { HostCallOptions } from '@understanding-dev/backstage-plugin-understanding-node';
import { readGitlabConfig } from '../config';
import { GitlabHost } from '../GitlabHost';
import { standInMergeRequest } from './answers';
import { REPOSITORY } from './expected';
import { HOST } from './payloads';
import { StandInGitlab, StandInMergeRequest } from './StandInGitlab';

/** A GitLab with one merge request, the host that asks it, and a count of requests. */
export class Instance {
  readonly gitlab: StandInGitlab;
  readonly host: GitlabHost;
  counted = 0;

  static async start(): Promise<Instance> {
    const gitlab = new StandInGitlab();
    await gitlab.listen();
    return new Instance(gitlab);
  }

  private constructor(gitlab: StandInGitlab) {
    this.gitlab = gitlab;
    this.host = this.hostWith({});
    this.has({});
  }

  hostWith(integration: JsonObject): GitlabHost {
    const { url, token } = this.gitlab;
    const config = readGitlabConfig(
      mockServices.rootConfig({
        data: {
          integrations: {
            gitlab: [
              {
                host: HOST,
                apiBaseUrl: url,
                baseUrl: `https://${HOST}`,
                token,
                ...integration,
              },
            ],
          },
          understanding: {
            gitlab: { webhookTokens: ['a-token-of-this-test'] },
          },
        },
      }),
    );
    return GitlabHost.create({ ...config!, now: () => new Date() });
  }

  /** Replaces the merge requests by these. */
  has(...mergeRequests: Partial<StandInMergeRequest>[]): void {
    this.gitlab.projects.set(
      'acme/shop',
      mergeRequests.map(standInMergeRequest),
    );
  }

  options(more: Partial<HostCallOptions> = {}): HostCallOptions {
    return {
      signal: AbortSignal.timeout(10_000),
      onRequest: () => {
        this.counted++;
      },
      ...more,
    };
  }

  read(
    more: Partial<HostCallOptions> = {},
    number = 7,
  ): Promise<ChangeReading | undefined> {
    return this.host.readChange({ ...REPOSITORY, number }, this.options(more));
  }

  stop(): Promise<void> {
    return this.gitlab.close();
  }
}
