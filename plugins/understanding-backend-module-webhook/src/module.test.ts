import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  Alert,
  AlertChannel,
  understandingAlertChannelExtensionPoint,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { randomBytes } from 'node:crypto';
import { IncomingHttpHeaders, Server, createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import webhookModule from '.';

const SECRET = randomBytes(32);

const ALERT: Alert = {
  dedupeKey: 'flag-1 opened medium webhook chat',
  target: 'chat',
  url: 'https://backstage.acme.example/catalog/default/component/ledger/understanding',
  message: {
    transition: 'opened',
    rule: 'stale-docs',
    ruleTitle: 'Stale documentation',
    severity: 'medium',
    entityRef: 'component:default/ledger',
    entityTitle: 'Ledger',
    example: false,
    teamRef: 'group:default/payments',
    reasons: [
      { message: 'README.md cites src/gone.ts', file: 'README.md', line: 5 },
    ],
    repair: { message: 'Correct it.' },
    path: '/catalog/default/component/ledger/understanding',
  },
};

type Answer = (response: {
  end(status: number, headers?: Record<string, string>): void;
  /** Closes the connection without an answer. */
  drop(): void;
}) => void;

/** A real receiver, whose answers a test chooses. */
class Receiver {
  readonly received: Array<{ body: string; headers: IncomingHttpHeaders }> = [];
  answer: Answer = response => response.end(204);
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (req, res) => {
      this.received.push({ body: await text(req), headers: req.headers });
      this.answer({
        end: (status, headers) =>
          res.writeHead(status, headers).end('secret reply'),
        drop: () => req.socket.destroy(),
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>(done => this.#server.listen(0, '127.0.0.1', done));
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/hook?token=hidden`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise(done => this.#server.close(() => done()));
  }
}

/** Installs the module as an organisation does, and returns what it added. */
async function installedWith(webhooks: JsonObject): Promise<AlertChannel> {
  const channels: AlertChannel[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'understanding',
    register(env) {
      env.registerExtensionPoint(understandingAlertChannelExtensionPoint, {
        addAlertChannel: channel => {
          channels.push(channel);
        },
      });
      env.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      webhookModule,
      mockServices.rootConfig.factory({
        data: { understanding: { alerts: { webhooks } } },
      }),
    ],
  });
  await backend.stop();
  return channels[0];
}

describe('the webhook module', () => {
  let receiver: Receiver;
  let url: string;

  beforeEach(async () => {
    receiver = new Receiver();
    url = await receiver.listen();
  });

  afterEach(() => receiver.close());

  const send = async (signal = AbortSignal.timeout(10_000)) => {
    const channel = await installedWith({
      chat: { url, secret: `whsec_${SECRET.toString('base64')}` },
    });
    return channel.send(ALERT, { signal });
  };

  it('posts what happened, to whom it matters, and how to repair it', async () => {
    await expect(send()).resolves.toEqual({ type: 'sent' });
    expect(receiver.received).toHaveLength(1);
    expect(JSON.parse(receiver.received[0].body)).toMatchObject({
      type: 'understanding.flag.opened',
      data: {
        title: expect.stringContaining('Ledger'),
        entityRef: 'component:default/ledger',
        teamRef: 'group:default/payments',
        rule: 'stale-docs',
        reasons: [{ message: 'README.md cites src/gone.ts' }],
        repair: { message: 'Correct it.' },
        url: ALERT.url,
      },
    });
  });

  it('signs as Standard Webhooks says, each attempt under the same id', async () => {
    await send();
    await send();
    const [first, second] = receiver.received.map(({ headers }) => headers);
    expect(first['webhook-id']).toMatch(/^msg_[0-9a-f]{32}$/);
    expect(second['webhook-id']).toBe(first['webhook-id']);
    const verifier = new Webhook(`whsec_${SECRET.toString('base64')}`);
    for (const { body, headers } of receiver.received) {
      expect(headers['content-type']).toBe('application/json');
      const known = headers as Record<string, string>;
      expect(verifier.verify(body, known)).toMatchObject({
        type: 'understanding.flag.opened',
      });
      expect(() => verifier.verify(`${body} `, known)).toThrow(/signature/);
    }
  });

  it.each<[string, Answer, object]>([
    [
      '429',
      r => r.end(429, { 'retry-after': '120' }),
      { type: 'failed', retry: true, retryAfterSeconds: 120 },
    ],
    ['503', r => r.end(503), { type: 'failed', retry: true }],
    ['400', r => r.end(400), { type: 'failed', retry: true }],
    ['410', r => r.end(410), { type: 'failed', retry: false }],
    [
      'a redirect',
      r => r.end(302, { location: url }),
      { type: 'failed', retry: true },
    ],
    ['no answer', r => r.drop(), { type: 'unknown' }],
  ])('tells how it ended at %s', async (_name, answer, outcome) => {
    receiver.answer = answer;
    const result = await send();
    expect(result).toMatchObject(outcome);
    expect(JSON.stringify(result)).not.toMatch(/hidden|secret reply/);
    expect(receiver.received).toHaveLength(1);
  });

  it('does not know what became of an alert that is not answered in time', async () => {
    const abort = new AbortController();
    receiver.answer = () => abort.abort();
    await expect(send(abort.signal)).resolves.toMatchObject({
      type: 'unknown',
    });
  });

  it('knows that nothing arrived where nobody listens', async () => {
    await receiver.close();
    const result = await send();
    expect(result).toMatchObject({ type: 'failed', retry: true });
    expect(JSON.stringify(result)).not.toContain('hidden');
    await receiver.listen();
  });

  it('knows no name but those configured', async () => {
    const channel = await installedWith({ other: { url } });
    await expect(
      channel.send(ALERT, { signal: AbortSignal.timeout(10_000) }),
    ).resolves.toEqual({
      type: 'failed',
      retry: false,
      reason:
        'No webhook "chat" is configured under understanding.alerts.webhooks',
    });
    expect(receiver.received).toEqual([]);
  });

  it('refuses a name that a configuration cannot hold', async () => {
    await expect(installedWith({ 'a.b': { url } })).rejects.toThrow(
      /webhooks\.a\.b: a name has letters/,
    );
  });

  it.each([
    [
      { url: 'ftp://acme.example' },
      /webhooks\.chat\.url must be an http or https address/,
    ],
    [{ url: 'nonsense' }, /url must be/],
    [
      { url: 'https://acme.example', secret: 'hidden' },
      /secret must be whsec_/,
    ],
    [
      { url: 'https://acme.example', secret: 'whsec_aGlkZGVu' },
      /24 to 64 bytes/,
    ],
    [{}, /url/],
  ])(
    'refuses to start with %j, without repeating it',
    async (webhook, message) => {
      const failure = await installedWith({ chat: webhook }).catch(
        error => error,
      );
      expect(String(failure)).toMatch(message);
      expect(String(failure)).not.toMatch(/hidden|aGlkZGVu/);
    },
  );
});
