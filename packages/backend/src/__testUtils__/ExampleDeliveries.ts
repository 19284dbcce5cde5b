import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import understandingPlugin from '@understanding-dev/backstage-plugin-understanding-backend';
import understandingModuleGithub from '@understanding-dev/backstage-plugin-understanding-backend-module-github';
import { Knex } from 'knex';
import { createHmac } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { Agent, Server, createServer, request } from 'node:http';
import { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';

const SECRET = 'the secret of the examples';

/** A payload that GitHub has sent, with the name of its event. */
export interface Example {
  readonly event: string;
  readonly payload: unknown;
}

/** What became of deliveries. */
export interface DeliveryCounts {
  /** By the status of the answer. */
  readonly answers: Readonly<Record<number, number>>;
  /** By state, of those that were committed. */
  readonly states: Readonly<Record<string, number>>;
  /** Reasons of dead letters that are mistakes of ours, each once. */
  readonly mistakes: readonly string[];
  readonly unhandledRejections: number;
}

/**
 * The back end with GitHub's module, as an organisation runs it, and deliveries to its
 * hook. GitHub itself answers every question with 404.
 */
export class ExampleDeliveries {
  readonly #knex: Knex;
  readonly #stop: () => Promise<void>;
  readonly #github: Server;
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  readonly #answers: Record<number, number> = {};
  #unhandled = 0;

  static async create(knex: Knex): Promise<ExampleDeliveries> {
    const github = createServer((_req, res) => {
      res.statusCode = 404;
      res.setHeader('content-type', 'application/json');
      res.end('{"message":"Not Found"}');
    });
    await new Promise<void>(done => github.listen(0, '127.0.0.1', done));
    const { port } = github.address() as AddressInfo;
    const backend = await startTestBackend({
      features: [
        understandingPlugin,
        understandingModuleGithub,
        mockServices.database.factory({ knex }),
        mockServices.rootLogger.factory({ level: 'none' }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
            understanding: { github: { webhookSecrets: [SECRET] } },
            integrations: {
              github: [
                { host: 'github.com', apiBaseUrl: `http://127.0.0.1:${port}` },
              ],
            },
          },
        }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: {
                name: 'hello-world',
                annotations: {
                  'backstage.io/source-location':
                    'url:https://github.com/Codertocat/Hello-World/',
                },
              },
              spec: { type: 'service' },
            },
          ],
        }),
      ],
    });
    const deliveries = new ExampleDeliveries({
      knex,
      github,
      port: backend.server.port(),
      stop: () => backend.stop(),
    });
    // Before that, nobody knows which repositories matter.
    while (!(await knex('entities').first())) {
      await sleep(50);
    }
    return deliveries;
  }

  private constructor(options: {
    knex: Knex;
    github: Server;
    port: number;
    stop: () => Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#github = options.github;
    this.#port = options.port;
    this.#stop = options.stop;
    process.on('unhandledRejection', this.#onUnhandled);
  }

  /** Delivers some bodies as GitHub does, some at a time. */
  async deliver(
    bodies: Iterable<{ event: string; body: Buffer }>,
  ): Promise<void> {
    const rest = bodies[Symbol.iterator]();
    const sendOn = async () => {
      for (let next = rest.next(); !next.done; next = rest.next()) {
        const status = await this.#post(next.value);
        this.#answers[status] = (this.#answers[status] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: 8 }, sendOn));
  }

  /** Waits until everything was read, and counts. */
  async counts(): Promise<DeliveryCounts> {
    while (
      await this.#knex('tickets')
        .where({ queue: 'delivery' })
        .whereNull('last_error')
        .first()
    ) {
      await sleep(100);
    }
    const states: Array<{ state: string; n: number | string }> =
      await this.#knex('inbox')
        .groupBy('state')
        .select('state')
        .count({ n: '*' });
    const failing: Array<{ last_error: string }> = await this.#knex('tickets')
      .where({ queue: 'delivery' })
      .select('last_error');
    const unparsed: Array<{ reason: string }> = await this.#knex('inbox')
      .where('reason', 'like', 'It could not be parsed%')
      .select('reason');
    return {
      answers: this.#answers,
      states: Object.fromEntries(
        states.map(({ state, n }) => [state, Number(n)]),
      ),
      mistakes: [
        ...new Set([
          ...failing.map(row => row.last_error.slice(0, 300)),
          ...unparsed.map(row => row.reason),
        ]),
      ],
      unhandledRejections: this.#unhandled,
    };
  }

  async dispose(): Promise<void> {
    process.off('unhandledRejection', this.#onUnhandled);
    this.#agent.destroy();
    await this.#stop();
    this.#github.close();
  }

  readonly #onUnhandled = () => {
    this.#unhandled += 1;
  };

  #post({ event, body }: { event: string; body: Buffer }): Promise<number> {
    const signature = createHmac('sha256', SECRET).update(body).digest('hex');
    return new Promise((done, fail) => {
      const sent = request(
        {
          host: '127.0.0.1',
          port: this.#port,
          path: '/api/understanding/hooks/github',
          method: 'POST',
          agent: this.#agent,
          headers: {
            'content-type': 'application/json',
            'content-length': body.length,
            'x-github-event': event,
            'x-hub-signature-256': `sha256=${signature}`,
          },
        },
        response => {
          response.resume();
          response.once('end', () => done(response.statusCode ?? 0));
        },
      );
      sent.once('error', fail);
      sent.end(body);
    });
  }
}

/** All payloads of github.com in `@octokit/webhooks-examples`. */
export function readExamples(): Example[] {
  const root = dirname(
    require.resolve('@octokit/webhooks-examples/package.json'),
  );
  return readdirSync(root)
    .filter(folder => folder === 'api.github.com')
    .flatMap(folder => {
      const events: Array<{ name: string; examples: unknown[] }> = JSON.parse(
        readFileSync(join(root, folder, 'index.json'), 'utf8'),
      );
      return events.flatMap(({ name, examples }) =>
        examples.map(payload => ({ event: name, payload })),
      );
    });
}

/** What stands in the place of something else in a payload. */
const ODDITIES: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'NaN',
  '\u0000',
  '\uD800',
  '../../etc',
  'x'.repeat(5000),
  [],
  {},
  [[[[[]]]]],
  { __proto__: null, constructor: 1 },
];

/**
 * Real payloads, each changed in a few places or cut, as many as are asked for; the
 * same for the same seed.
 */
export function* mutatedPayloads(
  examples: readonly Example[],
  count: number,
  seed: number,
): Generator<{ event: string; body: Buffer }> {
  let state = seed;
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  for (let index = 0; index < count; index += 1) {
    const { event, payload } = examples[below(examples.length)];
    if (below(10) === 0) {
      const body = Buffer.from(JSON.stringify({ index, payload }));
      const cut = Buffer.from(body.subarray(0, below(body.length)));
      if (cut.length > 0) {
        cut[below(cut.length)] = below(256);
      }
      yield { event, body: cut };
      continue;
    }
    const changed = structuredClone(payload) as Record<string, unknown>;
    for (let place = below(3); place >= 0; place -= 1) {
      mutate(changed, below);
    }
    yield { event, body: Buffer.from(JSON.stringify({ ...changed, index })) };
  }
}

/** Changes one place, however deep, of an object. */
function mutate(
  object: Record<string, unknown>,
  below: (limit: number) => number,
): void {
  const keys = Object.keys(object);
  if (keys.length === 0) {
    return;
  }
  const key = keys[below(keys.length)];
  const value = object[key];
  if (typeof value === 'object' && value !== null && below(4) > 0) {
    mutate(value as Record<string, unknown>, below);
  } else if (below(3) === 0) {
    delete object[key];
  } else {
    object[key] = ODDITIES[below(ODDITIES.length)];
  }
}

function sleep(millis: number): Promise<void> {
  return new Promise(done => setTimeout(done, millis));
}
