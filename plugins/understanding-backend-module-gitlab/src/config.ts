import { RootConfigService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  DefaultGitlabCredentialsProvider,
  GitLabIntegration,
  GitlabCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';

/** What shows that a delivery comes from GitLab. */
export interface HookSecrets {
  readonly tokens: readonly string[];
  /** The bytes of the signing tokens. */
  readonly signingKeys: readonly Buffer[];
  readonly allowUnsigned: boolean;
}

export interface GitlabConfig {
  readonly secrets: HookSecrets;
  readonly integrations: readonly GitLabIntegration[];
  readonly credentials: GitlabCredentialsProvider;
}

const KEY = 'understanding.gitlab';
/** A header holds neither white space around it nor line breaks. */
const TOKEN = /^[\x21-\x7e]{16,}$/;
const SIGNING_TOKEN = /^whsec_[A-Za-z0-9+/]{43}=$/;

/**
 * Reads `understanding.gitlab` and `integrations.gitlab`.
 *
 * @returns undefined where GitLab is not configured
 * @throws InputError naming what is missing or cannot be used; no secret is repeated in
 * the message
 */
export function readGitlabConfig(
  config: RootConfigService,
): GitlabConfig | undefined {
  const gitlab = config.getOptionalConfig(KEY);
  if (!gitlab) {
    return undefined;
  }
  const tokens = gitlab.getOptionalStringArray('webhookTokens') ?? [];
  const signingTokens = gitlab.getOptionalStringArray('signingTokens') ?? [];
  const allowUnsigned =
    gitlab.getOptionalBoolean('dangerouslyAllowUnsigned') ?? false;
  checkEach('webhookTokens', tokens, TOKEN, 'have 16 characters or more');
  checkEach(
    'signingTokens',
    signingTokens,
    SIGNING_TOKEN,
    'be whsec_ followed by base64 of 32 bytes',
  );
  const signed = tokens.length + signingTokens.length > 0;
  if (!signed && !allowUnsigned) {
    throw new InputError(
      `${KEY} has neither webhookTokens nor signingTokens, so anybody could forge deliveries. Add the secret token of your webhooks, or for trials dangerouslyAllowUnsigned: true`,
    );
  }
  if (signed && allowUnsigned) {
    throw new InputError(
      `${KEY} has tokens, and dangerouslyAllowUnsigned with which nothing would ask for them. Remove one of the two`,
    );
  }
  const integrations = ScmIntegrations.fromConfig(config);
  return {
    secrets: {
      tokens,
      signingKeys: signingTokens.map(token =>
        Buffer.from(token.slice('whsec_'.length), 'base64'),
      ),
      allowUnsigned,
    },
    integrations: integrations.gitlab.list(),
    credentials:
      DefaultGitlabCredentialsProvider.fromIntegrations(integrations),
  };
}

function checkEach(
  name: string,
  values: readonly string[],
  form: RegExp,
  rule: string,
): void {
  const wrong = values.findIndex(value => !form.test(value));
  if (wrong >= 0) {
    throw new InputError(`${KEY}.${name}[${wrong}] must ${rule}`);
  }
}
