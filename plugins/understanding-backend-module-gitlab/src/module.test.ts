import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  ChangeHost,
  understandingChangeHostExtensionPoint,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { randomBytes } from 'node:crypto';
import gitlabModule from '.';
import { HOST, mergeRequestHook } from './__testUtils__/payloads';

const TOKEN = 'a-token-of-sixteen-or-more';
const SIGNING_TOKEN = `whsec_${randomBytes(32).toString('base64')}`;

/** Installs the module as an organisation does, and returns what it added. */
async function installedWith(gitlab?: JsonObject): Promise<ChangeHost[]> {
  const hosts: ChangeHost[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'understanding',
    register(env) {
      env.registerExtensionPoint(understandingChangeHostExtensionPoint, {
        addChangeHost: host => {
          hosts.push(host);
        },
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      gitlabModule,
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            gitlab: [
              {
                host: HOST,
                apiBaseUrl: `https://${HOST}/api/v4`,
                token: 'glpat-hidden',
              },
            ],
          },
          ...(gitlab && { understanding: { gitlab } }),
        },
      }),
    ],
  });
  await backend.stop();
  return hosts;
}

describe('the GitLab module', () => {
  it('adds nothing where GitLab is not configured', async () => {
    await expect(installedWith()).resolves.toEqual([]);
  });

  it('adds the instances of the integrations', async () => {
    const [host, ...others] = await installedWith({ webhookTokens: [TOKEN] });
    expect(others).toEqual([]);
    expect(host.id).toBe('gitlab');
    expect(host.instances).toEqual([HOST, 'gitlab.com']);
    expect(host.requestRedelivery).toBeUndefined();
  });

  it.each<[string, JsonObject, Record<string, string>]>([
    [
      'a token',
      { webhookTokens: ['another-token-of-theirs', TOKEN] },
      { 'x-gitlab-token': TOKEN },
    ],
    [
      'nothing, if nothing is asked for',
      { dangerouslyAllowUnsigned: true },
      {},
    ],
  ])('takes deliveries with %s', async (_name, config, headers) => {
    const [host] = await installedWith(config);
    const body = Buffer.from(JSON.stringify(mergeRequestHook('open')));
    const told = host.verify({
      headers: { ...headers, 'x-gitlab-event': 'Merge Request Hook' },
      body,
    });
    expect(told).toEqual({
      deliveryId: undefined,
      event: 'Merge Request Hook',
    });
    expect(
      host.parse({ event: told!.event, contentType: 'application/json', body }),
    ).toMatchObject({ type: 'facts', facts: [{ type: 'change' }] });
  });

  it('refuses deliveries without a token, also when it awaits signatures', async () => {
    const [host] = await installedWith({ signingTokens: [SIGNING_TOKEN] });
    expect(
      host.verify({
        headers: { 'x-gitlab-event': 'Push Hook' },
        body: Buffer.from('{}'),
      }),
    ).toBeUndefined();
  });

  it.each<[string, JsonObject, RegExp]>([
    ['no secret', {}, /neither webhookTokens nor signingTokens/],
    [
      'empty lists',
      { webhookTokens: [], signingTokens: [] },
      /neither webhookTokens/,
    ],
    [
      'only a refusal',
      { dangerouslyAllowUnsigned: false },
      /neither webhookTokens/,
    ],
    [
      'a short token',
      { webhookTokens: [TOKEN, 'hidden-short'] },
      /webhookTokens\[1\] must have 16 characters or more/,
    ],
    [
      'a token that no header can hold',
      { webhookTokens: ['hidden token of ours'] },
      /webhookTokens\[0\] must/,
    ],
    [
      'another signing token',
      { signingTokens: ['whsec_hidden'] },
      /signingTokens\[0\] must be whsec_ followed by base64 of 32 bytes/,
    ],
    [
      'a token where a list belongs',
      { webhookTokens: 'hidden-hidden-hidden' },
      /webhookTokens/,
    ],
    [
      'both a token and none',
      { webhookTokens: [TOKEN], dangerouslyAllowUnsigned: true },
      /Remove one of the two/,
    ],
  ])(
    'does not start with %s, and repeats no secret',
    async (_name, config, message) => {
      const failure = await installedWith(config).catch(error => error);
      expect(String(failure)).toMatch(message);
      expect(String(failure)).not.toMatch(/hidden|a-token-of/);
    },
  );
});
