import {
  TestBackend,
  TestDatabases,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  HookRequest,
  understandingChangeHostExtensionPoint,
} from '@understanding-dev/backstage-plugin-understanding-node';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import request from 'supertest';
import { hostChange } from '../../../__testUtils__/changes';
import { StandInHost } from '../../../__testUtils__/StandInHost';
import { understandingPlugin } from '../../../plugin';

jest.setTimeout(120_000);

const HOOK = '/api/understanding/hooks/standin';
const ADMIN = '/api/understanding/admin/ingest';
/** All that tells or spends time, but the date and the timers that limits end by. */
const NOT_OF_LIMITS = [
  ...(['hrtime', 'performance', 'nextTick', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate'] as const),
  ...(['setInterval', 'clearInterval'] as const),
];
const told = (number = 1) => [
  { type: 'change' as const, change: hostChange(number) },
];

describe('hooks of change hosts', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
  const backends: TestBackend[] = [];
  // Each asks its database for work all the time, and would slow down those after it.
  afterEach(async () => {
    jest.useRealTimers();
    await Promise.all(backends.splice(0).map(backend => backend.stop()));
  });

  async function start(
    knex: Knex,
    config: JsonObject = {},
    permissions = mockServices.permissions.factory(),
  ) {
    const host = new StandInHost();
    const backend = await startTestBackend({
      features: [
        understandingPlugin,
        createBackendModule({
          pluginId: 'understanding',
          moduleId: 'standin',
          register(env) {
            env.registerInit({
              deps: { hosts: understandingChangeHostExtensionPoint },
              async init({ hosts }) {
                hosts.addChangeHost(host);
              },
            });
          },
        }),
        mockServices.database.factory({ knex }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
            understanding: config,
          },
        }),
        permissions,
        catalogServiceMock.factory({ entities: [] }),
      ],
    });
    backends.push(backend);
    const { server } = backend;
    const post = ({ headers, body }: HookRequest, path = HOOK) =>
      request(server).post(path).set(headers).send(body.toString('utf8'));
    return { host, server, post };
  }

  describe.each(databases.eachSupportedId())('on %s', id => {
    it('take what is signed, and commit it before they answer', async () => {
      const knex = await databases.init(id);
      const { host, post } = await start(knex);
      const response = await post(host.request(told(), 'first'));
      expect(response.status).toBe(202);
      expect(response.body).toEqual({ status: 'accepted' });
      await expect(knex('inbox').select('delivery_id')).resolves.toEqual([
        { delivery_id: 'first' },
      ]);
    });

    it('know a repetition by its id, and by its bytes under another id', async () => {
      const knex = await databases.init(id);
      const { host, post } = await start(knex);
      const bodies = [
        await post(host.request(told(1), 'a')),
        await post(host.request(told(1), 'a')),
        await post(host.request(told(1), 'changed')),
        await post(host.request(told(1))),
        await post(host.request(told(2), 'a')),
        await post(host.request(told(2), 'b')),
        await post(host.request(told(3))),
      ].map(response => [response.status, response.body.status]);
      expect(bodies).toEqual([
        [202, 'accepted'],
        [202, 'known'],
        [202, 'known'],
        [202, 'known'],
        [202, 'known'],
        [202, 'accepted'],
        [202, 'accepted'],
      ]);
      await expect(knex('inbox')).resolves.toHaveLength(3);
    });

    it('show what is not understood as a dead letter, and let it be replayed once', async () => {
      const knex = await databases.init(id);
      const { host, server, post } = await start(knex);
      const parse = host.parse.bind(host);
      host.parse = () => ({ type: 'not-understood', reason: 'An odd field' });
      await post(host.request(told(), 'odd')).expect(202);
      await post(host.request('no json at all', 'broken')).expect(202);

      const listed = async () =>
        (await request(server).get(`${ADMIN}/deliveries`).expect(200)).body;
      await until(async () => (await listed()).totalItems === 2);
      const { items } = await listed();
      const odd = items.find((one: any) => one.deliveryId === 'odd');
      expect(odd).toMatchObject({
        host: 'standin',
        event: 'facts',
        state: 'dead',
        reason: 'An odd field',
      });
      expect(JSON.stringify(items)).not.toContain('Change 1');

      host.parse = parse;
      const replay = () =>
        request(server).post(`${ADMIN}/deliveries/${odd.id}/replay`);
      await replay().expect(204);
      const again = await replay();
      expect(again.status).toBe(404);
      expect(again.body.error.message).toContain(`no dead letter ${odd.id}`);
      await until(
        async () =>
          (await knex('inbox').where({ id: odd.id }).first()).state ===
          'ignored',
      );
      // What is settled is kept without its content.
      await expect(
        knex('inbox').where({ id: odd.id }).first('body'),
      ).resolves.toEqual({ body: null });
    });

    it('ask hosts to come back where too much waits', async () => {
      const knex = await databases.init(id);
      const { host, post } = await start(knex, { ingest: { maxPending: 1 } });
      await knex('inbox').insert({
        id: 'waiting',
        host: 'standin',
        digest: 'd',
        event: 'facts',
        content_type: '',
        size: 0,
        received_at: '2026-01-01T00:00:00.000Z',
        state: 'pending',
      });
      let response = await post(host.request(told()));
      // Nobody waits until it is counted how many wait.
      await until(async () => {
        response = await post(host.request(told()));
        return response.status === 503;
      });
      expect(response.headers['retry-after']).toBe('30');
    });

    it('make the process unhealthy when nobody reads them', async () => {
      const knex = await databases.init(id);
      const { server } = await start(knex);
      const health = async () =>
        (await request(server).get('/api/understanding/health')).body.status;
      const minutesAgo = (minutes: number) =>
        new Date(Date.now() - minutes * 60_000).toISOString();
      await expect(health()).resolves.toBe('ok');
      await knex('tickets').insert({
        queue: 'delivery',
        key: 'held by a process that hangs',
        ticket: 't',
        due_at: minutesAgo(6),
        lease_until: minutesAgo(-60),
      });
      await expect(health()).resolves.toBe('stuck');
      // A long queue that is being worked off is none that is stuck.
      await knex('inbox').insert({
        id: 'read',
        host: 'standin',
        digest: 'd',
        event: 'facts',
        content_type: '',
        size: 0,
        received_at: minutesAgo(6),
        state: 'done',
        settled_at: minutesAgo(1),
      });
      await expect(health()).resolves.toBe('ok');
      await knex('tickets').delete();
    });

    it('ask hosts to come back where nothing can be committed', async () => {
      const knex = await databases.init(id);
      const { host, server, post } = await start(knex);
      await request(server).get('/api/understanding/health').expect(200);
      await knex.schema.renameTable('inbox', 'gone');
      let response = await post(host.request(told()));
      // Nobody waits until it is counted how many wait.
      await until(async () => {
        response = await post(host.request(told()));
        return response.status === 503;
      });
      expect(response.headers['retry-after']).toBe('30');
      expect(JSON.stringify(response.body)).not.toMatch(
        /insert|relation|table/i,
      );
      await knex.schema.renameTable('gone', 'inbox');
      await post(host.request(told())).expect(202);
    });
  });

  describe('refuse', () => {
    let backend: Awaited<ReturnType<typeof start>>;
    let knex: Knex;
    beforeEach(async () => {
      knex = await databases.init('SQLITE_3');
      backend = await start(knex);
    });

    it('what is not signed, or signed otherwise, without a detail', async () => {
      const { host, post } = backend;
      const good = host.request(told(), 'a');
      const { 'x-signature': signature, ...unsigned } = good.headers;
      for (const bad of [
        { ...good, headers: unsigned },
        { ...good, headers: { ...unsigned, 'x-signature': '' } },
        { ...good, headers: { ...unsigned, 'x-signature': `${signature}0` } },
        { ...good, body: Buffer.from(`${good.body} `) },
      ]) {
        const response = await post(bad);
        expect(response.status).toBe(401);
        expect(response.body.error).toEqual({
          name: 'UnauthorizedError',
          message: 'The signature is not valid.',
          statusCode: 401,
        });
      }
      await expect(knex('inbox')).resolves.toEqual([]);
    });

    it('a source with many wrong signatures, for a minute', async () => {
      const { host, server, post } = backend;
      // The minute passes when the test says so; nothing else here waits for a timer.
      jest.useFakeTimers({ doNotFake: NOT_OF_LIMITS });
      const statuses: number[] = [];
      for (let index = 0; index < 110; index += 1) {
        statuses.push((await request(server).post(HOOK).send('x')).status);
      }
      expect(statuses.filter(status => status === 401)).toHaveLength(100);
      expect(statuses.filter(status => status === 429)).toHaveLength(10);
      const refused = await post(host.request(told()));
      expect(refused.status).toBe(429);
      expect(refused.headers['retry-after']).toBe('60');
      jest.advanceTimersByTime(60_000);
      await post(host.request(told())).expect(202);
    });

    it('never what is signed, however much of it comes at once', async () => {
      const { host, post } = backend;
      const all = Array.from({ length: 150 }, (_, number) =>
        post(host.request(told(number))),
      );
      const statuses = (await Promise.all(all)).map(({ status }) => status);
      expect(new Set(statuses)).toEqual(new Set([202]));
    });

    it('hosts that are not installed', async () => {
      const { host, post } = backend;
      const response = await post(
        host.request(told()),
        '/api/understanding/hooks/elsewhere',
      );
      expect(response.status).toBe(404);
      expect(response.body.error.message).toBe(
        'There is no hook of that name; there are hooks/standin.',
      );
    });

    it('bodies that are too large, compressed, or shorter than announced', async () => {
      const { server, host } = backend;
      const large = await request(server)
        .post(HOOK)
        .set('content-length', String(26 * 1024 * 1024))
        .set('x-signature', 'x');
      expect(large.status).toBe(413);
      const good = host.request(told());
      const compressed = await request(server)
        .post(HOOK)
        .set({ ...good.headers, 'content-encoding': 'gzip' })
        .send(gzipSync(good.body));
      expect(compressed.status).toBe(415);
      await expect(
        rawRequest(
          server,
          [
            `POST ${HOOK} HTTP/1.1`,
            'Host: localhost',
            'Content-Length: 100',
            'Connection: close',
            '',
            'short',
          ],
          true,
        ),
      ).resolves.not.toMatch(/ 202 /);
      await expect(knex('inbox')).resolves.toEqual([]);
    });

    it('a signature that comes twice', async () => {
      const { server, host } = backend;
      const { headers, body } = host.request(told());
      const answer = await rawRequest(server, [
        `POST ${HOOK} HTTP/1.1`,
        'Host: localhost',
        `X-Signature: ${headers['x-signature']}`,
        `X-Signature: ${headers['x-signature']}`,
        `Content-Length: ${body.length}`,
        'Connection: close',
        '',
        body.toString('utf8'),
      ]);
      expect(answer).toMatch(/^HTTP\/1.1 401 /);
    });

    it('other methods, and nothing else is open beside them', async () => {
      const { server } = backend;
      const anonymous = mockCredentials.none.header();
      await request(server)
        .get(HOOK)
        .set('Authorization', anonymous)
        .expect(404);
      for (const path of [
        ADMIN,
        `${ADMIN}/deliveries`,
        '/api/understanding/flags',
      ]) {
        const response = await request(server)
          .get(path)
          .set('Authorization', anonymous);
        expect(response.status).toBe(401);
      }
    });
  });

  it('are watched over by admins only', async () => {
    const knex = await databases.init('SQLITE_3');
    const { server } = await start(
      knex,
      {},
      mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
    );
    for (const call of [
      request(server).get(ADMIN),
      request(server).get(`${ADMIN}/deliveries`),
      request(server).post(`${ADMIN}/deliveries/1/replay`),
    ]) {
      const response = await call;
      expect(response.status).toBe(403);
      expect(response.body.error.message).toContain('understanding.admin');
    }
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise(done => setTimeout(done, 50));
  }
}

/** Sends lines as they are, and returns all that comes back. */
async function rawRequest(
  server: { address(): unknown },
  lines: string[],
  end = false,
): Promise<string> {
  const { port } = server.address() as AddressInfo;
  return new Promise((done, fail) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(lines.join('\r\n'));
      if (end) {
        socket.end();
      }
    });
    socket.on('data', chunk => {
      answer += chunk;
    });
    socket.on('error', fail);
    socket.on('close', () => done(answer));
  });
}
