import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  ChangeHost,
  understandingChangeHostExtensionPoint,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { createHmac } from 'node:crypto';
import githubModule from '.';

const OLD = 'hidden: the secret until today';
const NEW = 'hidden: the secret as of today';
const OF_APP = 'hidden: the secret of an App';

const APP = {
  appId: 4711,
  privateKey: 'hidden',
  clientId: 'client',
  clientSecret: 'hidden',
};

/** Installs the module as an organisation does, and returns what it added. */
async function installedWith(
  github: JsonObject | undefined,
  integrations: JsonObject[] = [],
) {
  const hosts: ChangeHost[] = [];
  const logger = mockServices.logger.mock();
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
      githubModule,
      logger.factory,
      mockServices.rootConfig.factory({
        data: {
          understanding: github ? { github } : {},
          integrations: { github: integrations },
        },
      }),
    ],
  });
  await backend.stop();
  return { hosts, logger };
}

function signedBy(secret: string, body: Buffer): Record<string, string> {
  const hex = createHmac('sha256', secret).update(body).digest('hex');
  return {
    'x-github-event': 'ping',
    'x-github-delivery': '6b8a1c80',
    'x-hub-signature-256': `sha256=${hex}`,
  };
}

describe('the GitHub module', () => {
  it('adds nothing where GitHub is not configured', async () => {
    const { hosts, logger } = await installedWith(undefined, [
      { host: 'github.com', apps: [{ ...APP, webhookSecret: OF_APP }] },
    ]);
    expect(hosts).toEqual([]);
    expect(logger.info).toHaveBeenCalledWith(
      'GitHub is not configured under understanding.github',
    );
  });

  it('takes what any of the secrets has signed, and nothing else', async () => {
    const { hosts } = await installedWith({ webhookSecrets: [NEW, OLD] }, [
      {
        host: 'ghe.acme.example',
        apiBaseUrl: 'https://ghe.acme.example/api/v3',
        apps: [{ ...APP, webhookSecret: OF_APP }, APP],
      },
    ]);
    const [host] = hosts;
    expect(hosts).toHaveLength(1);
    expect(host.id).toBe('github');
    expect(host.instances).toEqual(['ghe.acme.example', 'github.com']);
    const body = Buffer.from('not { JSON');
    for (const secret of [NEW, OLD, OF_APP]) {
      const headers = signedBy(secret, body);
      expect(host.verify({ headers, body })).toEqual({
        deliveryId: '6b8a1c80',
        event: 'ping',
      });
      expect(
        host.verify({ headers, body: Buffer.from('not { JSON ') }),
      ).toBeUndefined();
    }
    expect(
      host.verify({ headers: signedBy('hidden: of somebody', body), body }),
    ).toBeUndefined();
    expect(
      host.verify({ headers: { 'x-github-event': 'ping' }, body }),
    ).toBeUndefined();
  });

  it('keeps an authentic delivery without an event, as one not understood', async () => {
    const { hosts } = await installedWith({ webhookSecrets: [NEW] });
    const body = Buffer.from('{}');
    const { 'x-hub-signature-256': signature } = signedBy(NEW, body);
    const headers = { 'x-hub-signature-256': signature };
    const verified = hosts[0].verify({ headers, body });
    expect(verified).toEqual({ event: '' });
    expect(
      hosts[0].parse({ event: '', contentType: 'application/json', body }),
    ).toMatchObject({ type: 'not-understood' });
  });

  it('takes unsigned deliveries only where it is told to, and warns', async () => {
    const unsigned = { headers: {}, body: Buffer.from('{}') };
    const open = await installedWith({ dangerouslyAllowUnsigned: true });
    expect(open.hosts[0].verify(unsigned)).toEqual({ event: '' });
    expect(open.logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('Anybody can forge'),
    );
    const signed = await installedWith({
      webhookSecrets: [NEW],
      dangerouslyAllowUnsigned: true,
    });
    expect(signed.hosts[0].verify(unsigned)).toBeUndefined();
    expect(signed.logger.warn).not.toHaveBeenCalled();
  });

  it.each<[string, JsonObject, JsonObject[], RegExp]>([
    ['without a secret', {}, [], /needs a secret.*webhookSecrets/],
    [
      'with an App that has none',
      { dangerouslyAllowUnsigned: false },
      [{ host: 'github.com', apps: [APP] }],
      /needs a secret/,
    ],
    [
      'with a short secret',
      { webhookSecrets: [NEW, 'hidden: short'] },
      [],
      /webhookSecrets\[1\] must have at least 16 characters/,
    ],
    [
      'with a short secret of an App',
      {},
      [{ host: 'github.com', apps: [{ ...APP, webhookSecret: 'hidden' }] }],
      /webhookSecret of the App 4711 of github\.com must have at least 16/,
    ],
    [
      'with a new line in a secret',
      { webhookSecrets: [`${NEW}\n`] },
      [],
      /webhookSecrets\[0\] must not begin or end with white space/,
    ],
    [
      'with a secret that is no text',
      { webhookSecrets: [4] },
      [],
      /webhookSecrets/,
    ],
    [
      'with an instance of which the API is not known',
      { webhookSecrets: [NEW] },
      [{ host: 'ghe.acme.example' }],
      /ghe\.acme\.example needs its apiBaseUrl/,
    ],
  ])(
    'refuses to start %s, and repeats none',
    async (_name, github, integrations, message) => {
      const failure = await installedWith(github, integrations).catch(
        error => error,
      );
      expect(String(failure)).toMatch(message);
      expect(String(failure)).not.toContain('hidden');
    },
  );
});
