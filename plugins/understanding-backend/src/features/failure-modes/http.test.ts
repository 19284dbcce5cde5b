import {
  TestBackend,
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import {
  commentsSchema,
  failureModeFileResponseSchema,
  failureModeHistorySchema,
  failureModePageSchema,
  failureModeSchema,
  failureTestsSchema,
} from '@understanding-dev/backstage-plugin-understanding-common';
import request from 'supertest';
import { z } from 'zod';
import { component, group, user } from '../../__testUtils__/catalog';
import { understandingPlugin } from '../../plugin';
import { DATABASE, LEDGER, content } from './__testUtils__/useLedger';

jest.setTimeout(120_000);

const CONTENT = content({
  observations: {
    dataLossOrCorruption: true,
    customerVisible: true,
    happenedWithinYear: true,
    needsTwoFaults: false,
  },
  evidence: [
    { url: 'https://wiki.example/failover', title: 'Failover of May' },
  ],
});

describe('the routes of failure modes', () => {
  let backend: TestBackend;

  const ask = (method: 'get' | 'post' | 'put' | 'delete', path: string) =>
    request(backend.server)[method](`/api/understanding${path}`);

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        understandingPlugin,
        catalogServiceMock.factory({
          entities: [
            component('ledger', { owner: 'payments', dependsOn: [DATABASE] }),
            component('ledger-db', { owner: 'payments' }),
            group('payments', { members: ['mock'] }),
            user('mock'),
          ],
        }),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send: async () => {} }),
        }),
        mockServices.rootConfig.factory({
          data: {
            app: { baseUrl: 'http://localhost:3000' },
            backend: {
              baseUrl: 'http://localhost:7007',
              database: { client: 'better-sqlite3', connection: ':memory:' },
            },
          },
        }),
      ],
    });
    for (;;) {
      const { body } = await ask('get', '/entities');
      if (body.totalItems === 2) {
        break;
      }
      await new Promise(done => setTimeout(done, 100));
    }
  });

  afterAll(() => backend.stop());

  const strict = (schema: z.ZodType, body: unknown) =>
    // Nothing is answered that the contract does not name.
    expect(schema.parse(body)).toEqual(body);

  async function create(overrides = {}) {
    const { body, headers } = await ask('post', '/failure-modes')
      .send({ ...CONTENT, ...overrides })
      .expect(201);
    expect(headers.etag).toBe('"1"');
    return failureModeSchema.parse(body);
  }

  it('answer as the contract says', async () => {
    const { id, criticality } = await create();
    expect(criticality).toBe('high');
    const path = `/failure-modes/${id}`;
    const one = await ask('get', path).expect(200);
    strict(failureModeSchema, one.body);
    expect(one.headers.etag).toBe('"1"');
    await ask('post', `${path}/comments`)
      .send({ text: 'So it is.' })
      .expect(201);
    await ask('post', `${path}/tests`)
      .send({
        kind: 'load-test',
        performedAt: '2026-01-01T00:00:00.000Z',
        expected: 'x',
        actual: 'y',
        result: 'as-expected',
        participants: ['user:default/mock'],
      })
      .expect(201);
    for (const [route, schema] of [
      [
        `/failure-modes?entity=${LEDGER}&target=${DATABASE}`,
        failureModePageSchema,
      ],
      [`${path}/history`, failureModeHistorySchema],
      [`${path}/comments`, commentsSchema],
      [`${path}/tests`, failureTestsSchema],
      [`/failure-modes/file?entity=${LEDGER}`, failureModeFileResponseSchema],
    ] as const) {
      strict(schema, (await ask('get', route).expect(200)).body);
    }
    const yaml = await ask(
      'get',
      `/failure-modes/export?entity=${LEDGER}`,
    ).expect(200);
    expect(yaml.headers['content-disposition']).toContain('failure-modes.yaml');
    expect(yaml.text ?? String(yaml.body)).toContain(
      'id: the-database-is-gone',
    );
  });

  it('refuse to write over what somebody else wrote, with both versions', async () => {
    const { id } = await create();
    const path = `/failure-modes/${id}`;
    const mine = { ...CONTENT, mitigation: 'A queue on disk.' };
    const missing = await ask('put', path).send(mine).expect(400);
    expect(missing.body.error.message).toMatch(/as If-Match/);
    const updated = await ask('put', path)
      .set('If-Match', '"1"')
      .send({ ...CONTENT, title: 'The database fails over' })
      .expect(200);
    expect(updated.headers.etag).toBe('"2"');
    const { body } = await ask('put', path)
      .set('If-Match', '"1"')
      .send(mine)
      .expect(409);
    expect(body.error).toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(/If-Match: "2"/),
      current: { version: 2, title: 'The database fails over' },
      submitted: mine,
    });
    await ask('put', path).set('If-Match', '"2"').send(mine).expect(200);
    await ask('delete', path).set('If-Match', '"2"').expect(409);
    await ask('delete', path).set('If-Match', 'W/"3"').expect(204);
    await ask('get', path).expect(404);
    const { body: history } = await ask('get', `${path}/history`).expect(200);
    strict(failureModeHistorySchema, history);
    expect(history.items[0]).toMatchObject({ version: 4, action: 'removed' });
    await ask('get', `${path}/comments`).expect(200);
  });

  it.each([
    [{ title: '' }, /title: must say something/],
    [{ severity: 9 }, /severity/],
    [{ condition: undefined }, /condition: must say how the dependency fails/],
    [{ edge: { type: 'partOf', targetRef: DATABASE } }, /edge\.type/],
    [
      { edge: { type: 'dependsOn', targetRef: 'x:y/z' } },
      /has no dependency on x:y/,
    ],
    [{ entityRef: 'component:default/none' }, /is not in the catalog/],
    [{ cause: 'x'.repeat(5001) }, /cause: must have at most 5000/],
    [
      { evidence: [{ url: 'ftp://wiki.example', title: 'x' }] },
      /evidence\.0\.url: must be an http:/,
    ],
    [{ observations: {} }, /observations\.dataLossOrCorruption/],
  ])('refuse %j, and say why', async (overrides, message) => {
    const { body } = await ask('post', '/failure-modes')
      .send({ ...CONTENT, ...overrides })
      .expect(400);
    expect(body.error.message).toMatch(message);
  });

  it.each([
    [{ kind: 'game-day', expected: 'x' }, /performedAt: say when it was done/],
    [
      {
        kind: 'game-day',
        expected: 'x',
        performedAt: '2026-01-01T00:00:00Z',
        actual: 'y',
      },
      /result: say whether/,
    ],
    [
      {
        kind: 'incident',
        expected: 'x',
        plannedAt: '2026-01-01T00:00:00Z',
        result: 'otherwise',
      },
      /since there is a result/,
    ],
    [{ kind: 'guess', expected: 'x' }, /kind/],
    [
      {
        kind: 'game-day',
        expected: 'x',
        plannedAt: '2999-01-01T00:00:00Z',
        participants: ['group:default/payments'],
      },
      /participants\.0: must be a user/,
    ],
  ])('refuse the test %j, and say why', async (test, message) => {
    const { id } = await create();
    const { body } = await ask('post', `/failure-modes/${id}/tests`)
      .send(test)
      .expect(400);
    expect(body.error.message).toMatch(message);
  });

  it('give a planned game day as a calendar', async () => {
    const { id } = await create();
    const { body } = await ask('post', `/failure-modes/${id}/tests`)
      .send({
        kind: 'game-day',
        plannedAt: '2999-01-01T09:00:00.000Z',
        expected: 'Payouts wait.',
      })
      .expect(201);
    const { headers, text } = await ask(
      'get',
      `/failure-modes/${id}/tests/${body.id}/calendar.ics`,
    ).expect(200);
    expect(headers['content-type']).toMatch(/^text\/calendar/);
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
    expect(text).toContain('DTSTART:29990101T090000Z');
    expect(text).toContain('DTEND:29990101T110000Z');
  });

  it('accept and withdraw on an edge', async () => {
    const path = '/entities/by-name/component/default/ledger/edges/acceptances';
    const acceptance = {
      targetRef: DATABASE,
      condition: 'partial',
      reason: 'It is cheaper to wait.',
      until: '2999-01-01T00:00:00.000Z',
    };
    const unread = await ask('put', path).send(acceptance).expect(400);
    expect(unread.body.error.message).toMatch(/If-None-Match: \*/);
    await ask('put', path)
      .set('If-None-Match', '*')
      .send({ ...acceptance, reason: 'no' })
      .expect(400);
    await ask('put', path)
      .set('If-None-Match', '*')
      .send(acceptance)
      .expect(204);
    const { body: conflict } = await ask('put', path)
      .set('If-None-Match', '*')
      .send({ ...acceptance, reason: 'It never happened.' })
      .expect(409);
    expect(conflict.error).toMatchObject({
      current: { version: 1, reason: 'It is cheaper to wait.' },
      submitted: { reason: 'It never happened.' },
    });
    const { body } = await ask(
      'get',
      '/entities/by-name/component/default/ledger/edges',
    );
    expect(body.items[0].conditions[3]).toMatchObject({
      condition: 'partial',
      state: 'accepted',
      acceptance: { reason: 'It is cheaper to wait.' },
    });
    const query = `?targetRef=${DATABASE}&condition=partial`;
    const withdraw = () =>
      ask('delete', `${path}${query}`).set('If-Match', '"1"');
    await withdraw().expect(204);
    await withdraw().expect(404);
  });

  it('let nobody write over a classification that was not read', async () => {
    const path = '/entities/by-name/component/default/ledger/edges';
    const said = {
      type: 'dependsOn',
      targetRef: DATABASE,
      criticality: 'HARD',
      comment: 'It has no copy.',
    };
    await ask('put', path).send(said).expect(400);
    await ask('put', path).set('If-None-Match', '*').send(said).expect(200);
    const { body } = await ask('put', path)
      .set('If-None-Match', '*')
      .send({ ...said, criticality: 'SOFT', comment: 'It has a copy.' })
      .expect(409);
    expect(body.error).toMatchObject({
      current: {
        version: 1,
        criticality: 'HARD',
        comment: 'It has no copy.',
      },
      submitted: { criticality: 'SOFT', comment: 'It has a copy.' },
    });
    await ask('put', path)
      .set('If-Match', '"1"')
      .send({ ...said, criticality: 'UNCLASSIFIED' })
      .expect(200);
  });

  it.each([
    ['post', '/failure-modes', CONTENT],
    ['put', '/failure-modes/x', CONTENT],
    ['delete', '/failure-modes/x', undefined],
    ['post', '/failure-modes/x/comments', { text: 'x' }],
    ['post', '/failure-modes/x/tests/y/confirmations', undefined],
  ] as const)('%s %s is for people', async (method, path, body) => {
    const statuses = [];
    for (const header of [
      mockCredentials.none.header(),
      mockCredentials.service.header(),
    ]) {
      const { status } = await ask(method, path)
        .set('Authorization', header)
        .set('If-Match', '"1"')
        .send(body);
      statuses.push(status);
    }
    expect(statuses).toEqual([401, 403]);
  });
});
