import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  GithubIntegrationConfig,
  ScmIntegrations,
} from '@backstage/integration';

/** A GitHub whose API is known. */
export type GithubInstance = GithubIntegrationConfig & {
  readonly apiBaseUrl: string;
};

/** All that is configured of GitHub. */
export interface GithubSettings {
  readonly instances: readonly GithubInstance[];
  /** Whoever knows one of them may deliver; none where unsigned ones are taken. */
  readonly secrets: readonly string[];
}

/** Fewer characters are soon guessed from one delivery and its signature. */
const SHORTEST_SECRET = 16;

/**
 * Reads `understanding.github`, and the instances, credentials and secrets of
 * `integrations.github`.
 *
 * @returns undefined where `understanding.github` is absent
 * @throws InputError naming what cannot be used; no secret is repeated in the message
 */
export function readGithubSettings(
  config: RootConfigService,
): GithubSettings | undefined {
  const github = config.getOptionalConfig('understanding.github');
  if (!github) {
    return undefined;
  }
  const integrations = ScmIntegrations.fromConfig(config)
    .github.list()
    .map(integration => integration.config);
  const secrets = [
    ...(github.getOptionalStringArray('webhookSecrets') ?? []).map(
      (secret, index) =>
        readSecret(secret, `understanding.github.webhookSecrets[${index}]`),
    ),
    ...integrations.flatMap(({ host, apps = [] }) =>
      apps.flatMap(({ appId, webhookSecret }) =>
        webhookSecret === undefined
          ? []
          : readSecret(
              webhookSecret,
              `integrations.github: the webhookSecret of the App ${appId} of ${host}`,
            ),
      ),
    ),
  ];
  if (
    secrets.length === 0 &&
    !github.getOptionalBoolean('dangerouslyAllowUnsigned')
  ) {
    throw new InputError(
      'understanding.github needs a secret that GitHub signs its deliveries with: ' +
        'set understanding.github.webhookSecrets, or the webhookSecret of an App in integrations.github',
    );
  }
  return { instances: integrations.map(readInstance), secrets };
}

function readSecret(secret: string, name: string): string {
  if (secret.length < SHORTEST_SECRET) {
    throw new InputError(
      `${name} must have at least ${SHORTEST_SECRET} characters`,
    );
  }
  if (secret !== secret.trim()) {
    throw new InputError(`${name} must not begin or end with white space`);
  }
  return secret;
}

function readInstance(config: GithubIntegrationConfig): GithubInstance {
  const { apiBaseUrl } = config;
  if (!apiBaseUrl) {
    throw new InputError(
      `integrations.github: ${config.host} needs its apiBaseUrl`,
    );
  }
  return { ...config, apiBaseUrl };
}
